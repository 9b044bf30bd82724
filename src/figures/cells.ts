import { largest } from "../numerics/extremes.ts";
import type { Figure } from "./figure.ts";
import { colorbar } from "./figure.ts";

type Numbers = readonly (number | null)[];

/** Blue, white, red: distinct for colour-blind readers too. */
export const differenceColours = [
  [0, "#2166ac"],
  [0.25, "#92c5de"],
  [0.5, "#f7f7f7"],
  [0.75, "#f4a582"],
  [1, "#b2182b"],
] as const;

/** Standard errors at the ends of the scale of disagreements, unless one is larger. */
const leastEnd = 4;

/** Scale of a map: of differences about 0, in standard errors, or of values. */
export function scaleOfCells(values: Numbers, isSigned: boolean): Readonly<Record<string, unknown>> {
  if (!isSigned) return { colorscale: "Viridis" };
  const end = largest([leastEnd, ...values.map((value) => Math.abs(value ?? 0))]);
  return { colorscale: differenceColours, zmin: -end, zmax: end };
}

/** Values for the colours: powers of ten on a logarithmic scale, where values ≤ 0 have no place. */
export const shownInCells = (values: Numbers, isLogarithmic: boolean): Numbers =>
  isLogarithmic ? values.map((value) => (value !== null && value > 0 ? Math.log10(value) : null)) : values;

/** The title of a scale of colours, whose values may be powers of ten. */
export const scaleTitle = (text: string, isLogarithmic: boolean): string =>
  isLogarithmic ? `log₁₀ ${text}` : text;

/** The caption of a map of differences. */
export const differencesOf = (what: string): string => `(ensemble − exact) of ${what}, in standard errors.`;

/** A value at each pair of x and y, row by row of y, as coloured cells. */
export const cellTrace = (
  x: Numbers,
  y: Numbers,
  shown: Numbers,
  { text, isSigned, bar }: { readonly text: string; readonly isSigned: boolean; readonly bar?: object },
): Figure["data"][number] => ({
  type: "heatmap",
  x,
  y,
  z: y.map((_, j) => shown.slice(j * x.length, (j + 1) * x.length)),
  colorbar: colorbar(text, bar),
  ...scaleOfCells(shown, isSigned),
});

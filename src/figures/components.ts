import type { Figure } from "./figure.ts";
import { colour, layout } from "./figure.ts";

/** Colours of the components of m; they also differ in the form of their markers. */
const componentColours: readonly string[] = [colour.fifth, colour.fourth, colour.third];
const componentSymbols: readonly string[] = ["circle", "square", "diamond"];

/** Components against time: those of the ensemble with their standard errors, and the exact ones, which have their own times. */
export interface Components {
  readonly times: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly errors: readonly (readonly number[])[];
  readonly exact: readonly { readonly time: number; readonly values: readonly number[] }[];
}

/** Points with two standard errors, and exact curves; `factor` brings times to the unit of the axis. */
const traces = (
  { times, values, errors, exact }: Components,
  labels: readonly string[],
  factor: number,
): Figure["data"] =>
  labels.flatMap((name, i) => {
    const color = componentColours[i];
    const points = {
      type: "scatter",
      mode: "markers",
      name,
      x: times.map((t) => t * factor),
      y: values.map((row) => row[i]),
      error_y: { type: "data", array: errors.map((row) => 2 * row[i]), thickness: 1, width: 0, color },
      marker: { size: 6, color, symbol: componentSymbols[i] },
    };
    if (exact.length === 0) return [points];
    const curve = {
      type: "scatter",
      mode: "lines",
      name: `${name} exact`,
      showlegend: false,
      x: exact.map(({ time }) => time * factor),
      y: exact.map((row) => row.values[i]),
      line: { color, width: 1.5 },
    };
    return [curve, points];
  });

const caption = "Points: ensemble, bars of two standard errors. Lines: Fokker–Planck equation.";

/**
 * A figure of one quantity of each component against time. The last argument is the factor from times to the unit of the axis, and that
 * unit.
 */
export const componentsFigure = (
  title: string,
  axis: string,
  labels: readonly string[],
  components: Components,
  [factor, unit]: readonly [number, string],
): Figure => ({
  title,
  caption,
  data: traces(components, labels, factor),
  layout: layout(`time (${unit})`, axis) as Figure["layout"],
});

/** Mean magnetization against time. */
export const meansFigure = (means: Components, scale: readonly [number, string]): Figure =>
  componentsFigure("Mean magnetization", "mean of m (1)", ["⟨mx⟩", "⟨my⟩", "⟨mz⟩"], means, scale);

import { colour } from "./figure.ts";

/** Colours that a colour scheme gives to the figures; figures themselves use the colours for a white background. */
export interface FigureScheme {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** The ensemble and the exact curve over it. */
  readonly bar: string;
  readonly exact: string;
  readonly mx: string;
  readonly my: string;
  readonly mz: string;
}

/** #rrggbb as rgba. */
export const withAlpha = (hex: string, alpha: number): string => {
  const value = Number.parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16},${(value >> 8) & 255},${value & 255},${alpha})`;
};

/** The colours for a white background with their replacements in a scheme. */
export const inScheme = (scheme: FigureScheme): Readonly<Record<string, string>> => ({
  [colour.ensemble]: scheme.bar,
  [colour.exact]: scheme.exact,
  [colour.third]: scheme.mz,
  [colour.fourth]: scheme.my,
  [colour.fifth]: scheme.mx,
  [colour.band]: withAlpha(scheme.bar, 0.3),
  [colour.grey]: scheme.soft,
  [colour.faint]: withAlpha(scheme.soft, 0.6),
  "#555": scheme.soft,
  "#222": scheme.ink,
  "#e5e5e5": scheme.line,
});

/** Figures by name. */
export type Figures = ReadonlyMap<string, number>;

export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Share of the step from the finest mesh that is taken as an error. */
const mistrust = 1 / 20;

/**
 * Values on meshes of spacing 1/r, r rising, carried to spacing zero as v + a/r² + b/r⁴ + …; the error is the difference to the
 * extrapolation without the coarsest mesh, and a share of the step from the finest mesh, for meshes that are not fine enough for the
 * law.
 */

export function extrapolated(values: readonly number[], refinements: readonly number[]): Estimate {
  const toZero = (from: number): number => {
    const y = values.slice(from);
    const x = refinements.slice(from).map((r) => 1 / (r * r));
    // Neville's scheme at x = 0
    for (let k = 1; k < y.length; k++)
      for (let i = y.length - 1; i >= k; i--) y[i] = (x[i - k] * y[i] - x[i] * y[i - 1]) / (x[i - k] - x[i]);
    return y[y.length - 1];
  };
  return {
    value: toZero(0),
    error: Math.abs(toZero(0) - toZero(1)) + mistrust * Math.abs(toZero(0) - (values.at(-1) as number)),
  };
}

/** The same, figure by figure. */
export function extrapolatedFigures(
  levels: readonly Figures[],
  refinements: readonly number[],
): Map<string, Estimate> {
  return new Map(
    [...levels[0].keys()].map((name) => [
      name,
      extrapolated(
        levels.map((figures) => figures.get(name) as number),
        refinements,
      ),
    ]),
  );
}

import type { ObservedDensity } from "../fokker-planck/predict.ts";
import type { KnownLaw } from "./known-law.ts";

/** What float32 arithmetic and sums on a grid of 2^−24 may add to a mean over many steps, of its range. */
export const rounding = 2e-6;
/**
 * Share of a uniform density that counts as possible beside the exact one: below it an expansion in harmonics cannot tell a
 * small probability from none.
 */
const unresolved = 1e-8;

/** The values of some functions at points of the sphere. */
export type FunctionsOnSphere = (x: Float64Array, y: Float64Array, z: Float64Array) => Float64Array[];

/** The law that functions of m have under a density. */
export function lawOf(density: ObservedDensity, functions: FunctionsOnSphere): KnownLaw {
  const { x, y, z, mass, area } = density.masses();
  return {
    mass,
    possible: mass.map((p, q) => p + unresolved * area[q]),
    values: functions(x, y, z),
  };
}

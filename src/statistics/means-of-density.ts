import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { orWhyNot } from "../fokker-planck/interruptible.ts";
import type { ObservedDensity } from "../fokker-planck/predict.ts";
import type { KnownLaw } from "./known-law.ts";

/** Largest error of a mean by float32 arithmetic and sums on a grid of 2^−24, relative to the range of the values. */
export const rounding = 2e-6;
/**
 * Share of a uniform density that is added to the exact one: an expansion in harmonics cannot distinguish smaller
 * probabilities from zero.
 */
const unresolved = 1e-8;

/** The masses stand for the density only if they reproduce its variances to this relative error. */
const faithful = 0.02;

/** The values of some functions at points of the sphere. */
export type FunctionsOnSphere = (x: Float64Array, y: Float64Array, z: Float64Array) => Float64Array[];

/** The law of functions of m under a density, or why it is not known. */
export function lawOf(density: ObservedDensity, functions: FunctionsOnSphere): Exact<KnownLaw> {
  const masses = orWhyNot(() => exactly(density.masses()));
  if (masses.value === null) return masses;
  const { x, y, z, mass, area } = masses.value;
  const mean = (f: (q: number) => number): number => mass.reduce((sum, p, q) => sum + p * f(q), 0);
  const isLost = [x, y, z].some((a, i) => {
    const middle = mean((q) => a[q]);
    const variance = density.mm[i] - density.m[i] ** 2;
    const own = mean((q) => (a[q] - middle) ** 2);
    return Math.abs(own - variance) > faithful * variance + rounding;
  });
  if (isLost)
    return outOfReach(
      "the density is too narrow for its expansion: tails are lost in ripples about its peak",
    );
  return exactly({
    mass,
    possible: mass.map((p, q) => p + unresolved * area[q]),
    values: functions(x, y, z),
  });
}

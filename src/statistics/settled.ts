import type { Problem } from "../experiment/problem.ts";
import type { Density } from "../fokker-planck/density.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { harmonicIndex, reindexed } from "../fokker-planck/harmonics.ts";
import { orWhyNot } from "../fokker-planck/interruptible.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { allowedSwitchingBias } from "./switching-bias.ts";

/** Distance in total variation below which a density counts as the stationary one: no mean of |f| ≤ 1 is off by more than twice this. */
const settledWithin = 3e-4;
/**
 * The same in units of the standard error √(p/N) of a probability p, for N spins sampled once. The memory of the start
 * fades within a correlation time τ. In a mean over a time T it is τ/T of this, while the error is √(2τ/T) of the error
 * of one sample, so it is at most 0.07 of the error for any T.
 */
const shareOfError = 0.1;
/** Relative to the smallest probability that a figure depends on: half of the bias that tests of switching allow. */
const shareLeft = allowedSwitchingBias / 2;
/** No smaller distance is required: two solutions of one equation may differ by this much. */
const leastAsked = 1e-9;

/**
 * A distance from the stationary density that no test of N spins detects: it is within the allowed bias, or a small
 * part of the error, of both the whole density and the smallest probability that a figure depends on.
 */
export const leastNamed = (share: number, spins: number): number =>
  Math.max(leastAsked, Math.min(settledWithin, shareLeft * share), shareOfError * Math.sqrt(share / spins));

/**
 * Why an ensemble is not in its stationary state at a reduced time, or undefined where it is: statistics of the
 * stationary state may be compared from then on. `share` is the smallest probability that they depend on.
 */
export function unsettled(
  problem: Problem,
  prediction: Prediction,
  after: number,
  share = 1,
): string | undefined {
  const within = leastNamed(share, problem.ensemble);
  const { solution, initial } = prediction.typical;
  const stationary = solution.stationary();
  if (stationary.value === null) return `there is no stationary state to compare with: ${stationary.reason}`;
  const settles = `start from the stationary state, or run longer than ${problem.steps} steps`;
  if (prediction.isSpread && !startsStationary(prediction, within))
    return `the exact figures are of the stationary state; the ensemble does not start in it, and with a spread of parameters some spins may settle later than those at the mean: ${settles}`;
  const isSharp = "direction" in initial && after === 0;
  const then = isSharp ? null : solution.evolve(initial, [after]);
  const { value: distance } = distanceBetween(then?.value?.[0], stationary.value);
  if (distance !== null)
    return distance < Math.max(within, then?.errorEstimate ?? 0)
      ? undefined
      : `the exact figures are of the stationary state; when counting begins, the density still differs from it by up to ${Math.min(1, distance).toPrecision(2)}: ${settles}`;
  const rate = solution.slowestRate;
  return !isSharp && rate.value !== null && rate.value * after > Math.log(1 / within)
    ? undefined
    : `the exact figures are of the stationary state; when counting begins, the ensemble has not reached it: ${settles}`;
}

/** Null unless all harmonics of both densities are known. */
const distanceBetween = (p: Density | undefined, q: Density): Exact<number> =>
  orWhyNot(() => (p ? exactly(largestDistance(p, q)) : outOfReach("the density is not known")));

/**
 * A bound of the distance in total variation, ½∫|p − q| ≤ ½√(4π) ‖p − q‖₂, from the coefficients of all harmonics.
 * First and second moments alone would accept a uniform start of a cubic magnet.
 */
function largestDistance(p: Density, q: Density): number {
  const index = harmonicIndex(Math.max(p.index.lmax, q.index.lmax), Math.max(p.index.mmax, q.index.mmax));
  const [a, b] = [p, q].map((density) => reindexed(density.index, index, density.coefficients));
  return Math.sqrt(Math.PI * a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0));
}

/** Whether the initial density is the stationary one. */
export function startsStationary(
  { typical: { solution, initial } }: Prediction,
  within = settledWithin,
): boolean {
  if ("direction" in initial) return false;
  const stationary = solution.stationary().value;
  const start = stationary && solution.evolve(initial, [0]).value;
  const { value } = start ? distanceBetween(start[0], stationary) : { value: null };
  return value !== null && value < within;
}

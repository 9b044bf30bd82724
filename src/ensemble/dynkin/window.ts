import type { Problem } from "../../experiment/problem.ts";
import { integrators } from "../../integrators/index.ts";

/** The steps over which Dynkin's formula is compared with the ensemble: from `from` on, `intervals` times `every` steps. */
export interface SampledSteps {
  readonly from: number;
  readonly every: number;
  /** A multiple of `panel`. */
  readonly intervals: number;
}

/** Intervals of one rule of quadrature. */
export const panel = 8;
/** Longest time between samples, in units of the inverse of the largest rate (m m turns twice as fast as m); at least one step. */
const longestInterval = 0.3;
/** The rates of m m contain third powers of m, which turn three times as fast as m. */
const powers = 3;
/** Beyond this turn between samples (rad) the coarse rule does not resolve the oscillation, so it gives no bound for the fine one. */
const longestTurn = 1.9;
/** Fewest steps of a run with two windows, and of one with two panels in each: sampling should cost no more than a few per cent. */
const [twoWindows, twoPanels] = [600, 2500];

/** The last step of a window. */
export const endOf = ({ from, every, intervals }: SampledSteps): number => from + every * intervals;

/** Steps that a window samples. */
export const stepsOf = ({ from, every, intervals }: SampledSteps): number[] =>
  Array.from({ length: intervals + 1 }, (_, i) => from + i * every);

const largestRate = ({ integrator, timeStepLimit }: Problem): number =>
  integrators[integrator].stepLimit / timeStepLimit;

/** Largest turn of the summed functions between samples, rad. */
const turnBetween = (problem: Problem, every: number): number =>
  powers * every * problem.timeStep * largestRate(problem);

/** Whether a single step turns too far for any rule. */
export const turnsTooFar = (problem: Problem): boolean => turnBetween(problem, 1) > longestTurn;

/**
 * One window at the start of a run, where most changes, and one at its end; a short run has only the first. Neither contains a kink or a
 * jump of a drive. There is none if no part is long enough, or if a step turns too far (as a step may that was lengthened because moments
 * allow it).
 */
export function windowsOf(problem: Problem): SampledSteps[] {
  const { steps, timeStep, breakpoints } = problem;
  if (turnsTooFar(problem)) return [];
  const every = Math.max(1, Math.floor(longestInterval / (largestRate(problem) * timeStep)));
  const intervals = panel * (steps >= twoPanels ? 2 : 1);
  const length = every * intervals;
  const edges = [0, ...breakpoints.map((t) => t / timeStep), steps];
  // a step that contains an edge belongs to no window
  const stretches = edges
    .slice(1)
    .map((edge, i) => ({ from: Math.ceil(edges[i] + (i > 0 ? 1 : 0)), to: Math.floor(edge) }))
    .filter(({ from, to }) => to - from >= length);
  if (stretches.length === 0) return [];
  const first = stretches[0].from;
  const last = stretches[stretches.length - 1].to - length;
  const starts = steps >= twoWindows && last >= first + length ? [first, last] : [first];
  return starts.map((from) => ({ from, every, intervals }));
}

/** Weights of the closed Newton–Cotes rule on nine points, over 14175/4. */
const ninePoints = [989, 5888, -928, 10496, -4540, 10496, -928, 5888, 989].map((w) => (4 * w) / 14175);
/** Boole's rule on every second of the nine points. */
const fivePoints = [7, 0, 32, 0, 12, 0, 32, 0, 7].map((w) => (4 * w) / 45);

/** Smallest ratio that is used, because the functions are not pure oscillations. */
const leastShare = 0.02;

/**
 * Bound of the fine rule's error over its distance from the coarse one, in the window of a problem. Both rules are symmetric, so for an
 * oscillation cos(xt + φ) the ratio does not depend on φ: it is that of their errors at φ = 0. It rises with x up to `longestTurn`: 0.014
 * at 1.2, 0.25 at 1.9.
 */
export function fineOverCoarse(problem: Problem, { every }: SampledSteps): number {
  const x = turnBetween(problem, every);
  const sum = (weights: readonly number[]): number =>
    weights.reduce((total, w, i) => total + w * Math.cos(x * (i - panel / 2)), 0);
  const [fine, coarse] = [sum(ninePoints), sum(fivePoints)];
  const exact = (2 * Math.sin((x * panel) / 2)) / x;
  // below this, rounding exceeds the errors
  return x < 0.5 ? leastShare : Math.max(leastShare, Math.abs((fine - exact) / (fine - coarse)));
}

/** Weights of the samples of a window in ∫…dt, in units of the time between them; and of a coarser rule that shows the error. */
export function weightsOf({ intervals }: SampledSteps): { fine: Float64Array; coarse: Float64Array } {
  const [fine, coarse] = [new Float64Array(intervals + 1), new Float64Array(intervals + 1)];
  for (let from = 0; from < intervals; from += panel)
    for (let i = 0; i <= panel; i++) {
      fine[from + i] += ninePoints[i];
      coarse[from + i] += fivePoints[i];
    }
  return { fine, coarse };
}

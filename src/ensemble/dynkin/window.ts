import type { Problem } from "../../experiment/problem.ts";
import { integrators } from "../../integrators/index.ts";

/** A stretch of steps over which Dynkin's formula is held against the ensemble: from `from`, `intervals` times `every` steps. */
export interface SampledSteps {
  readonly from: number;
  readonly every: number;
  /** A multiple of `panel`. */
  readonly intervals: number;
}

/** Intervals of one rule of quadrature. */
export const panel = 8;
/** Longest time between samples, in the inverse of the largest rate: m m turns twice as fast as m. */
const longestInterval = 0.3;
/** Runs of at least this many steps have two panels a window, then four: sampling may cost a few per cent. */
const [twoWindows, twoPanels] = [600, 2500];

/** The last step of a window. */
export const endOf = ({ from, every, intervals }: SampledSteps): number => from + every * intervals;

/** Steps that a window samples. */
export const stepsOf = ({ from, every, intervals }: SampledSteps): number[] =>
  Array.from({ length: intervals + 1 }, (_, i) => from + i * every);

/**
 * A window at the start of a run, where it moves most, and one at its end; a short run has the first alone. Neither holds a kink
 * or a jump of a drive. None where there is no room.
 */
export function windowsOf(problem: Problem): SampledSteps[] {
  const { steps, timeStep, timeStepLimit, breakpoints } = problem;
  const rate = integrators[problem.integrator].stepLimit / timeStepLimit;
  const every = Math.max(1, Math.floor(longestInterval / (rate * timeStep)));
  const intervals = panel * (steps >= twoPanels ? 2 : 1);
  const length = every * intervals;
  const edges = [0, ...breakpoints.map((t) => t / timeStep), steps];
  // a step that an edge falls into belongs to no window
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
/** Boole's rule on every second of them. */
const fivePoints = [7, 0, 32, 0, 12, 0, 32, 0, 7].map((w) => (4 * w) / 45);

/**
 * Bound of the fine rule's error over the coarse one's: 0.0023 x⁴ for an oscillation of x radians between samples, and the third
 * power of m turns by 3 × 0.4 at the longest step of any scheme.
 */
export const fineOverCoarse = 0.02;

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

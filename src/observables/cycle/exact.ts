import type { Problem } from "../../experiment/problem.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import type { PeriodAverages, PeriodicState } from "../../fokker-planck/periodic-state.ts";
import { periodicState } from "../../fokker-planck/periodic-state.ts";
import type { Member, Prediction } from "../../fokker-planck/predict.ts";
import type { NodeFigures } from "../../fokker-planck/spread-interpolant.ts";
import type { PlannedCycle } from "./spec.ts";
import { harmonics } from "./spec.ts";
import { largestWork } from "./work.ts";

const flat = ({ mean, cosine, sine, work }: PeriodAverages): number[] => [
  mean,
  ...cosine.flatMap((a, n) => [a, sine[n]]),
  work,
];

/**
 * Averages of the periodic state and of the run, in the order of the counters; `loop` belongs to the periodic state.
 */
export interface KnownCycle {
  readonly loop: readonly number[];
  readonly settled: readonly number[];
  readonly run: readonly number[];
  /** Relative error of the work; the other error is relative to the loop's amplitude. */
  readonly workError: { readonly settled: number; readonly run: number };
  readonly planned: PlannedCycle;
}

/** Errors of an average over spreads, relative to the loop's amplitude, and of each of the solutions in it. */
const [wanted, enough, ofEach] = [1e-4, 1e-3, 1e-4];
/** Averages of loops with a larger error are not given. */
const largestError = 1e-2;

/** The periodic state of each member, and means over the spreads. */
export function predict(
  planned: PlannedCycle,
  problem: Problem,
  { average, isSpread, typical }: Prediction,
): Exact<KnownCycle> {
  const { of, periodSteps, phases, before, periods } = planned;
  const period = periodSteps * problem.timeStep;
  const work = largestWork(problem, planned);
  const known = new Map<Member["solution"], Exact<PeriodicState>>();
  const cycleOf = ({ solution, initial, at }: Member): Exact<PeriodicState> => {
    const found =
      known.get(solution) ??
      periodicState(solution, {
        of,
        energy: at(problem.energy),
        period,
        phases,
        harmonics,
        initial,
        before,
        periods,
        ...(isSpread ? { wanted: ofEach } : {}),
      });
    known.set(solution, found);
    return found;
  };
  // a weak field opens a small loop: errors that are absolute in an average are taken relative to the loop
  const middle = cycleOf(typical);
  if (middle.value === null) return middle;
  const scale = amplitudeOf(middle.value.loop) || 1;
  const figuresOf = (member: Member): NodeFigures => {
    const found = cycleOf(member);
    if (found.value === null) return found;
    const value = figures(found.value, work).map((x) => x / scale);
    // errors of a member's loop and of its work, each relative to itself
    const own = found.errorEstimate ?? 0;
    const ofLoop = (own * amplitudeOf(found.value.loop)) / scale;
    const errors = value.map((x, i) => (isWork(i - phases) ? own * Math.abs(x) : ofLoop));
    return { value, errors };
  };
  const accuracy = { of: "absolute", bound: 1 / scale, wanted, enough } as const;
  const found = average("the periodic state", figuresOf, accuracy, [of]);
  if (found.value === null) return found;
  const values = [...found.value.values].map((x) => x * scale);
  const errors = [...found.value.errors].map((x) => x * scale);
  const one = middle.errorEstimate ?? 0;
  const workErrorAt = (i: number): number =>
    !isSpread ? one : errors[i] > 0 ? errors[i] / Math.abs(values[i]) : 0;
  const error = isSpread
    ? Math.max(...errors.filter((_, i) => !isWork(i - phases))) / amplitudeOf(values.slice(0, phases))
    : one;
  if (!(error <= largestError))
    return outOfReach(`the average over the spreads has an error of ${error.toExponential(1)}`);
  const unscaled = (row: number[]): number[] => row.map((x, i) => (isWork(i) ? x * work : x));
  return exactly(
    {
      loop: values.slice(0, phases),
      settled: unscaled(values.slice(phases, phases + size)),
      run: unscaled(values.slice(phases + size)),
      workError: { settled: workErrorAt(phases + size - 1), run: workErrorAt(phases + 2 * size - 1) },
      planned,
    },
    error,
  );
}

/** Averages over a period: mean, two waves a harmonic, work. */
const size = 2 + 2 * harmonics;
/** Whether an index in averages, of which several sets may follow each other, is that of the work. */
const isWork = (place: number): boolean => place >= 0 && place % size === size - 1;

const amplitudeOf = (loop: readonly number[]): number => Math.max(...loop) - Math.min(...loop);

const figures = (cycle: PeriodicState, work: number): number[] => {
  const scaled = (averages: PeriodAverages) => flat({ ...averages, work: averages.work / work });
  return [...cycle.loop, ...scaled(cycle), ...scaled(cycle.run)];
};

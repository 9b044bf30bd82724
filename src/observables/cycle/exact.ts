import type { Problem } from "../../experiment/problem.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import type { Cycle, CycleAverages } from "../../fokker-planck/periodic-state.ts";
import { periodicState } from "../../fokker-planck/periodic-state.ts";
import type { Member, Prediction } from "../../fokker-planck/predict.ts";
import { largestWork } from "./count.ts";
import type { PlannedCycle } from "./spec.ts";
import { harmonics } from "./spec.ts";

const flat = ({ mean, cosine, sine, work }: CycleAverages): number[] => [
  mean,
  ...cosine.flatMap((a, n) => [a, sine[n]]),
  work,
];

/** Averages in the order of the counters, of the periodic state and of the run; `loop` is of the periodic state. */
export interface KnownCycle {
  readonly loop: readonly number[];
  readonly settled: readonly number[];
  readonly run: readonly number[];
  readonly planned: PlannedCycle;
}

/** Errors of an average over spreads, relative to the loop's amplitude, and of each of the solutions in it. */
const [wanted, enough, ofEach] = [1e-4, 1e-3, 1e-4];

/** The periodic state of each member, and means over the spreads. */
export function predict(
  planned: PlannedCycle,
  problem: Problem,
  { average, isSpread, typical }: Prediction,
): Exact<KnownCycle> {
  const { of, periodSteps, phases, before, periods } = planned;
  const period = periodSteps * problem.timeStep;
  const work = largestWork(problem, planned);
  let solverError = 0;
  const known = new Map<Member["solution"], Exact<Cycle>>();
  const cycleOf = ({ solution, initial, at }: Member): Exact<Cycle> => {
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
    solverError = Math.max(solverError, found.errorEstimate ?? 0);
    return found;
  };
  // a weak field opens a small loop: what is absolute to an average is relative to it
  const middle = cycleOf(typical);
  if (middle.value === null) return middle;
  const scale = amplitudeOf(middle.value.loop) || 1;
  const figuresOf = (member: Member): Exact<number[]> => {
    const found = cycleOf(member);
    return found.value === null ? found : exactly(figures(found.value, work).map((x) => x / scale));
  };
  const accuracy = { of: "absolute", bound: 1 / scale, wanted, enough } as const;
  const found = average("the periodic state", figuresOf, accuracy, [of]);
  if (found.value === null) return found;
  const size = 2 + 2 * harmonics;
  const values = [...found.value.values].map((x) => x * scale);
  const error =
    (scale * Math.max(...found.value.errors)) / amplitudeOf(values.slice(0, phases)) + solverError;
  if (!(error <= 1e-2))
    return outOfReach(`the average over the spreads has an error of ${error.toExponential(1)}`);
  const unscaled = (row: number[]): number[] => row.map((x, i) => (i === size - 1 ? x * work : x));
  return exactly(
    {
      loop: values.slice(0, phases),
      settled: unscaled(values.slice(phases, phases + size)),
      run: unscaled(values.slice(phases + size)),
      planned,
    },
    error,
  );
}

const amplitudeOf = (loop: readonly number[]): number => Math.max(...loop) - Math.min(...loop);

const figures = (cycle: Cycle, work: number): number[] => {
  const scaled = (averages: CycleAverages) => flat({ ...averages, work: averages.work / work });
  return [...cycle.loop, ...scaled(cycle), ...scaled(cycle.run)];
};

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

/** Relative to the loop's amplitude. */
const [wanted, enough] = [1e-4, 1e-3];

/** The periodic state of each member, and means over the spreads. */
export function predict(planned: PlannedCycle, problem: Problem, { average }: Prediction): Exact<KnownCycle> {
  const { of, periodSteps, phases, before, periods } = planned;
  const period = periodSteps * problem.timeStep;
  const work = largestWork(problem, planned);
  let solverError = 0;
  const figuresOf = ({ solution, initial, at }: Member): Exact<number[]> => {
    const found = periodicState(solution, {
      of,
      energy: at(problem.energy),
      period,
      phases,
      harmonics,
      initial,
      before,
      periods,
    });
    if (found.value === null) return found;
    solverError = Math.max(solverError, found.errorEstimate ?? 0);
    return exactly(figures(found.value, work));
  };
  const accuracy = { of: "absolute", bound: 1, wanted, enough } as const;
  const found = average("the periodic state", figuresOf, accuracy, [of]);
  if (found.value === null) return found;
  const size = 2 + 2 * harmonics;
  const values = [...found.value.values];
  const amplitude = Math.max(...values.slice(0, phases)) - Math.min(...values.slice(0, phases));
  const error = Math.max(...found.value.errors) / amplitude + solverError;
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

const figures = (cycle: Cycle, work: number): number[] => {
  const scaled = (averages: CycleAverages) => flat({ ...averages, work: averages.work / work });
  return [...cycle.loop, ...scaled(cycle), ...scaled(cycle.run)];
};

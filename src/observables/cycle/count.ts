import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import type { Tally, TallyResult } from "../../ensemble/kernel.ts";
import type { Observation, Record } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import { seen, seenInPassing } from "../../ensemble/observers/observer.ts";
import type { Expression } from "../../expression/expression.ts";
import { add, cos, less, mul, select, sin, square, variable } from "../../expression/expression.ts";
import { covarianceOfMeans } from "../../statistics/moments.ts";
import type { PlannedCycle } from "./spec.ts";
import { harmonics } from "./spec.ts";
import { largestWork, workInStep } from "./work.ts";

/** A point of the loop. */
export interface LoopPoint {
  readonly mean: number;
  readonly standardError: number;
}

/** Means over spins of their averages over the periods: mean, (a, b) of each harmonic, work in a period. */
export interface Averages {
  readonly values: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly spins: number;
}

export interface ObservedCycle extends Observation {
  readonly type: "cycle";
  readonly loop: readonly LoopPoint[];
  readonly averages: Averages | null;
}

/** Fourier coefficients of a wave of size 1 are at most 4/π. */
const largestCoefficient = 1.3;

/** Per spin: sums over the steps of the periods of m·d, of its products with sine and cosine waves, and of the work. */
function observe(
  { of, before, periods, periodSteps }: PlannedCycle,
  { id, scheme, problem }: InstrumentContext,
  bounds: readonly number[],
): Observer {
  const t = variable("t");
  const h = problem.timeStep;
  const [begin, end] = [before, before + periods].map((count) => (count * periodSteps - 0.5) * h);
  const within = select(less(t, begin), 0, select(less(t, end), 1, 0));
  const angle = mul((2 * Math.PI) / (periodSteps * h), t);
  const share = 1 / (periods * periodSteps);
  const value = seenInPassing(scheme, of);
  const waves = Array.from({ length: harmonics }, (_, n) =>
    [cos, sin].map((f) => f(mul(n + 1, angle))),
  ).flat();
  const summed = [
    mul(mul(within, share), value),
    ...waves.map((wave) => mul(mul(within, mul(2 * share, wave)), value)),
    mul(mul(within, 1 / periods), seenInPassing(scheme, workInStep(problem).of)),
  ].map((term, i) => mul(1 / bounds[i], term));
  const registers = summed.map((term, i) => {
    const register = `${id}_${i}`;
    return { name: register, initial: 0, next: add(variable(register), term) };
  });
  const sum = (of: Expression, low: number): Tally => ({ kind: "sum", value: of, low, high: 1 });
  const variables = registers.map(({ name }) => variable(name));
  return {
    registers,
    watch: [],
    events: [],
    views: {
      [`${id}: loop`]: [sum(seen(scheme, of), -1), sum(square(seen(scheme, of)), 0)],
      [id]: [
        ...variables.map((x) => sum(x, -1)),
        ...variables.flatMap((x, i) => variables.slice(i).map((y) => sum(mul(x, y), -1))),
      ],
    },
  };
}

const total = (result: TallyResult): number => (result.kind === "sum" ? result.total : 0);
const countOf = (result: TallyResult): number => (result.kind === "sum" ? result.count : 0);

function readLoop([sum, squares]: readonly TallyResult[]): LoopPoint {
  const count = countOf(sum);
  const mean = total(sum) / count;
  const variance = Math.max(total(squares) / count - mean * mean, 0);
  return { mean, standardError: Math.sqrt(variance / Math.max(count - 1, 1)) };
}

function readAverages(results: readonly TallyResult[], bounds: readonly number[]): Averages {
  const n = bounds.length;
  const spins = countOf(results[0]);
  const sums = results.slice(0, n).map(total);
  const products = bounds.map(() => new Array<number>(n).fill(0));
  let place = n;
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) products[i][j] = products[j][i] = total(results[place++]);
  return {
    values: sums.map((x, i) => (bounds[i] * x) / spins),
    covariance: covarianceOfMeans(sums, products, spins).map((row, i) =>
      row.map((x, j) => x * bounds[i] * bounds[j]),
    ),
    spins,
  };
}

export function instrument(planned: PlannedCycle, context: InstrumentContext): Instrument {
  const { name, steps, phases } = planned;
  const { id } = context;
  const bounds = [
    1,
    ...new Array<number>(2 * harmonics).fill(largestCoefficient),
    largestWork(context.problem, planned),
  ];
  return {
    observer: observe(planned, context, bounds),
    sample: () => async (ensemble, step) =>
      step === steps[phases]
        ? readAverages(await ensemble.observe(id), bounds)
        : readLoop(await ensemble.observe(`${id}: loop`)),
    observation(records): ObservedCycle {
      const last = records.find(({ step }) => step === steps[phases]) as Record<Averages> | undefined;
      const loop = records.filter(({ step }) => step !== steps[phases]) as Record<LoopPoint>[];
      return { type: "cycle", name, loop: loop.map(({ value }) => value), averages: last?.value ?? null };
    },
  };
}

import type { Instrument } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Backend } from "../../ensemble/kernel.ts";
import type { Observation } from "../../ensemble/observations.ts";
import type { RareEventCounts } from "../../ensemble/splitting/counts.ts";
import { Splitting } from "../../ensemble/splitting/splitting.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import type { CountApartOptions } from "../observable.ts";
import type { Guide, LogPotential } from "./guide.ts";
import { guideToEnd, guideToEscape, whyNoEvent } from "./guide.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { Walkers } from "./walkers.ts";
import { walkersOf } from "./walkers.ts";

export interface ObservedRareEvent extends Observation {
  readonly type: "rareEvent";
  /** Null, with the reason, where nothing could be counted. */
  readonly counts: RareEventCounts | null;
  readonly reason?: string;
}

/** In the run's own ensemble there is nothing to count. */
export const instrument = ({ name }: PlannedRareEvent): Instrument => ({
  observer: noObserver,
  sample: () => async () => null,
  observation: (): ObservedRareEvent => ({
    type: "rareEvent",
    name,
    counts: null,
    reason: "the run ended before it",
  }),
});

/** The observation by an ensemble of its own. */
export async function countApart(
  planned: PlannedRareEvent,
  problem: Problem,
  backend: Backend,
  options: CountApartOptions,
): Promise<ObservedRareEvent> {
  const began = performance.now();
  const counts = await countRareEvent(problem, planned, backend, {
    ...options,
    onProgress: (done, all, { spins, steps }) => {
      const step = Math.round((done / all) * steps);
      const seconds = (performance.now() - began) / 1000;
      options.onProgress?.({ step, steps, spinSteps: step * spins, seconds });
    },
  });
  const identity = { type: "rareEvent", name: planned.name } as const;
  return typeof counts === "string" ? { ...identity, counts: null, reason: counts } : { ...identity, counts };
}

export interface CountOptions {
  readonly threads?: number | undefined;
  readonly stepsPerDispatch?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, all: number, walkers: Walkers) => void;
  /** Place of the observable in the list: each has noise of its own. */
  readonly order?: number;
}

/** Fewest spins that make an island. */
const smallestIsland = 16;

/** Runs an ensemble of its own for a rare event; a sentence where that cannot be done. */
export async function countRareEvent(
  problem: Problem,
  planned: PlannedRareEvent,
  backend: Backend,
  options: CountOptions = {},
): Promise<RareEventCounts | string> {
  const without = whyNoEvent(planned);
  if (without) return without;
  const size = Math.floor(problem.ensemble / planned.islands);
  if (size < smallestIsland)
    return `${planned.islands} islands of ${smallestIsland} spins need an ensemble of ${planned.islands * smallestIsland} at least`;
  const isRate = planned.asked === "rate";
  const guide = isRate ? guideToEscape(problem, planned) : guideToEnd(problem, planned);
  if (typeof guide === "string") return guide;
  const spacing = guide.times[1] - guide.times[0];
  const duration = isRate ? guide.times.length * spacing : problem.steps * problem.timeStep;
  const walkers = await walkersOf(problem, backend, {
    spins: size * planned.islands,
    duration,
    climb: guide.climb,
    order: options.order ?? 0,
    ...(isRate ? { watched: planned.event } : {}),
    threads: options.threads,
    stepsPerDispatch: options.stepsPerDispatch,
  });
  try {
    return await (isRate ? countEscapes : countAtEnd)(walkers, guide, planned, options);
  } finally {
    await walkers.dispose();
  }
}

const stopped = "the run was stopped before the event could be counted";

/** Steps nearest to the times of a guide. */
const stepsOf = ({ times }: Guide, { timeStep }: Walkers): number[] =>
  times.map((t) => Math.round(t / timeStep));

function weigh(m: Float64Array, logG: LogPotential): Float64Array {
  const logs = new Float64Array(m.length / 3);
  for (let i = 0; i < logs.length; i++) logs[i] = logG(m[3 * i], m[3 * i + 1], m[3 * i + 2]);
  return logs;
}

/** Seconds spent in calls, by kind. */
function stopwatch() {
  const seconds = { stepping: 0, resampling: 0 };
  return {
    seconds,
    async of<T>(kind: keyof typeof seconds, work: () => Promise<T>): Promise<T> {
      const began = performance.now();
      const value = await work();
      seconds[kind] += (performance.now() - began) / 1000;
      return value;
    },
  };
}

const costOf = (walkers: Walkers, guide: Guide, splitting: Splitting) => ({
  stages: splitting.stages,
  spins: walkers.spins,
  timeStep: walkers.timeStep,
  steps: walkers.steps,
  source: guide.source,
  climb: guide.climb,
});

async function countAtEnd(
  walkers: Walkers,
  guide: Guide,
  { event, islands }: PlannedRareEvent,
  { signal, onProgress }: CountOptions,
): Promise<RareEventCounts | string> {
  const splitting = new Splitting(walkers.spins, islands, walkers.seed);
  const { seconds, of } = stopwatch();
  for (const [k, step] of stepsOf(guide, walkers).entries()) {
    if (signal?.aborted) return stopped;
    await of("stepping", () => walkers.advance(step));
    await of("resampling", async () => {
      const { m } = await walkers.sample();
      const indices = splitting.stage(weigh(m, guide.potentials[Math.min(k, guide.potentials.length - 1)]));
      if (indices) await walkers.gather(indices);
    });
    onProgress?.(k, guide.times.length, walkers);
  }
  await of("stepping", () => walkers.advance(walkers.steps));
  const holds = compileScalar(event, magnetization);
  const { m } = await walkers.sample();
  const happened = Float64Array.from({ length: walkers.spins }, (_, i) =>
    holds(m[3 * i], m[3 * i + 1], m[3 * i + 2]),
  );
  const found = splitting.expectation(happened);
  return {
    logs: found.map(({ log }) => log),
    families: found,
    ...costOf(walkers, guide, splitting),
    seconds,
  };
}

/** Stages that bring the first spins over the barrier, of all. */
const settling = 0.25;

async function countEscapes(
  walkers: Walkers,
  guide: Guide,
  { islands }: PlannedRareEvent,
  { signal, onProgress }: CountOptions,
): Promise<RareEventCounts | string> {
  const splitting = new Splitting(walkers.spins, islands, walkers.seed);
  const { seconds, of } = stopwatch();
  const steps = [...stepsOf(guide, walkers).slice(1), walkers.steps];
  const from = Math.ceil(settling * steps.length);
  const half = (from + steps.length) >> 1;
  const losses = [0, 1].map(() => new Float64Array(islands));
  for (const [k, step] of steps.entries()) {
    if (signal?.aborted) return stopped;
    await of("stepping", () => walkers.advance(step));
    await of("resampling", async () => {
      const { m, met } = await walkers.sample();
      const lost = splitting.leave((spin) => (met as Float64Array)[spin] > 0);
      if (k >= from) lost.forEach((loss, island) => (losses[k < half ? 0 : 1][island] += loss));
      const indices = splitting.stage(weigh(m, guide.potentials[0]));
      if (indices) await walkers.gather(indices);
    });
    onProgress?.(k, steps.length, walkers);
  }
  const time = (a: number, b: number): number => (steps[b - 1] - (steps[a - 1] ?? 0)) * walkers.timeStep;
  const [first, second] = [time(from, half), time(half, steps.length)];
  const logs = (loss: (island: number) => number, over: number): number[] =>
    Array.from({ length: islands }, (_, island) => Math.log(loss(island) / over));
  return {
    logs: logs((island) => losses[0][island] + losses[1][island], first + second),
    halves: [logs((island) => losses[0][island], first), logs((island) => losses[1][island], second)],
    ...costOf(walkers, guide, splitting),
    seconds,
  };
}

import { choose } from "../ensemble/choose.ts";
import type { BackendName } from "../ensemble/kernel.ts";
import { coreCount } from "../ensemble/workers.ts";
import { duration } from "../figures/duration.ts";
import { readable } from "../figures/readable.ts";
import { reduce } from "../observables/experiment.ts";
import { observables } from "../observables/index.ts";
import { ensembleCost } from "../run/cost.ts";
import { backends } from "../run/run.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import { runPoints } from "../sweep/run-points.ts";
import type { Shape } from "../sweep/shape.ts";
import { checkedAt, isExperiment } from "../sweep/shape.ts";
import { processorSeconds } from "./processor-seconds.ts";

/** The cost of a sweep, estimated from some of its points, which were computed on this machine. */
export interface SweepCost {
  readonly points: number;
  /** Points that were computed. */
  readonly measured: number;
  /** Processor seconds of the program's start and of the work that points share: their step, its bias, threads. */
  readonly startSeconds: number;
  /** Processor seconds of the start of each other thread. */
  readonly threadSeconds: number;
  /** Processor seconds of a point, its spin-steps left out. */
  readonly pointSeconds: number;
  /** The spin-steps of all points; null where there is no ensemble. */
  readonly ensemble: {
    readonly backend: BackendName;
    readonly isOnGpu: boolean;
    readonly spinSteps: number;
    /** Spin-steps a second here, on all cores or on the device. */
    readonly speed: number;
  } | null;
  /** Cores of this machine. */
  readonly cores: number;
}

export interface SweepCostOptions {
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
}

/**
 * Factor by which the number of computed points grows in each round, the most points, and the processor seconds after which no round
 * follows.
 */
const [growth, mostMeasured, enough] = [4, 64, 12];
/** Fewest points that are computed: points differ, so fewer do not represent all. */
const leastMeasured = 9;
/** Processor seconds of tables and report at the end. */
const filesSeconds = 0.7;
/** The cost of a point is known once several points take this many times as long as one. */
const clearly = 3;
/** Most spin-steps of a computed point: they take hundredths of a second, besides its figures. */
const mostSteps = 2e6;
/** The smallest block of spins. */
const leastSpins = 64;

/** The k-th of points that are spread evenly over a sweep, however many are taken: multiples of the golden ratio. */
const placeOf = (k: number, points: number): number => Math.floor(((0.5 + k * 0.618034) % 1) * points);

/** The same sweep with so few spins that a point takes little time. (The time of its tests depends on the spins too.) */
function withFewerSpins(plan: SweepPlan): SweepPlan {
  const base = checkedAt(plan.experiment, plan.points[0]);
  if (plan.exact || !isExperiment(base) || "ensemble" in plan.points[0]) return plan;
  const { steps, ensemble, observables: asked } = reduce(base);
  const fewer = Math.max(leastSpins, Math.floor(mostSteps / steps));
  if (fewer >= ensemble || asked.some(({ type }) => observables[type].countApart)) return plan;
  return { ...plan, experiment: { ...(plan.experiment as object), ensemble: fewer } };
}

/** Estimates the cost of a sweep: computes some of its points, and measures the speed of the spins separately. */
export async function sweepCost(plan: SweepPlan, wanted: SweepCostOptions = {}): Promise<SweepCost> {
  const cores = wanted.threads ?? (await coreCount());
  const { backend } = await choose(backends, wanted.backend ?? "auto");
  const points = plan.points.length;
  const fewer = withFewerSpins(plan);
  const shapes: { shape: Shape; points: number }[] = [];
  const compute = async (indices: readonly number[]): Promise<number> => {
    shapes.length = 0;
    const before = processorSeconds();
    const onShape = (shape: Shape, points: number): unknown => shapes.push({ shape, points });
    for await (const _ of runPoints(fewer, indices, { backend, threads: 1, onShape }));
    return processorSeconds() - before;
  };
  const program = processorSeconds();
  // the first time includes compilation, which happens only once
  const cold = await compute([placeOf(0, points)]);
  const one = points > 1 ? await compute([placeOf(0, points)]) : cold;
  let [measured, all] = [1, one];
  // the cost of the points must stand out from the fixed cost of a run
  const isVague = (): boolean => all < clearly * one || measured < leastMeasured;
  while (isVague() && measured < Math.min(points, mostMeasured)) {
    if (measured > 1 && all * growth > enough) break;
    const places = Array.from({ length: Math.min(points, growth * measured) }, (_, k) => placeOf(k, points));
    const indices = [...new Set(places)].sort((a, b) => a - b);
    all = await compute(indices);
    measured = indices.length;
  }
  const between = measured > 1 ? Math.max(0, all - one) / (measured - 1) : one;
  const known = {
    points,
    measured,
    startSeconds: program + Math.max(0, cold - between) + filesSeconds,
    threadSeconds: Math.max(0, one - between),
    cores,
  };
  const [first] = shapes;
  if (plan.exact || !first) return { ...known, pointSeconds: between, ensemble: null };
  const { problem } = first.shape;
  const steps = shapes.reduce((sum, { shape, points }) => sum + points * shape.problem.steps, 0) / measured;
  const whole = checkedAt(plan.experiment, plan.points[0]);
  const spins = isExperiment(whole) ? whole.ensemble : problem.ensemble;
  // the cost of the points already contains the drawing of initial states
  const initial = { direction: [0, 0, 1] } as const;
  const together = { ...problem, initial, ensemble: spins * points };
  const { seconds, spinSteps, isOnGpu } = await ensembleCost(together, { ...wanted, backend: backend.name });
  const speed = spinSteps / seconds;
  const stepped = leastSpins * Math.ceil(problem.ensemble / leastSpins) * steps;
  const stepping = isOnGpu ? 0 : (stepped * cores) / speed;
  return {
    ...known,
    // if the speed was measured on a busy machine the difference is too small: keep at least half for the figures
    pointSeconds: Math.max(between / 2, between - stepping),
    ensemble: { backend: backend.name, isOnGpu, spinSteps: steps * spins * points, speed },
  };
}

/** A machine that computes points. */
interface Machine {
  readonly cores: number;
  /** Spin-steps a second. */
  readonly speed: number;
}

/** Seconds that this many machines need together. */
function secondsOn({ cores, speed }: Machine, machines: number, cost: SweepCost): number {
  const { startSeconds, pointSeconds, ensemble, points } = cost;
  const own = Math.ceil(points / machines) / points;
  // one thread does the work that the points of a share have in common
  return startSeconds + own * ((points * pointSeconds) / cores + (ensemble?.spinSteps ?? 0) / speed);
}

/** A GPU as docs/performance.md measured it, and the cores of its machine. */
const largeGpu: Machine = { cores: 16, speed: 3.6e11 };
const nodes = { count: 100, cores: 16 } as const;

/** Seconds here, on one machine with a large GPU, and on a hundred nodes without. */
export function sweepSeconds(cost: SweepCost): { here: number; onGpu: number; onNodes: number } {
  const { ensemble, cores } = cost;
  const speed = ensemble?.speed ?? Number.POSITIVE_INFINITY;
  const ofCore = ensemble?.isOnGpu ? speed : speed / cores;
  return {
    here: secondsOn({ cores, speed }, 1, cost),
    onGpu: secondsOn(largeGpu, 1, cost),
    onNodes: secondsOn({ cores: nodes.cores, speed: ofCore * nodes.cores }, nodes.count, cost),
  };
}

function ensembleText(
  { spinSteps, speed, backend, isOnGpu }: NonNullable<SweepCost["ensemble"]>,
  cores: number,
): string {
  const seconds = spinSteps / speed;
  const text = `${duration(seconds)} for ${readable(spinSteps)} spin-steps on ${backend}`;
  return isOnGpu ? text : `${text}, ${duration(seconds * cores)} of a core in all`;
}

/** What `check` says about a sweep, as lines of text. */
export function sweepCostSummary(cost: SweepCost): readonly [string, string][] {
  const { points, measured, pointSeconds, startSeconds, threadSeconds, ensemble, cores } = cost;
  const others = Math.max(0, Math.min(cores, points) - 1);
  const { here, onGpu, onNodes } = sweepSeconds(cost);
  return [
    ["points", `${points}; ${measured} of them were computed for these estimates`],
    [
      "start and end",
      `${duration(startSeconds + others * threadSeconds)} of a core: what points have in common, threads, files`,
    ],
    [
      "figures and tests",
      `${duration(pointSeconds)} of a core a point, ${duration(points * pointSeconds)} of a core in all`,
    ],
    ...(ensemble ? [["ensemble on this machine", ensembleText(ensemble, cores)] as [string, string]] : []),
    ["all on this machine", `${duration(here)} (${cores} ${cores === 1 ? "core" : "cores"})`],
    [
      "with a large GPU",
      `${duration(onGpu)} (${readable(largeGpu.speed)} spin-steps/s, ${largeGpu.cores} cores)`,
    ],
    [`on ${nodes.count} nodes`, `${duration(onNodes)} (each with ${nodes.cores} such cores, without a GPU)`],
  ];
}

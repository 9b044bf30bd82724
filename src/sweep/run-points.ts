import type { Backend } from "../ensemble/kernel.ts";
import { coreCount } from "../ensemble/workers.ts";
import { timeUnitOf } from "../experiment/natural-units.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import { breathe, inRounds } from "../linear-algebra/breathe.ts";
import { addToGroup } from "../numerics/grouped-by.ts";
import type { Result } from "../result.ts";
import type { Comparisons } from "../run/compare-in-thread.ts";
import { openComparisons } from "../run/compare-in-thread.ts";
import { withCountsApart } from "../run/count-apart.ts";
import { exactRows } from "../run/exact-rows.ts";
import { inOrder } from "../run/in-order.ts";
import { ExperimentError, provenanceOf } from "../run/run.ts";
import { BatchSize } from "./batch-size.ts";
import { columnsOf } from "./columns.ts";
import { columnsOfRates } from "./columns-of-rates.ts";
import { oneByOne } from "./one-by-one.ts";
import type { PlacedSweep } from "./plan.ts";
import type { PointSettings } from "./points.ts";
import { seedOfPoint, seedPath } from "./points.ts";
import type { PointRecord } from "./record.ts";
import { noTests, recordOf, testsOf } from "./record.ts";
import type { Shape, SweptRange } from "./shape.ts";
import { checkedHearing, isExperiment, ofTwoSpins, problemAt, shapeOf } from "./shape.ts";
import { simulatePoints } from "./simulate-points.ts";

export interface RunPointsOptions {
  readonly backend: Backend;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal;
  /** Only exact figures of the points are needed: two spins are stepped, and no rare events are counted. */
  readonly isExactOnly?: boolean | undefined;
  /** Simulated share of the current batch. */
  readonly onProgress?: (share: number) => void;
  /** The common shape of some points, and their number, before they are simulated. */
  readonly onShape?: (shape: Shape, points: number) => void;
}

/** A finished point; with an ensemble also its whole result. */
export interface FinishedPoint {
  readonly record: PointRecord;
  readonly result?: Result;
}

interface Placed {
  readonly index: number;
  readonly settings: PointSettings;
  readonly seed: number;
}

const failed = (point: Placed, reason: string): FinishedPoint => ({
  record: recordOf(
    point,
    { values: {}, units: {}, missing: { "*": reason } },
    { tests: noTests, outcome: "failed", reasons: [reason] },
  ),
});

/** Settings of a point that neither spin parameters nor noise carry: points that agree in them share their shape. */
const fixedOf = ({ carried }: PlacedSweep, settings: PointSettings): PointSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([path]) => path !== seedPath && !carried.some((range) => range.path === path),
    ),
  );

/**
 * Runs points of a plan in its order and yields each when it is finished. The numbers of a point depend on the plan and
 * the backend alone, not on the other points of the run, the batches or the number of threads. Ends early, without an
 * error, after an abort of the signal.
 */
export async function* runPoints(
  plan: PlacedSweep,
  indices: readonly number[],
  options: RunPointsOptions,
): AsyncGenerator<FinishedPoint> {
  const { description, experiment } = plan;
  if (plan.exact) return yield* exactPoints(plan, indices, options);
  const byShape = new Map<string, number[]>();
  await inRounds(indices.length, (i) => {
    if (options.signal?.aborted) return;
    const index = indices[i];
    addToGroup(byShape, JSON.stringify(fixedOf(plan, plan.points[index])), index);
  });
  if (options.signal?.aborted) return;
  const ends = Object.fromEntries(plan.carried.map(({ path, low }) => [path, low]));
  const run = async function* (
    settings: PointSettings,
    some: readonly number[],
    carried: readonly SweptRange[],
  ): AsyncGenerator<FinishedPoint> {
    const base = await checkedHearing(experiment, settings);
    const seed = isExperiment(base) ? base.seed : 0;
    const points = some.map((index) => {
      const settings = plan.points[index];
      const own = seedOfPoint(seed, index, description.commonRandomNumbers);
      // varied seeds are used unchanged
      return { index, settings, seed: (settings[seedPath] as number | undefined) ?? own };
    });
    const shape = isExperiment(base)
      ? await whole(() => shapeOf(base, carried, comparisons.stepWithBias), options.signal)
      : new ExperimentError(base).message;
    if (!shape) return;
    if (typeof shape !== "string") {
      options.onShape?.(shape, points.length);
      yield* simulated(
        options.isExactOnly ? ofTwoSpins(shape) : shape,
        points,
        plan,
        options,
        comparisons,
        batches,
      );
    } else if (carried.length === 0) for (const point of points) yield failed(point, shape);
    // if an end of the varied ranges is not valid, each point is tried by itself
    else for (const index of some) yield* run(plan.points[index], [index], []);
  };
  const cores = options.threads ?? (await coreCount());
  const comparisons = await openComparisons(options.signal, Math.min(cores, indices.length));
  const batches = new BatchSize();
  try {
    for (const [key, group] of byShape) {
      yield* run({ ...JSON.parse(key), ...ends }, group, plan.carried);
      if (options.signal?.aborted) return;
    }
  } finally {
    comparisons.close();
  }
}

/** Adds separately counted rare events to a simulation, unless only exact figures are needed. */
async function withCounts(
  problem: Parameters<typeof withCountsApart>[0],
  simulation: Parameters<typeof withCountsApart>[1],
  { isExactOnly, backend, threads, signal }: RunPointsOptions,
): ReturnType<typeof withCountsApart> {
  return isExactOnly ? simulation : withCountsApart(problem, simulation, backend, { threads, signal });
}

/** A value, or the rule that it breaks; null if the user stops before it is known. */
async function whole<T>(make: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | string | null> {
  try {
    return await make();
  } catch (error) {
    if (signal?.aborted) return null;
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

async function* simulated(
  shape: Shape,
  points: readonly Placed[],
  { description }: PlacedSweep,
  options: RunPointsOptions,
  comparisons: Comparisons,
  batches: BatchSize,
): AsyncGenerator<FinishedPoint> {
  const { ensemble, steps } = shape.problem;
  const { signal } = options;
  let size = 1;
  for (let first = 0; first < points.length; first += size) {
    // points that do not share dispatches are yielded as soon as they are done
    size = options.backend.prepareGroups ? batches.points(ensemble, steps) : 1;
    const began = performance.now();
    const some = points.slice(first, first + size).map((point) => {
      const problem = problemAt(shape, point.settings, point.seed);
      return { ...point, problem };
    });
    const simulated = await simulatePoints(options.backend, shape, some, {
      threads: options.threads,
      signal,
      onProgress: ({ step }) => options.onProgress?.(step / steps),
    }).catch((error: unknown) => {
      if (signal?.aborted) return null;
      throw error;
    });
    if (!simulated) return;
    const { simulations, adapter, precision, sharing, deviceLosses } = simulated;
    const done = simulations.reduce((sum, one) => sum + one.steps * ensemble, 0);
    batches.took(done, (performance.now() - began) / 1000);
    // a simulation needs the device and all threads for itself
    const counted = oneByOne();
    const finish = async (i: number): Promise<FinishedPoint | null> => {
      const { problem, ...point } = some[i];
      if (simulations[i].outcome === "stopped") return null;
      await breathe();
      if (signal?.aborted) return null;
      const provenance = provenanceOf(problem, {
        backend: options.backend.name,
        adapter,
        precision,
        ...(deviceLosses[i] > 0 ? { deviceLosses: deviceLosses[i] } : {}),
        spinSteps: simulations[i].steps * ensemble,
        wallSeconds: simulations[i].wallSeconds / sharing,
      });
      const simulation = await counted(() => withCounts(problem, simulations[i], options));
      if (simulation.outcome === "stopped") return null;
      const result = await comparisons.compare(
        problem,
        shape.bias,
        provenance,
        simulation,
        description.falseAlarmProbability,
      );
      if (!result) return null;
      const reasons = new Set([
        ...(result.fokkerPlanckReason ? [result.fokkerPlanckReason] : []),
        ...result.comparisons.flatMap(({ reason }) => (reason ? [reason] : [])),
      ]);
      for (const one of result.observables)
        if ("reason" in one && one.reason && !reasons.has(one.reason))
          reasons.add(`${one.name}: ${one.reason}`);
      const record = recordOf(point, columnsOf(result, problem.compare), {
        tests: testsOf(result),
        outcome: result.outcome,
        reasons: [...reasons],
        ...(deviceLosses[i] > 0 ? { deviceLosses: deviceLosses[i] } : {}),
      });
      return { record, ...(description.pointResults ? { result } : {}) };
    };
    for await (const finished of inOrder(some.length, finish, comparisons.width)) {
      if (!finished) return;
      yield finished;
    }
  }
}

async function* exactPoints(
  plan: PlacedSweep,
  indices: readonly number[],
  { signal, threads }: RunPointsOptions,
): AsyncGenerator<FinishedPoint> {
  const time = timeUnitOf({ experiment: plan.experiment as CompletedExperiment });
  const places = indices.map((index) => plan.points[index] as Record<string, number>);
  const found = exactRows(plan.experiment, places, { threads: threads ?? (await coreCount()), signal });
  for await (const { index: place, row, error } of found) {
    // a continued run computes an interrupted point again
    if (signal?.aborted || (!row && !error)) return;
    const index = indices[place];
    const point = { index, settings: plan.points[index], seed: 0 };
    if (row)
      yield {
        record: recordOf(point, columnsOfRates(row, time), {
          tests: noTests,
          outcome: "complete",
          reasons: row.reasons.map(({ quantity, reason }) => `${quantity}: ${reason}`),
        }),
      };
    else if (error instanceof ExperimentError || error instanceof RangeError)
      yield failed(point, error.message);
    else throw error;
  }
}

import type { Backend } from "../ensemble/kernel.ts";
import { simulate } from "../ensemble/simulate.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import { plan } from "../observables/plan.ts";
import { problemAt, shapeOf } from "../sweep/shape.ts";
import type { SimulatedPoint } from "../sweep/simulate-points.ts";
import { simulatePoints } from "../sweep/simulate-points.ts";
import { sweptExperiment } from "./workloads.ts";

export interface PointsOptions {
  /** Points along each of two axes. */
  readonly side?: number | undefined;
  /** Spins of a point. */
  readonly spins?: number | undefined;
  readonly threads?: number | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** Cost of one way to simulate points: the smallest of the rounds. It includes preparation, except in `steppingSeconds`. */
export interface PointsRow {
  readonly name: string;
  readonly spinSteps: number;
  readonly wallSeconds: number;
  /** Of this process, all its threads. */
  readonly processorSeconds: number;
  readonly steppingSeconds: number;
}

/** Points of a sweep in three ways: as one experiment of as many spins and steps, side by side, and one by one. */
export interface PointsCosts {
  readonly backend: string;
  readonly adapter: string;
  readonly points: number;
  readonly spins: number;
  readonly steps: number;
  readonly rows: readonly PointsRow[];
}

/** One by one they take long, so only this many are timed. */
const mostOneByOne = 256;
const rounds = 3;
const ranges = [
  { path: "torques.0.dampingLike", low: -0.002, high: 0.002 },
  { path: "energies.1.B_ext.2", low: -0.01, high: 0.01 },
];

/** Times a sweep over a torque and a field. */
export async function pointsCosts(backend: Backend, options: PointsOptions = {}): Promise<PointsCosts> {
  const availability = await backend.probe();
  if (!availability.available) throw new RangeError(availability.reason);
  const { software, adapter } = availability;
  const { side = software ? 6 : 100, spins = 1000, threads, onProgress } = options;
  const duration = software ? 2e-8 : 4e-7;
  const checked = checkExperiment(sweptExperiment(spins, duration));
  if (!checked.ok) throw new Error("the experiment of the benchmark has a problem");
  const { experiment } = checked;
  const shape = await shapeOf(experiment, ranges);
  const { steps, integrator } = shape.problem;
  const points = Array.from({ length: side * side }, (_, i): SimulatedPoint => {
    const settings = Object.fromEntries(
      ranges.map(({ path, low, high }, k) => {
        const place = k === 0 ? Math.floor(i / side) : i % side;
        return [path, low + (high - low) * (side > 1 ? place / (side - 1) : 0)];
      }),
    );
    return { settings, problem: problemAt(shape, settings, i) };
  });
  const { prepareGroups: _, ...oneByOne } = backend;

  // one experiment of as many spins and steps; like the shape of the points, its plan is not timed
  const whole = { ...experiment, time: { ...experiment.time, integrator }, ensemble: spins * points.length };
  const reduced = reduce(whole as typeof experiment);
  const problem = {
    ...reduced,
    steps,
    timeStep: duration / reduced.units.time / steps,
    observables: reduced.observables.map((o) => ("steps" in o ? { ...o, steps: [steps] } : o)),
  } as typeof reduced;
  const planned = plan(problem);
  const dynkin = { windows: [], views: {}, bounds: [], reason: "not timed" };
  const single = async (): Promise<number> => {
    const ensemble = await backend.prepare(planned.kernel, planned.filling, { threads });
    const { wallSeconds } = await simulate(problem, { ...planned, dynkin }, ensemble);
    await ensemble.dispose();
    return wallSeconds;
  };
  const swept = (with_: Backend, some: readonly SimulatedPoint[]) => async (): Promise<number> => {
    const { simulations, sharing } = await simulatePoints(with_, shape, some, { threads });
    return simulations.reduce((sum, { wallSeconds }) => sum + wallSeconds / sharing, 0);
  };
  const few = points.slice(0, mostOneByOne);
  const ways = [
    { name: "one experiment", of: points.length, way: single },
    { name: "side by side", of: points.length, way: swept(backend, points) },
    { name: "one by one", of: few.length, way: swept(oneByOne, few) },
  ];
  const best = new Map<string, PointsRow>();
  for (let round = 0; round < rounds; round++)
    for (const { name, of, way } of ways) {
      onProgress?.(`points: ${backend.name}, ${name}`);
      const [began, before] = [performance.now(), process.cpuUsage()];
      const stepping = await way();
      const wall = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(before);
      const last = best.get(name);
      const least = (now: number, then = Number.POSITIVE_INFINITY): number => Math.min(now, then);
      best.set(name, {
        name,
        spinSteps: of * spins * steps,
        wallSeconds: least(wall, last?.wallSeconds),
        processorSeconds: least((user + system) / 1e6, last?.processorSeconds),
        steppingSeconds: least(stepping, last?.steppingSeconds),
      });
    }
  return { backend: backend.name, adapter, points: points.length, spins, steps, rows: [...best.values()] };
}

/** A table of the ways, each time a spin-step with its quotient by that of one experiment. */
export function pointsTable({ backend, adapter, points, spins, steps, rows }: PointsCosts): string {
  const times = ["processorSeconds", "wallSeconds", "steppingSeconds"] as const;
  const perStep = (row: PointsRow, time: (typeof times)[number]): number => row[time] / row.spinSteps;
  return [
    `${points} points of ${spins} spins, ${steps} steps, on ${backend} [${adapter}]`,
    "seconds per spin-step, and relative to one experiment: processor time, wall time, wall time without preparation",
    ...rows.map((row) =>
      [
        row.name.padEnd(15),
        ...times.map(
          (time) =>
            `${perStep(row, time).toExponential(2)} ${(perStep(row, time) / perStep(rows[0], time)).toFixed(2).padStart(7)}`,
        ),
      ].join("  "),
    ),
  ].join("\n");
}

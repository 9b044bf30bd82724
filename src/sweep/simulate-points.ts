import { fillingOf } from "../ensemble/initial/filling.ts";
import { parametersAlone, stoppable } from "../ensemble/initial/pieces.ts";
import type { Recipe } from "../ensemble/initial/recipe.ts";
import type { Backend, Ensemble, Filling, Group, PrepareOptions } from "../ensemble/kernel.ts";
import type { SimulateOptions, Simulation } from "../ensemble/simulate.ts";
import { simulate } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import { constant } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { mostLosses } from "../run/ensemble-run.ts";
import { inStep } from "./in-step.ts";
import type { PointSettings } from "./points.ts";
import type { Shape } from "./shape.ts";
import { parametersAt } from "./shape.ts";

/** One point to be simulated: its problem in the units of its shape. */
export interface SimulatedPoint {
  readonly settings: PointSettings;
  readonly problem: Problem;
}

/** Initial state of a point's spins, as in its own experiment, and its values of the varied parameters. */
function fillingAt(shape: Shape, { settings, problem }: SimulatedPoint): Filling {
  const { scheme, registers } = shape.plan;
  const values = parametersAt(shape, settings);
  const own = fillingOf(problem, [scheme], registers, magnetization, values);
  const withVaried = (drawn: readonly Float64Array[], count: number): Float64Array[] => {
    const byName = new Map(problem.spreads.map(({ name }, i) => [name, drawn[i]]));
    return shape.problem.spreads.map(
      ({ name }) => byName.get(name) ?? new Float64Array(count).fill(values[name]),
    );
  };
  const fill = (first: number, count: number): ReturnType<Filling> => {
    const { state, parameters } = own(first, count);
    return { state, parameters: withVaried(parameters, count) };
  };
  const parameters = (first: number, count: number): Float64Array[] =>
    withVaried(parametersAlone(own, first, count), count);
  const recipe = (): Recipe | undefined => {
    const drawn = own.recipe?.();
    const byName = new Map(drawn?.parameters.map((parameter) => [parameter.name, parameter]));
    const parameters = shape.problem.spreads.map(
      ({ name }) => byName.get(name) ?? { name, value: constant(values[name]) },
    );
    return drawn && { ...drawn, parameters };
  };
  return Object.assign(fill, { recipe, parameters, prepare: own.prepare });
}

/** Dynkin's formula needs the state of every spin, which points of a sweep do not provide. */
const withoutDynkin = "points of a sweep are compared with the exact solution only";

/** How a batch was simulated: one entry per point, and the device. */
export interface SimulatedBatch {
  readonly simulations: readonly Simulation[];
  readonly adapter: string;
  readonly precision: "float32" | "float64";
  /** Number of points that shared the seconds of each simulation. */
  readonly sharing: number;
  /** How often each point lost its device and was simulated again from the start. */
  readonly deviceLosses: readonly number[];
  /** Why the points were simulated one by one though the backend can do otherwise. */
  readonly reason?: string;
}

/** A batch as one device has simulated it, or lost it. */
type OneAttempt = Omit<SimulatedBatch, "deviceLosses">;

const isLoss = (error: unknown): boolean => error instanceof Error && error.name === "DeviceLostError";

/** After a lost device, simulates again from the start on a new device; the last attempt keeps what it has. */
async function whateverIsLost<T extends Pick<SimulatedBatch, "simulations">>(attempt: () => Promise<T>) {
  for (let losses = 0; ; losses++) {
    try {
      const made = await attempt();
      const lost = made.simulations.some(({ outcome }) => outcome === "device lost");
      if (!lost || losses === mostLosses)
        return { ...made, deviceLosses: made.simulations.map(() => losses) };
    } catch (error) {
      if (!isLoss(error) || losses === mostLosses) throw error;
    }
  }
}

/**
 * Simulates points of one shape: side by side in the same dispatches where the backend can count groups of spins apart, one after the
 * other elsewhere. Both give a point the same numbers, whatever points are beside it. Rejects with the signal's reason where that
 * comes before the first step.
 */
export async function simulatePoints(
  backend: Backend,
  shape: Shape,
  points: readonly SimulatedPoint[],
  options: SimulateOptions & PrepareOptions = {},
): Promise<SimulatedBatch> {
  const { kernel } = shape.plan;
  const { signal, onProgress } = options;
  const groups = points.map(
    (point): Group => ({ seed: point.problem.seed, filling: stoppable(fillingAt(shape, point), signal) }),
  );
  const run = (i: number, ensemble: Ensemble, more: SimulateOptions): Promise<Simulation> =>
    simulate(
      { ...points[i].problem, spreads: shape.problem.spreads },
      {
        ...shape.plan,
        filling: groups[i].filling,
        dynkin: { windows: [], views: {}, bounds: [], reason: withoutDynkin },
      },
      ensemble,
      { signal, ...more },
    );
  const sideBySide = async (prepare: NonNullable<Backend["prepareGroups"]>): Promise<OneAttempt> => {
    const together = await prepare(kernel, groups, options);
    try {
      const pieces = new Map<number, number>();
      const simulations = await Promise.all(
        inStep(together, points.length).map((ensemble, i) =>
          run(i, ensemble, { pieces, onProgress: i === 0 ? onProgress : undefined }),
        ),
      );
      const { adapter, precision } = together;
      return { simulations, adapter, precision, sharing: points.length };
    } finally {
      await together.dispose();
    }
  };
  const alone = async (i: number): Promise<OneAttempt> => {
    const { seed, filling } = groups[i];
    const ensemble = await backend.prepare({ ...kernel, seed }, filling, options);
    try {
      const { adapter, precision } = ensemble;
      return { simulations: [await run(i, ensemble, { onProgress })], adapter, precision, sharing: 1 };
    } finally {
      await ensemble.dispose();
    }
  };
  let reason: string | undefined;
  const { prepareGroups } = backend;
  if (prepareGroups && points.length > 1)
    try {
      return await whateverIsLost(() => sideBySide(prepareGroups));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      reason = error.message;
    }
  const each: SimulatedBatch[] = [];
  for (const i of points.keys()) each.push(await whateverIsLost(() => alone(i)));
  const { adapter, precision } = each[0];
  return {
    simulations: each.flatMap(({ simulations }) => simulations),
    deviceLosses: each.flatMap(({ deviceLosses }) => deviceLosses),
    adapter,
    precision,
    sharing: 1,
    ...(reason ? { reason } : {}),
  };
}

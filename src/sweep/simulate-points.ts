import { fillingOf } from "../ensemble/initial/filling.ts";
import type { Backend, Ensemble, Filling, Kernel, PrepareOptions } from "../ensemble/kernel.ts";
import type { SimulateOptions, Simulation } from "../ensemble/simulate.ts";
import { simulate } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import { substitute } from "../expression/rewrite.ts";
import { inStep } from "./in-step.ts";
import type { PointSettings } from "./points.ts";
import type { Shape } from "./shape.ts";
import { parametersAt } from "./shape.ts";

/** One point to be simulated: its problem in the units of its shape. */
export interface SimulatedPoint {
  readonly settings: PointSettings;
  readonly problem: Problem;
}

/** Initial state of a point's spins as its experiment alone would have it, and its values of what is varied. */
function fillingAt(shape: Shape, { settings, problem }: SimulatedPoint): Filling {
  const { scheme, registers } = shape.plan;
  const values = parametersAt(shape, settings);
  const own = fillingOf(problem, [{ ...scheme, stored: substitute(scheme.stored, values) }], registers);
  return (first, count) => {
    const { state, parameters } = own(first, count);
    const byName = new Map(problem.spreads.map(({ name }, i) => [name, parameters[i]]));
    return {
      state,
      parameters: shape.problem.spreads.map(
        ({ name }) => byName.get(name) ?? new Float64Array(count).fill(values[name]),
      ),
    };
  };
}

/** Dynkin's formula needs every spin's state by itself, which points of a sweep do not hand out. */
const withoutDynkin = "points of a sweep are held against the exact solution alone";

/** How a batch was simulated: one entry a point, and who did it. */
export interface SimulatedBatch {
  readonly simulations: readonly Simulation[];
  readonly adapter: string;
  readonly precision: "float32" | "float64";
}

/**
 * Simulates points of one shape: side by side in the same dispatches where the backend can count groups of spins apart, one after the
 * other elsewhere. Both give a point the same numbers, whatever points are beside it.
 */
export async function simulatePoints(
  backend: Backend,
  shape: Shape,
  points: readonly SimulatedPoint[],
  options: SimulateOptions & PrepareOptions = {},
): Promise<SimulatedBatch> {
  const { kernel } = shape.plan;
  const groups = points.map((point) => ({ seed: point.problem.seed, filling: fillingAt(shape, point) }));
  const run = (i: number, ensemble: Ensemble, more: SimulateOptions): Promise<Simulation> =>
    simulate(
      { ...points[i].problem, spreads: shape.problem.spreads },
      {
        ...shape.plan,
        filling: groups[i].filling,
        dynkin: { windows: [], views: {}, bounds: [], reason: withoutDynkin },
      },
      ensemble,
      more,
    );
  const { signal, onProgress } = options;
  if (backend.prepareGroups && points.length > 1) {
    const together = await backend.prepareGroups(kernel, groups, options);
    try {
      const ensembles = inStep(together, points.length);
      const simulations = await Promise.all(
        ensembles.map((ensemble, i) =>
          run(i, ensemble, { signal, onProgress: i === 0 ? onProgress : undefined }),
        ),
      );
      return { simulations, adapter: together.adapter, precision: together.precision };
    } finally {
      await together.dispose();
    }
  }
  const simulations: Simulation[] = [];
  let who: Pick<SimulatedBatch, "adapter" | "precision"> = { adapter: backend.name, precision: "float32" };
  for (const [i, { seed, filling }] of groups.entries()) {
    const own: Kernel = { ...kernel, seed };
    const ensemble = await backend.prepare(own, filling, options);
    try {
      who = { adapter: ensemble.adapter, precision: ensemble.precision };
      simulations.push(await run(i, ensemble, { signal, onProgress }));
    } finally {
      await ensemble.dispose();
    }
  }
  return { simulations, ...who };
}

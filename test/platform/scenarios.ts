import type { Backend, Filling, Kernel, TallyResult } from "../../src/ensemble/kernel.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import type { Expression } from "../../src/expression/expression.ts";
import * as e from "../../src/expression/expression.ts";
import { dot, m, vector } from "../../src/expression/vector.ts";
import type { PlannedDwell } from "../../src/observables/dwell/spec.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { plan } from "../../src/observables/plan.ts";
import { evenEdges } from "../../src/physics/binning.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";
import { withEnsemble } from "../with-ensemble.ts";

/*
 * Kernels that every platform runs: the same text in Node, Deno and Chromium. Small, deterministic, and together
 * they print every operator, both laws of noise, registers, watches, parameters and drives.
 */

/** A macrospin with energy −mz² (barrier `delta` kT), a tilted field and a tilted damping-like torque; reduced. */
export function tiltedJunction(options: {
  delta: number;
  alpha: number;
  field?: readonly [number, number, number];
  torque?: number;
  polarizer?: readonly [number, number, number];
}): { dynamics: Dynamics; energy: Expression } {
  const { delta, alpha, field = [0, 0, 0], torque = 0, polarizer = [0, 0, 1] } = options;
  const energy = e.sub(e.neg(e.square(m[2])), e.mul(2, dot(vector(...field), m)));
  const along = dot(m, vector(...polarizer));
  return {
    energy,
    dynamics: {
      psi: e.add(e.mul(alpha / 2, energy), e.mul(torque, along)),
      omega: e.sub(e.mul(0.5, energy), e.mul(alpha * torque, along)),
      diffusion: e.constant(delta === 0 ? alpha / 2 : alpha / (2 * delta)),
    },
  };
}

/** A reduced problem with the defaults of the tests. */
export function readProblem(parts: { dynamics: Dynamics; energy: Expression } & Partial<Problem>): Problem {
  return {
    experiment: {} as Problem["experiment"],
    units: { time: 1, field: 1, energy: 1 },
    energyOverKT: null,
    alpha: e.constant(0.1),
    spreads: [],
    initial: { direction: [0, 0, 1] },
    ensemble: 1000,
    seed: 1,
    timeStep: 0.1,
    steps: 100,
    integrator: "splitting",
    variates: "dyadic",
    breakpoints: [],
    observables: [],
    compare: false,
    ...parts,
  } as Problem;
}

const junction = tiltedJunction({
  delta: 4,
  alpha: 0.1,
  field: [0.1, 0, 0.05],
  torque: 0.03,
  polarizer: [0.6, 0, 0.8],
});
const [mx, my, mz] = m;
const t = e.variable("t");
const everyOperator = e.add(
  e.mul(0.02, e.sin(e.mul(3, mx))),
  e.mul(0.02, e.cos(e.mul(5, my))),
  e.mul(0.01, e.asin(e.mul(0.5, mz))),
  e.mul(0.01, e.acos(e.mul(0.5, mx))),
  e.mul(0.01, e.atan2(my, e.add(2, mx))),
  e.mul(0.02, e.exp(e.mul(0.5, mz))),
  e.mul(0.02, e.log(e.add(2, mx))),
  e.mul(0.02, e.log1p(e.mul(0.3, mz))),
  e.mul(0.01, e.tanh(mx)),
  e.mul(0.01, e.sqrt(e.add(1.5, my))),
  e.mul(0.01, e.abs(e.add(0.3, mx)), e.min(mx, e.add(my, 0.2)), e.max(mz, 0.1)),
  e.mul(0.01, e.select(e.less(mz, 0.5), mx, my)),
  e.mul(0.001, e.floor(e.mul(0.01, t)), mx),
);

/** Problems by name; the runner uses all of them. */
export const scenarios: Readonly<Record<string, Problem>> = {
  "tilted junction, splitting": readProblem({
    ...junction,
    observables: [
      { type: "moments", name: "moments", steps: [97, 300] },
      {
        type: "histogram",
        name: "map",
        binning: { kind: "map", mz: evenEdges(-1, 1, 8), phi: evenEdges(-Math.PI, Math.PI, 8) },
        steps: [300],
      },
    ],
    steps: 300,
  }),
  // bins for ten bits, and with a condition for more
  "histograms gathered while the steps run": readProblem({
    ...junction,
    observables: [
      { name: "each sixteenth step", gather: { every: 16, from: 0 } },
      { name: "each tenth step, later", gather: { every: 10, from: 100 } },
    ].map(({ name, gather }) => ({
      type: "histogram",
      name,
      binning: { kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, 64) },
      steps: [],
      gather,
    })),
    steps: 300,
  }),
  "tilted junction, heun, gaussian": readProblem({
    ...junction,
    integrator: "heun",
    variates: "gaussian",
    timeStep: 0.02,
    steps: 260,
  }),
  "tilted junction, semi-implicit": readProblem({ ...junction, integrator: "semi-implicit", timeStep: 0.05 }),
  "tilted junction, implicit midpoint": readProblem({
    ...junction,
    integrator: "implicit-midpoint",
    timeStep: 0.05,
  }),
  "every operator, with a drive": readProblem({
    energy: e.neg(e.square(mz)),
    dynamics: {
      psi: e.add(junction.dynamics.psi, everyOperator),
      omega: e.add(junction.dynamics.omega, e.mul(0.1, e.sin(t), mx)),
      diffusion: junction.dynamics.diffusion,
    },
  }),
  "per-spin parameter, first passage and dwell": readProblem({
    ...junction,
    dynamics: {
      ...junction.dynamics,
      omega: e.add(junction.dynamics.omega, e.mul(e.variable("p1"), mz)),
    },
    spreads: [{ name: "p1", path: "x", distribution: "normal", mean: 0, deviation: 0.1 }],
    observables: [
      { type: "firstPassage", name: "passage", until: e.less(mz, 0.5) } as PlannedPassage,
      { type: "dwell", name: "dwell", up: e.less(0.8, mz), down: e.less(mz, 0.6) } as PlannedDwell,
    ],
    steps: 400,
  }),
};

export interface Answer {
  /** Stored state of the first spins: all variables in turn. */
  readonly state: number[][];
  readonly views: Record<string, TallyResult[]>;
  readonly watch: TallyResult[];
  readonly adapter: string;
}

/** Spins whose state is compared. */
const compared = 64;

/** Runs one scenario on a backend; `limits` cut it into dispatches. */
export async function answer(
  backend: Backend,
  name: string,
  limits: Parameters<Backend["prepare"]>[2] = {},
  change: (kernel: Kernel, filling: Filling) => { kernel: Kernel; filling: Filling } = (kernel, filling) => ({
    kernel,
    filling,
  }),
): Promise<Answer> {
  const problem = scenarios[name];
  const planned = plan(problem);
  const { kernel, filling } = change(planned.kernel, planned.filling);
  return withEnsemble(backend.prepare(kernel, filling, limits), async (ensemble) => {
    // an odd stop in the middle: the second stretch begins inside a chunk of noise
    await ensemble.advance(Math.floor(problem.steps / 3) | 1);
    await ensemble.advance(problem.steps);
    const views: Record<string, TallyResult[]> = {};
    for (const view of Object.keys(kernel.views)) views[view] = await ensemble.observe(view);
    const watch = await ensemble.collect();
    const state = (await ensemble.read(compared)).map((column) => [...column]);
    return { state, views, watch, adapter: ensemble.adapter };
  });
}

/** All answers of a backend as plain data. */
export async function allAnswers(backend: Backend): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (const name of Object.keys(scenarios)) {
    const found = await answer(backend, name);
    const plain = (results: TallyResult[]): TallyResult[] =>
      results.map((result) =>
        result.kind === "bins"
          ? ({ kind: "bins", counts: [...result.counts] } as unknown as TallyResult)
          : result,
      );
    answers[name] = {
      ...found,
      views: Object.fromEntries(Object.entries(found.views).map(([key, value]) => [key, plain(value)])),
      watch: plain(found.watch),
    };
  }
  return answers;
}

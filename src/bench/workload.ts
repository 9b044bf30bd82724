import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import * as e from "../expression/expression.ts";
import { parse } from "../expression/parse.ts";
import { dot, m, vector } from "../expression/vector.ts";
import type { PlannedDwell } from "../observables/dwell/spec.ts";
import type { PlannedPassage } from "../observables/first-passage/spec.ts";
import { evenEdges } from "../physics/binning.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { sum } from "../physics/dynamics.ts";
import { energyDynamics, reducedMagnet, thermalDynamics } from "../physics/magnet.ts";
import { torqueDynamics } from "../physics/torques/gilbert.ts";

/*
 * What is timed: a uniaxial macrospin in a tilted field, in reduced units, with barrier 5 kT and damping 0.1. The
 * twins in bench/twins hold the same model with the same field and step; no component of the field is zero, so that
 * neither side saves work by its absence.
 */
export const delta = 5;
export const alpha = 0.1;
export const field = [0.2, 0.1, 0.05] as const;

/** Steps that give each scheme its customary accuracy; a rate hardly depends on them. */
export const timeStepOf: Readonly<Record<string, number>> = {
  splitting: 0.4,
  magnus: 0.4,
  heun: 0.05,
  "semi-implicit": 0.1,
  "implicit-midpoint": 0.1,
};

/** Ψ, Ω and D of a reduced magnet with an energy in units of the barrier's, and a damping-like torque along p. */
export function dynamicsOf(
  energy: Expression,
  barrier: number,
  damping: number,
  torque: Expression = e.constant(0),
): Dynamics {
  const magnet = reducedMagnet({ delta: e.constant(barrier), alpha: e.constant(damping) });
  const transfer = {
    polarizer: vector(0.6, 0, 0.8),
    dampingLike: (c: Expression) => e.mul(torque, c),
    fieldLike: () => e.constant(0),
  };
  return sum([energyDynamics(energy, magnet), torqueDynamics(transfer, magnet), thermalDynamics(magnet)]);
}

const uniaxial = e.neg(e.square(m[2]));
const zeeman = (scale: Expression): Expression => e.mul(-2, scale, dot(vector(...field), m));
const inField = e.add(uniaxial, zeeman(e.constant(1)));

/** One thing to time: the physics, and what is sampled while it runs. */
export interface Workload {
  readonly name: string;
  readonly energy: Expression;
  readonly torque?: Expression;
  readonly observables?: readonly PlannedObservable[];
}

const mz = m[2];
export const bare: Workload = { name: "bare step loop", energy: inField };

/** The bare loop first; the next two cost it statistics, the others physics. */
export const workloads: readonly Workload[] = [
  bare,
  {
    name: "histogram every 16 steps",
    energy: inField,
    observables: [
      {
        type: "histogram",
        name: "mz",
        binning: { kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, 64) },
        steps: [],
        gather: { every: 16, from: 0 },
      },
    ],
  },
  {
    name: "first passage and dwell",
    energy: inField,
    observables: [
      { type: "firstPassage", name: "passage", until: e.less(mz, -0.5) } as PlannedPassage,
      { type: "dwell", name: "dwell", up: e.less(0.5, mz), down: e.less(mz, -0.5) } as PlannedDwell,
    ],
  },
  { name: "spin torque", energy: inField, torque: e.constant(0.03) },
  {
    name: "typed energy",
    energy: e.add(zeeman(e.constant(1)), parse("-mz^2 + 0.3 * mx^2 - 0.2 * mx^2 * mz^2 + 0.1 * my^4")),
  },
  {
    name: "drive",
    energy: e.add(uniaxial, zeeman(e.add(1, e.mul(0.2, e.sin(e.mul(0.05, e.variable("t"))))))),
  },
];

/** A reduced problem without an experiment behind it. */
export function workloadProblem(
  parts: Pick<
    Problem,
    "energy" | "dynamics" | "ensemble" | "timeStep" | "steps" | "integrator" | "variates"
  > &
    Partial<Problem>,
): Problem {
  return {
    experiment: {} as Problem["experiment"],
    units: { time: 1, field: 1, energy: 1 },
    energyOverKT: null,
    alpha: e.constant(alpha),
    spreads: [],
    initial: { direction: [0, 0, 1] },
    seed: 1,
    breakpoints: [],
    observables: [],
    compare: false,
    timeStepLimit: Number.POSITIVE_INFINITY,
    warnings: [],
    ...parts,
  };
}

/** A free layer under a torque and a field, as a sweep over both takes it; the duration in s. */
export const sweptExperiment = (ensemble: number, duration: number): object => ({
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 4e4 },
    { type: "zeeman", B_ext: [0, 0, 0.005] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.001, polarizer: [0, 0, 1] }],
  ensemble,
  time: { duration },
  observables: [
    { type: "moments", times: 2 },
    { type: "histogram", of: "mz", bins: 32, times: 1 },
  ],
});

import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import * as e from "../expression/expression.ts";
import { dot, m, vector } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { sum } from "../physics/dynamics.ts";
import { energyDynamics, reducedMagnet, thermalDynamics } from "../physics/magnet.ts";
import { torqueDynamics } from "../physics/torques/gilbert.ts";

/*
 * What is timed: a uniaxial macrospin in a tilted field, in reduced units, with barrier 5 kT and damping 0.1. The hand-written programs
 * in bench/twins have the same model with the same field and step. No component of the field is zero, so that no program saves work by
 * leaving one out.
 */
export const delta = 5;
export const alpha = 0.1;
export const field = [0.2, 0.1, 0.05] as const;

/** Time steps at which each scheme has its customary accuracy; a rate hardly depends on them. */
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

export const uniaxialEnergy: Expression = e.neg(e.square(m[2]));
export const zeemanEnergy = (scale: Expression): Expression => e.mul(-2, scale, dot(vector(...field), m));

/** One thing to time: the physics, and what is sampled while it runs. */
export interface Workload {
  readonly name: string;
  readonly energy: Expression;
  readonly torque?: Expression;
  readonly observables?: readonly PlannedObservable[];
}

export const bare: Workload = {
  name: "bare step loop",
  energy: e.add(uniaxialEnergy, zeemanEnergy(e.constant(1))),
};

/** A reduced problem that is made without an experiment. */
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

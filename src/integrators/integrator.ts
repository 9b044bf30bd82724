import type { Expression } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Model } from "../physics/model.ts";
import { macrospin } from "../physics/model.ts";

/** Distribution of the three unit variates of a step; `none` without noise. */
export type VariateLaw = "dyadic" | "gaussian" | "none";

/** One time-stepping scheme of the Stratonovich equation; a catalogue entry. */
export interface Integrator {
  readonly name: string;
  /** Order of convergence of averages in the time step. */
  readonly weakOrder: number;
  /** Where the scheme comes from. */
  readonly source: string;
  /** Largest time step over the inverse of the largest rate in the problem (see experiment/time-step.ts). */
  readonly stepLimit: number;
  /**
   * One step of a model: the scheme applied to each of its spins. The expressions may contain the whole
   * state and all variates. `law` is the distribution of the unit variates; a scheme may calibrate its kick
   * for it. `breakpoints` are the times at which drives jump or have a kink; they may fall between steps.
   */
  steps(model: Model, timeStep: number, law: VariateLaw, breakpoints: readonly number[]): Scheme[];
  /** One step of a macrospin. */
  build(dynamics: Dynamics, timeStep: number, law: VariateLaw, breakpoints?: readonly number[]): Scheme;
}

/** Completes a catalogue entry: the step of a macrospin follows from the step of any model. */
export const integrator = (entry: Omit<Integrator, "build">): Integrator => ({
  ...entry,
  build: (dynamics, timeStep, law, breakpoints = []) =>
    entry.steps(macrospin(dynamics), timeStep, law, breakpoints)[0],
});

/** An expression with the spins replaced by other values. */
export function at(of: readonly Vector[], { state }: Model, places: readonly Vector[]): Vector[] {
  const values = places.flat();
  const replaced = substitute(
    of.flat() as Expression[],
    Object.fromEntries(state.map((name, i) => [name, values[i]])),
  );
  return of.map((_, i) => [replaced[3 * i], replaced[3 * i + 1], replaced[3 * i + 2]]);
}

/**
 * One step of a spin, written as expressions of the stored state, t (time at the start of the step),
 * per-spin parameters and independent unit variates.
 */
export interface Scheme {
  /** The stored magnetization one step later. */
  readonly step: Vector;
  /** The physical magnetization at time t, from the stored one. */
  readonly observed: Vector;
  /**
   * The physical magnetization at time t from values that the step computes anyway, for samples during the
   * steps. Its length is only nearly one; it differs from `observed` by the third power of the time step.
   */
  readonly passing: Vector;
  /** The stored magnetization from the physical one at time t. */
  readonly stored: Vector;
  /** The stored magnetization normalized to unit length; applied at the start of each noise chunk. */
  readonly refresh: Vector;
}

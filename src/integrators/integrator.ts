import type { Expression } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Model } from "../physics/model.ts";
import { macrospin } from "../physics/model.ts";

/** Law of the three unit variates of a step; `none` where there is no noise. */
export type VariateLaw = "dyadic" | "gaussian" | "none";

/** One time-stepping scheme; a catalogue entry. */
export interface Integrator {
  readonly name: string;
  /** Order of convergence of averages in the time step. */
  readonly weakOrder: number;
  /** The calculus whose solution the scheme converges to. */
  readonly calculus: "Stratonovich";
  /** Where the scheme comes from. */
  readonly source: string;
  /** Largest time step over the inverse of the largest rate in the problem (see experiment/time-step.ts). */
  readonly stepLimit: number;
  /**
   * One step of a model, one scheme for each of its spins; its expressions may hold the whole state and all variates. `law` is that
   * of the unit variates: a scheme may calibrate its kick for it. `breakpoints` are the times of jumps and kinks of drives, which
   * may fall between steps.
   */
  steps(model: Model, timeStep: number, law: VariateLaw, breakpoints: readonly number[]): Scheme[];
  /** One step of a macrospin. */
  build(dynamics: Dynamics, timeStep: number, law: VariateLaw, breakpoints?: readonly number[]): Scheme;
}

/** A catalogue entry from what it says of any model. */
export const integrator = (entry: Omit<Integrator, "build">): Integrator => ({
  ...entry,
  build: (dynamics, timeStep, law, breakpoints = []) =>
    entry.steps(macrospin(dynamics), timeStep, law, breakpoints)[0],
});

/** Something at other places of the spins. */
export function at(of: readonly Vector[], { state }: Model, places: readonly Vector[]): Vector[] {
  const values = places.flat();
  const replaced = substitute(
    of.flat() as Expression[],
    Object.fromEntries(state.map((name, i) => [name, values[i]])),
  );
  return of.map((_, i) => [replaced[3 * i], replaced[3 * i + 1], replaced[3 * i + 2]]);
}

/**
 * One step of a spin written as expressions of the stored state, t (time at the start of the step), per-spin parameters and
 * independent unit variates.
 */
export interface Scheme {
  /** The stored magnetization one step later. */
  readonly step: Vector;
  /** The physical magnetization at time t, from the stored one. */
  readonly observed: Vector;
  /**
   * The physical magnetization at time t from values that the step computes anyway, of length one only nearly: for samples
   * while steps run. Differs from `observed` by the third power of the time step.
   */
  readonly passing: Vector;
  /** The stored magnetization, from the physical one at time t. */
  readonly stored: Vector;
  /** The stored magnetization brought back to unit length; applied at the start of each noise chunk. */
  readonly refresh: Vector;
}

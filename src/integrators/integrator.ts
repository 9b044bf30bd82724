import type { Vector } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";

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
   * `variates` is the law of xi1, xi2, xi3: a scheme may calibrate its kick for it. `breakpoints` are the times of jumps and
   * kinks of drives, which may fall between steps.
   */
  build(dynamics: Dynamics, timeStep: number, variates: VariateLaw, breakpoints?: readonly number[]): Scheme;
}

/**
 * One step written as expressions of mx, my, mz (stored state), t (time at the start of the step), per-spin
 * parameters and three independent unit variates xi1, xi2, xi3.
 */
export interface Scheme {
  /** The stored magnetization one step later. */
  readonly step: Vector;
  /** The physical magnetization at time t, from the stored one. */
  readonly observed: Vector;
  /**
   * The physical magnetization at time t from values that the step computes anyway, of length one only nearly: for looks
   * while steps run. Differs from `observed` by the third power of the time step.
   */
  readonly passing: Vector;
  /** The stored magnetization, from the physical one at time t. */
  readonly stored: Vector;
  /** The stored magnetization brought back to unit length; applied at the start of each noise chunk. */
  readonly refresh: Vector;
}

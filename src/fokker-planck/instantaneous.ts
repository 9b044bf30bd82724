import { substitute } from "../expression/rewrite.ts";
import type { Dynamics } from "../physics/dynamics.ts";

/** Dynamics with the parameters at time t. */
export function instantaneous(dynamics: Dynamics, t: number): Dynamics {
  const [psi, omega, diffusion] = substitute([dynamics.psi, dynamics.omega, dynamics.diffusion] as const, {
    t,
  });
  return { psi, omega, diffusion };
}

import { compileVector } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import { directionAt } from "../numerics/sphere-points.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { drift } from "../physics/dynamics.ts";
import type { Density } from "./density.ts";

/** Tangential components of a probability current, in the unit of rates, per radian. */
export interface ProbabilityCurrent {
  /** Along −θ̂, in the direction of increasing mz. */
  readonly up: number;
  /** Along φ̂. */
  readonly around: number;
}

/** Step of the numerical derivative of the density, rad. */
const h = 1e-3;

/** J = ρ(−∇Ψ + m×∇Ω) − D∇ρ at a place (θ, φ) off the poles; dynamics free of t. */
export function probabilityCurrent(
  dynamics: Dynamics,
  diffusion: number,
  density: Density,
): (theta: number, phi: number) => ProbabilityCurrent {
  const velocity = compileVector([...drift(dynamics)], [...magnetization, "t"]);
  const v = new Float64Array(3);
  return (theta, phi) => {
    const m = directionAt(theta, phi);
    const at = (dTheta: number, dPhi: number): number => density.at(directionAt(theta + dTheta, phi + dPhi));
    const alongTheta = (at(h, 0) - at(-h, 0)) / (2 * h);
    const alongPhi = (at(0, h) - at(0, -h)) / (2 * h * Math.sin(theta));
    velocity(v, 0, ...m, 0);
    const [c, s] = [Math.cos(phi), Math.sin(phi)];
    const thetaHat = [m[2] * c, m[2] * s, -Math.sin(theta)];
    const vTheta = v[0] * thetaHat[0] + v[1] * thetaHat[1] + v[2] * thetaHat[2];
    const rho = density.at(m);
    return {
      up: -(rho * vTheta - diffusion * alongTheta),
      around: rho * (-s * v[0] + c * v[1]) - diffusion * alongPhi,
    };
  };
}

import type { Expression } from "../expression/expression.ts";
import { add, sub } from "../expression/expression.ts";
import { cross, dot, m } from "../expression/vector.ts";
import { ambientGradient } from "./dynamics.ts";

/** Laplacian on the sphere of a function of mx, my, mz: ΔF − m·∇(m·∇F) − m·∇F with ambient derivatives. */
export function surfaceLaplacian(of: Expression): Expression {
  const gradient = ambientGradient(of);
  const second = gradient.map((component, i) => ambientGradient(component)[i]);
  const radial = dot(m, gradient);
  return sub(sub(add(...second), dot(m, ambientGradient(radial))), radial);
}

/** |∇F|² on the sphere. */
export function surfaceGradientSquared(of: Expression): Expression {
  const torque = cross(m, ambientGradient(of));
  return dot(torque, torque);
}

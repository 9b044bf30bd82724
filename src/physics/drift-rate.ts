import type { Expression } from "../expression/expression.ts";
import { add, max, mul, sqrt, sub } from "../expression/expression.ts";
import { merged } from "../expression/merge.ts";
import { dot, m, vector } from "../expression/vector.ts";
import type { Dynamics } from "./dynamics.ts";
import { ambientGradient, drift } from "./dynamics.ts";
import { surfaceLaplacian } from "./surface-derivatives.ts";

/** |dm/dt| of the drift, in the unit of the dynamics. */
export function driftSpeed(dynamics: Dynamics): Expression {
  const field = drift(dynamics);
  return sqrt(dot(field, field));
}

/**
 * Norm (largest singular value) of the tangential Jacobian of the drift. A 2 × 2 matrix is a rotation times ½√(T² +
 * C²), with trace T = −∇²Ψ and curl C = ∇²Ω, plus a reflection times √(½|S|²), S its symmetric traceless part. The norm
 * is the sum of both factors.
 */
export function driftStretch(dynamics: Dynamics): Expression {
  // equal nodes are merged before each further derivative
  const [psi, omega] = merged([dynamics.psi, dynamics.omega]);
  const field = merged(drift({ ...dynamics, psi, omega }));
  const [trace, curl] = [surfaceLaplacian(psi), surfaceLaplacian(omega)];
  const jacobian = field.map((component) => ambientGradient(component));
  const symmetric = [0, 1, 2].map((i) => [0, 1, 2].map((j) => mul(0.5, add(jacobian[i][j], jacobian[j][i]))));
  const alongM = vector(
    ...(symmetric.map((row) => dot(vector(row[0], row[1], row[2]), m)) as [
      Expression,
      Expression,
      Expression,
    ]),
  );
  const whole = add(...symmetric.flat().map((x) => mul(x, x)));
  const radial = dot(alongM, m);
  // |PSP|² − ½T² with the projection P = 1 − m m
  const squared = sub(
    add(sub(whole, mul(2, dot(alongM, alongM))), mul(radial, radial)),
    mul(0.5, trace, trace),
  );
  const stretch = add(
    mul(0.5, sqrt(add(mul(trace, trace), mul(curl, curl)))),
    sqrt(max(0, mul(0.5, squared))),
  );
  return merged([stretch])[0];
}

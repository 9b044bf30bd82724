import { differentiate } from "../expression/differentiate.ts";
import type { Expression } from "../expression/expression.ts";
import { add, mul, uses } from "../expression/expression.ts";
import { dot } from "../expression/vector.ts";
import type { Dynamics } from "./dynamics.ts";
import { ambientGradient, drift } from "./dynamics.ts";
import { surfaceLaplacian } from "./surface-derivatives.ts";

/**
 * The backward generator of the dynamics: L f = (−∇Ψ + m×∇Ω)·∇f + D Δf + ∂f/∂t on the sphere, in the dynamics' unit of
 * inverse time. For any density, d⟨f⟩/dt = ⟨L f⟩ along the solution (Dynkin's formula).
 */
export const generatorOf =
  (dynamics: Dynamics) =>
  (f: Expression): Expression =>
    add(
      dot(drift(dynamics), ambientGradient(f)),
      mul(dynamics.diffusion, surfaceLaplacian(f)),
      uses("t", [f]) ? differentiate(f, "t") : 0,
    );

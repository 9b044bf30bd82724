import { differentiate } from "../expression/differentiate.ts";
import type { Expression, Operand } from "../expression/expression.ts";
import { add, constant, div, mul, neg, sub, variablesOf } from "../expression/expression.ts";
import { cross, dot, m } from "../expression/vector.ts";
import type { Dynamics } from "./dynamics.ts";
import { ambientGradient, drift, surfaceGradient } from "./dynamics.ts";
import { surfaceGradientSquared, surfaceLaplacian } from "./surface-derivatives.ts";

/** The energy of the ensemble: V/kT in mx, my, mz, t, and the Gilbert damping that splits Ψ and Ω. */
export interface EnergyAccount {
  readonly energyOverKT: Expression;
  /** Gilbert damping; free of m. */
  readonly alpha: Operand;
}

/**
 * V in a unit that does not change with the temperature (such a change is no work), and kT in that unit (proportional
 * to D/α).
 */
export function energyApart(
  { diffusion }: Dynamics,
  { energyOverKT, alpha }: EnergyAccount,
): { readonly energy: Expression; readonly temperature: Expression } {
  const temperature = div(diffusion, alpha);
  return variablesOf(temperature).has("t")
    ? { energy: mul(energyOverKT, temperature), temperature }
    : { energy: energyOverKT, temperature: constant(1) };
}

/** L†f = v·∇f + DΔf; its mean is d⟨f⟩/dt for a function f that does not depend on time. */
export const backward = (dynamics: Dynamics, f: Expression): Expression =>
  add(dot(drift(dynamics), ambientGradient(f)), mul(dynamics.diffusion, surfaceLaplacian(f)));

/**
 * |∇Ψ|²/D − ΔΨ; its mean is the entropy given to the surroundings per time, in k_B (the reversible drift gives none).
 */
export const mediumEntropyRate = ({ psi, diffusion }: Dynamics): Expression =>
  sub(div(surfaceGradientSquared(psi), diffusion), surfaceLaplacian(psi));

/**
 * Functions whose means are powers in kT per time: work done by spin transfer, work done by changes of the energy's
 * parameters, and heat to the Gilbert bath. With χ = Ψ − DU, Φ = Ω − DU/α, G = χ − αΦ, ε = α kT/((1+α²)D): power of
 * transfer = −ε ⟨L†(αχ+Φ) + ∇G·∇Ω − m·(∇G×∇Ψ)⟩.
 */
export function powers(
  dynamics: Dynamics,
  { energyOverKT, alpha }: EnergyAccount,
): { workOfTransfer: Expression; workOfDrive: Expression; heatToBath: Expression } {
  const { psi, omega, diffusion } = dynamics;
  const chi = sub(psi, mul(diffusion, energyOverKT));
  const phi = sub(omega, div(mul(diffusion, energyOverKT), alpha));
  const g = sub(chi, mul(alpha, phi));
  const inverse = div(div(alpha, add(1, mul(alpha, alpha))), diffusion);
  const flow = add(
    backward(dynamics, add(mul(alpha, chi), phi)),
    sub(
      dot(surfaceGradient(g), surfaceGradient(omega)),
      dot(m, cross(ambientGradient(g), ambientGradient(psi))),
    ),
  );
  const workOfTransfer = neg(mul(inverse, flow));
  const { energy, temperature } = energyApart(dynamics, { energyOverKT, alpha });
  return {
    workOfTransfer,
    workOfDrive: div(differentiate(energy, "t"), temperature),
    heatToBath: sub(workOfTransfer, backward(dynamics, energyOverKT)),
  };
}

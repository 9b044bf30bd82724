import { gradient } from "../expression/differentiate.ts";
import type { Expression } from "../expression/expression.ts";
import { add, constant, variablesOf } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, dot, m, magnetization, minus, plus, scale, variables } from "../expression/vector.ts";

/**
 * The whole dynamics of a macrospin: two scalar rates on the sphere and a diffusion constant, in one unit of
 * inverse time. They are expressions of mx, my, mz, the time t and the names of per-spin parameters.
 *
 *   dm = (−∇Ψ + m×∇Ω) dt + √(2D) m ∘× dW   (Stratonovich)
 *   ∂ρ/∂t = −∇·J,   J = ρ(−∇Ψ + m×∇Ω) − D∇ρ
 */
export interface Dynamics {
  /** Curl-free part, relaxation: Ψ = αLV + χ. */
  readonly psi: Expression;
  /** Divergence-free part, precession: Ω = LV + Φ. */
  readonly omega: Expression;
  /** Rotational diffusion constant D = αLkT; free of m. */
  readonly diffusion: Expression;
}

/** Whether anything in the dynamics changes in time. */
export const isDriven = ({ psi, omega, diffusion }: Dynamics): boolean =>
  variablesOf(psi, omega, diffusion).has("t");

export const noDynamics: Dynamics = { psi: constant(0), omega: constant(0), diffusion: constant(0) };

/** Rates of independent terms add. */
export const sum = (terms: readonly Dynamics[]): Dynamics => ({
  psi: add(...terms.map((term) => term.psi)),
  omega: add(...terms.map((term) => term.omega)),
  diffusion: add(...terms.map((term) => term.diffusion)),
});

/**
 * Cartesian gradient with respect to m, or to another unit vector. Only its tangential part has a meaning on the
 * sphere.
 */
export function ambientGradient(of: Expression, components: readonly string[] = magnetization): Vector {
  const [x, y, z] = gradient(of, components);
  return [x, y, z];
}

/** A = ∇Ω + m×∇Ψ, so that the drift is the rotation m×A. */
export const rotationField = (
  { psi, omega }: Pick<Dynamics, "psi" | "omega">,
  components: readonly string[] = magnetization,
): Vector =>
  plus(ambientGradient(omega, components), cross(variables(components), ambientGradient(psi, components)));

/** The drift −∇Ψ + m×∇Ω, tangential by construction. */
export const drift = (dynamics: Dynamics): Vector => cross(m, rotationField(dynamics));

/** Tangential part of the gradient: ∇f − (m·∇f) m. */
export const surfaceGradient = (of: Expression): Vector => {
  const full = ambientGradient(of);
  return minus(full, scale(dot(m, full), m));
};

/** m·(∇Ω×∇Ψ) (1/time²); its mean divided by D is the entropy production of the steady state. */
export const circulation = ({ psi, omega }: Dynamics): Expression =>
  dot(m, cross(ambientGradient(omega), ambientGradient(psi)));

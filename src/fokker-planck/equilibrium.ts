import type { Expression } from "../expression/expression.ts";
import { add, mul } from "../expression/expression.ts";
import { linearForm } from "../expression/linear-form.ts";
import type { SignedKey } from "../expression/signed-key.ts";
import { signedKeys } from "../expression/signed-key.ts";
import { spherePolynomial, torqueOf } from "../expression/sphere-polynomial.ts";
import { oncePer } from "../numerics/once-per.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { circulation } from "../physics/dynamics.ts";
import { sharedAxis } from "./axis.ts";

/** Numbers below this share of the largest of their kind are rounding. */
const rounding = 1e-12;

/**
 * Whether no probability current circulates, m·(∇Ω×∇Ψ) = 0 on the whole sphere, so that exp(−Ψ/D) is the stationary state of
 * time-independent dynamics. The form of the expressions decides: a common axis, proportional potentials, or a circulation whose
 * polynomial vanishes. If the form does not show it the answer is no, and the solver computes the stationary state.
 */
export const isEquilibrium = oncePer((dynamics: Dynamics): boolean => {
  if (sharedAxis(dynamics)) return true;
  const keys = signedKeys();
  const [psi, omega] = [torques(dynamics.psi, keys), torques(dynamics.omega, keys)];
  const [most, other] = [psi, omega].map((of) => Math.max(0, ...[...of.values()].map(Math.abs)));
  if (most === 0 || other === 0 || areProportional(psi, omega, most)) return true;
  const left = spherePolynomial(circulation(dynamics), keys);
  if (!left) return false;
  return left.every((group) => [...group.values()].every((x) => Math.abs(x) <= rounding * most * other));
});

/** The coefficients of m×∇f: by monomial and component for the polynomial part, by term for the rest. */
function torques(of: Expression, keys: (node: Expression) => SignedKey): Map<string, number> {
  const found = new Map<string, number>();
  const plain: Expression[] = [];
  for (const [key, term] of linearForm(of, keys))
    if (spherePolynomial(term.of, keys)) plain.push(mul(term.factor, term.of));
    else found.set(`term ${key}`, term.factor * keys(term.of).sign);
  const groups = spherePolynomial(add(...plain), keys) ?? [];
  for (const group of groups)
    torqueOf(group).forEach((component, axis) => {
      for (const [exponents, value] of component) found.set(`${axis} ${exponents}`, value);
    });
  return found;
}

function areProportional(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  most: number,
): boolean {
  const lead = [...a.keys()].find((key) => Math.abs(a.get(key)!) === most)!;
  const ratio = (b.get(lead) ?? 0) / a.get(lead)!;
  return [...new Set([...a.keys(), ...b.keys()])].every(
    (key) => Math.abs((b.get(key) ?? 0) - ratio * (a.get(key) ?? 0)) <= rounding * Math.abs(ratio) * most,
  );
}

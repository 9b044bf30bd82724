import type { Expression, Operator } from "../expression/expression.ts";

/** What a user types, of operators that make a kink or a jump. */
const kinks: Partial<Record<Operator, string>> = {
  abs: "abs",
  min: "min",
  max: "max",
  floor: "floor",
  select: "a condition",
};

/** The functions with kinks or jumps in an expression, as a user types them. */
function kinksOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (node.kind !== "apply" || seen.has(node)) return;
    seen.add(node);
    const kink = kinks[node.operator];
    if (kink) found.add(kink);
    node.operands.forEach(visit);
  };
  visit(expression);
  return found;
}

/** Why harmonics up to a degree do not hold one of the two potentials, in words of an experiment file. */
export function unresolved(name: "psi" | "omega", space: Expression, degree: number): string {
  const what = name === "psi" ? "the relaxation potential Ψ" : "the precession potential Ω";
  const found = [...kinksOf(space)];
  const why = found.length
    ? `it has a kink or a jump (${found.join(", ")}); a smooth form has an exact side, for example sqrt(x^2 + 0.1) for abs(x)`
    : "it has features that are too narrow";
  return `${what} (of energies and torques) is not resolved by spherical harmonics up to degree ${degree}: ${why}`;
}

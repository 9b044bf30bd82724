import type { Expression, Operator } from "../expression/expression.ts";
import type { Vec3 } from "./frame.ts";
import { alongMeridian, kinksOfMeridian } from "./meridian.ts";

/** Names under which users type operators with a kink or a jump. */
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

/** Most places that are listed; the others are counted. */
const mostPlaces = 4;

/** " at mz = −0.5, 0.5": the kinks and jumps of a potential with an axis, in its frame, as text. */
export function placesOfKinks(space: Expression, axis: Vec3): string {
  const places = kinksOfMeridian(space).map((z) => String(Number(z.toFixed(6))));
  if (places.length === 0) return "";
  const height =
    axis[2] === 1 ? alongMeridian : `m·(${axis.map((x) => Number(x.toPrecision(4))).join(", ")})`;
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : "";
  return ` at ${height} = ${places.slice(0, mostPlaces).join(", ")}${more}`;
}

/**
 * Why harmonics up to a degree do not resolve one of the two potentials, in terms of the experiment file; `places` gives the text after
 * the functions with kinks.
 */
export function unresolved(
  name: "psi" | "omega",
  space: Expression,
  degree: number,
  places: (space: Expression) => string = () => "",
): string {
  const what = name === "psi" ? "the relaxation potential Ψ" : "the precession potential Ω";
  const found = [...kinksOf(space)];
  const why = found.length
    ? `it has a kink or a jump (${found.join(", ")})${places(space)}; the exact side needs a smooth form, for example sqrt(x^2 + 0.1) for abs(x)`
    : "it has features that are too narrow";
  return `${what} (of energies and torques) is not resolved by spherical harmonics up to degree ${degree}: ${why}`;
}

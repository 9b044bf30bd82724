import type { Expression } from "./expression.ts";

export type Parity = "even" | "odd";

/** Whether a function is even or odd in one variable, by the form of its expression; undefined if the form does not show it. */
export const parityIn = (of: Expression, name: string): Parity | undefined =>
  parityFrom(of, (x) => (x.kind === "variable" ? (x.name === name ? "odd" : "even") : undefined));

/**
 * The same under any change that keeps some parts or reverses their sign; `given` returns which of the two, or undefined for other parts.
 */
export function parityFrom(
  of: Expression,
  given: (part: Expression) => Parity | undefined,
): Parity | undefined {
  const known = new Map<Expression, Parity | undefined>();
  const visit = (x: Expression): Parity | undefined => {
    if (!known.has(x)) known.set(x, find(x));
    return known.get(x);
  };
  const find = (x: Expression): Parity | undefined => {
    if (x.kind === "constant") return "even";
    const own = given(x);
    if (own !== undefined || x.kind === "variable") return own;
    const parts = x.operands.map(visit);
    const all = (parity: Parity): boolean => parts.every((part) => part === parity);
    if (all("even")) return "even";
    switch (x.operator) {
      case "add":
      case "sub":
      case "neg":
      case "sin":
      case "asin":
      case "tanh":
        return all("odd") ? "odd" : undefined;
      case "mul":
      case "div":
        if (parts.includes(undefined)) return undefined;
        return parts.filter((part) => part === "odd").length % 2 === 0 ? "even" : "odd";
      case "cos":
      case "abs":
        return all("odd") ? "even" : undefined;
      case "atan2":
        return parts[0] === "odd" && parts[1] === "even" ? "odd" : undefined;
      default:
        return undefined;
    }
  };
  return visit(of);
}

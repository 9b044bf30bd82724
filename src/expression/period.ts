import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { constantValue, uses } from "./expression.ts";

/** Whole numbers of turns in a period are told from others to this. */
const turning = 1e-9;

/**
 * Whether an expression is proved to have a period in t: t stands in sines and cosines only, whose arguments are linear in t and
 * turn a whole number of times in the period.
 */
export function hasPeriod(of: Expression, period: number): boolean {
  const known = new Map<Expression, boolean>();
  const walk = (node: Expression): boolean => {
    if (!uses("t", [node])) return true;
    const before = known.get(node);
    if (before !== undefined) return before;
    const found = node.kind === "apply" && (isWave(node, period) || node.operands.every(walk));
    known.set(node, found);
    return found;
  };
  return walk(of);
}

function isWave(node: Extract<Expression, { kind: "apply" }>, period: number): boolean {
  if (node.operator !== "sin" && node.operator !== "cos") return false;
  const frequency = constantValue(differentiate(node.operands[0], "t"));
  if (frequency === undefined) return false;
  const turns = (frequency * period) / (2 * Math.PI);
  return Math.abs(turns - Math.round(turns)) <= turning * Math.max(1, Math.abs(turns));
}

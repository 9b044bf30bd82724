import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { constantValue, uses, visit } from "./expression.ts";
import type { Parity } from "./parity.ts";
import { parityFrom } from "./parity.ts";

/** Whole numbers of half turns in a period are recognized to this. */
const turning = 1e-9;

/**
 * Whether an expression is proved to have a period in t: t stands in sines and cosines only, whose arguments are linear in t. They turn
 * a whole number of times in the period, or half a turn more where the form of the whole does not know their sign, as in a square.
 */
export const hasPeriod = (of: Expression, period: number): boolean =>
  parityFrom(of, (part) => {
    if (!uses("t", [part])) return "even";
    return part.kind === "apply" ? afterPeriod(part, period) : undefined;
  }) === "even";

/** Whether a wave is the same after a period, or its negative. */
function afterPeriod(wave: Extract<Expression, { kind: "apply" }>, period: number): Parity | undefined {
  if (wave.operator !== "sin" && wave.operator !== "cos") return undefined;
  const frequency = constantValue(differentiate(wave.operands[0], "t"));
  if (frequency === undefined) return undefined;
  const halves = (frequency * period) / Math.PI;
  const whole = Math.round(halves);
  if (!(Math.abs(halves - whole) <= turning * Math.max(1, Math.abs(halves)))) return undefined;
  return whole % 2 === 0 ? "even" : "odd";
}

/** Multiples of the longest wave's period, and of half of it, that are tried as the period of all. */
const mostMultiples = 24;

/** The shortest period in t that all expressions are proved to have and that a few turns of the slowest wave make up. */
export function commonPeriod(of: readonly Expression[]): number | undefined {
  let slowest = Number.POSITIVE_INFINITY;
  visit(of, (part) => {
    if (part.kind !== "apply" || (part.operator !== "sin" && part.operator !== "cos")) return;
    const frequency = constantValue(differentiate(part.operands[0], "t")) ?? 0;
    if (frequency !== 0) slowest = Math.min(slowest, Math.abs(frequency));
  });
  if (slowest === Number.POSITIVE_INFINITY) return undefined;
  for (let halves = 1; halves <= mostMultiples; halves++) {
    const period = (halves * Math.PI) / slowest;
    if (of.every((part) => hasPeriod(part, period))) return period;
  }
  return undefined;
}

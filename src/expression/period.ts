import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { constantValue, uses } from "./expression.ts";
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

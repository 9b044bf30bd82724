import type { Expression } from "./expression.ts";
import { max, min, neg, sub } from "./expression.ts";
import { mz } from "./vector.ts";

/**
 * The signed distance to a condition: negative where it holds, positive where it does not, in the unit of the compared quantities. `and`
 * takes the larger margin, `or` the smaller.
 */
export function margin(condition: Expression): Expression {
  if (condition.kind !== "apply")
    throw new TypeError(`a condition compares two quantities, like ${mz} < -0.5`);
  const [x, y] = condition.operands;
  switch (condition.operator) {
    case "less":
    case "lessEqual":
      return sub(x, y);
    case "and":
      return max(margin(x), margin(y));
    case "or":
      return min(margin(x), margin(y));
    case "not":
      return neg(margin(x));
    default:
      throw new TypeError(`a condition compares two quantities, like ${mz} < -0.5`);
  }
}

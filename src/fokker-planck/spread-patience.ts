import type { Problem } from "../experiment/problem.ts";
import { Interrupted, secondsLeft } from "../linear-algebra/interruption.ts";
import { variateOf } from "../physics/spread.ts";
import { budgetOf } from "./interruptible.ts";

/** Nodes beside the middle that the nested rules of one variate always take (see spread-nodes). */
const leastNodes = { normal: 8, uniform: 6 } as const;
/** Solutions after which their cost is known well enough. */
const enough = 2;

/**
 * Times the figures of one solution after another of an average, and throws `Interrupted` as soon as those that it takes at the least cost more than
 * the exact side has left. `free`: places of the spreads that it goes over; `mirrored`: those of which half of the nodes are known.
 */
export function patience(
  problem: Problem,
  what: string,
  free: readonly number[],
  mirrored: readonly number[],
): <T>(compute: () => T) => T {
  const budget = budgetOf(problem);
  const least = free.reduce((sum, d) => {
    const nodes = leastNodes[variateOf(problem.spreads[d]).reach > 1 ? "normal" : "uniform"];
    return sum + (mirrored.includes(d) ? nodes / 2 : nodes);
  }, 1);
  let [count, spent] = [0, 0];
  return (compute) => {
    const before = secondsLeft(budget);
    const found = compute();
    count++;
    spent += before - secondsLeft(budget);
    const each = spent / count;
    const needed = (least - count) * each;
    if (count >= enough && needed > secondsLeft(budget))
      throw new Interrupted(
        `${what}: an average over the spreads takes ${least} solutions at the very least, of about ${each.toPrecision(2)} s each, and the exact side has ${Math.max(0, secondsLeft(budget)).toPrecision(2)} s left of ${budget.seconds}; at least seconds: ${Math.ceil(budget.seconds + needed - secondsLeft(budget))} under exact: is needed`,
      );
    return found;
  };
}

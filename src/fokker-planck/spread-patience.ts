import type { Problem } from "../experiment/problem.ts";
import { Interrupted, secondsLeft } from "../linear-algebra/interruption.ts";
import { variateOf } from "../physics/spread.ts";
import { budgetOf } from "./interruptible.ts";

/** Number of nodes, besides the middle, that the nested rules of one variate always take (see spread-nodes). */
const leastNodes = { normal: 8, uniform: 6 } as const;
/** Number of solutions after which their cost is known well enough. */
const enough = 2;

/**
 * Measures the time of each solution of an average, and throws `Interrupted` as soon as the fewest possible solutions would exceed the
 * remaining time of the exact side. `free`: indices of the averaged spreads; `mirrored`: those of which half of the nodes are known by
 * symmetry.
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
        `${what}: an average over the spreads takes at least ${least} solutions, of about ${each.toPrecision(2)} s each, and the exact side has ${Math.max(0, secondsLeft(budget)).toPrecision(2)} s left of ${budget.seconds}; at least seconds: ${Math.ceil(budget.seconds + needed - secondsLeft(budget))} under exact: is needed`,
      );
    return found;
  };
}

import type { Observer } from "../../ensemble/observers/observer.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
  less,
  lessEqual,
  max,
  select,
  square,
  sub,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { crossings, dwellHistogram } from "./crossings.ts";
import { beginOf, labelNames, tallies } from "./tallies.ts";

/**
 * Two-level fluctuation with hysteresis in which only visits of at least `minimumSteps` steps change the label. Each
 * spin also keeps the set that it was in last (1 up, −1 down) and the step at which it entered. Whether that visit
 * lasted is known when it ends, or after the last step. Nothing is known of the last `minimumSteps` steps, so they are
 * not counted.
 */
export function observeLasting(
  id: string,
  scheme: Scheme,
  conditions: { readonly up: Expression; readonly down: Expression },
  minimumSteps: number,
  problem: Watched,
): Observer {
  const { steps } = problem;
  const [label, since, upSteps, downSteps, upExits, downExits] = labelNames.map((what) =>
    variable(`${id}_${what}`),
  );
  const [visited, arrived] = ["visited", "arrived"].map((what) => variable(`${id}_${what}`));
  const { now, next, armings, near } = crossings(id, scheme, conditions, problem, visited);
  const differ = (a: Expression, b: Expression): Expression => less(0, square(sub(a, b)));
  const leaves = differ(next, visited);
  const isElsewhere = differ(visited, label);
  // a visit that has lasted becomes the label, from its arrival on
  const lasted = (end: Expression): Expression =>
    and(isElsewhere, lessEqual(minimumSteps, sub(end, arrived)));
  const changes = and(leaves, lasted(now));
  const begin = beginOf(steps);
  /** Number of counted steps from `start` up to step `end`. */
  const stay = (start: Expression, end: Expression): Expression => max(0, sub(end, max(start, begin - 1)));
  const [isUp, isDown] = [less(0, label), less(label, 0)];
  const counting = lessEqual(begin, arrived);
  const grown = (sum: Expression, when: Expression, by: Expression | number): Expression =>
    select(when, add(sum, by), sum);
  const [leavesUp, leavesDown] = [and(changes, isUp), and(changes, isDown)];
  const own = stay(since, arrived);
  // after the last step: the current visit may have lasted already
  const end = sub(now, 1 + minimumSteps);
  const changed = and(isElsewhere, lessEqual(arrived, end));
  const rest = stay(since, select(changed, arrived, end));
  const isCounted = and(changed, counting);
  const totals = {
    upSteps: grown(grown(upSteps, isUp, rest), and(changed, less(0, visited)), stay(arrived, end)),
    upExits: grown(upExits, and(isCounted, isUp), 1),
    downSteps: grown(grown(downSteps, isDown, rest), and(changed, less(visited, 0)), stay(arrived, end)),
    downExits: grown(downExits, and(isCounted, isDown), 1),
  };
  return {
    registers: [
      ...[...labelNames, "visited", "arrived"].map((what) => ({ name: `${id}_${what}`, initial: 0 })),
      ...armings.flatMap(({ registers }) => registers),
    ],
    watch: [],
    events: [
      {
        when: near,
        set: {
          ...Object.assign({}, ...armings.map(({ set }) => set)),
          [`${id}_visited`]: next,
          [`${id}_arrived`]: select(leaves, now, arrived),
          [`${id}_label`]: select(changes, visited, label),
          [`${id}_since`]: select(changes, arrived, since),
          [`${id}_upSteps`]: grown(upSteps, leavesUp, own),
          [`${id}_downSteps`]: grown(downSteps, leavesDown, own),
          [`${id}_upExits`]: grown(upExits, and(leavesUp, counting), 1),
          [`${id}_downExits`]: grown(downExits, and(leavesDown, counting), 1),
        },
        count: [
          dwellHistogram(
            { when: and(counting, changes), label, since, dwelt: sub(arrived, since), next: visited },
            steps,
          ),
        ],
      },
    ],
    views: { [id]: tallies(totals, steps) },
  };
}

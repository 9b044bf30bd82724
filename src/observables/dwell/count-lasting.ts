import type { Observer } from "../../ensemble/observers/observer.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import { arm, thresholdOf } from "../../ensemble/observers/threshold.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
  floor,
  less,
  lessEqual,
  max,
  mul,
  or,
  select,
  square,
  sub,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { beginOf, binOf, dwellBins, labelNames, tallies } from "./tallies.ts";

/**
 * As two-level fluctuation with hysteresis, but only visits of at least `minimumSteps` steps change the label. Kept per spin besides:
 * the set that it was in last (1 up, −1 down) and the step at which it came there. Whether that visit lasted is seen when it ends, or
 * after the last step; so nothing is known of the last `minimumSteps` steps, and they are not counted.
 */
export function observeLasting(
  name: string,
  id: string,
  scheme: Scheme,
  conditions: { readonly up: Expression; readonly down: Expression },
  minimumSteps: number,
  problem: Watched,
): Observer {
  const { timeStep, steps } = problem;
  const [label, since, upSteps, downSteps, upExits, downExits] = labelNames.map((what) =>
    variable(`${id}_${what}`),
  );
  const [visited, arrived] = ["visited", "arrived"].map((what) => variable(`${id}_${what}`));
  const now = floor(add(mul(1 / timeStep, variable("t")), 0.5));
  const [up, down] = [conditions.up, conditions.down].map((condition) =>
    thresholdOf(condition, scheme, problem),
  );
  const next = select(lessEqual(up.passing, 0), 1, select(lessEqual(down.passing, 0), -1, visited));
  const armings = [
    arm(up, `${id}_upLevel`, less(visited, 1), less(next, 1)),
    arm(down, `${id}_downLevel`, less(-1, visited), less(-1, next)),
  ];
  const differ = (a: Expression, b: Expression): Expression => less(0, square(sub(a, b)));
  const leaves = differ(next, visited);
  const isElsewhere = differ(visited, label);
  // a visit that has lasted becomes the label, from its arrival on
  const lasted = (end: Expression): Expression =>
    and(isElsewhere, lessEqual(minimumSteps, sub(end, arrived)));
  const changes = and(leaves, lasted(now));
  const begin = beginOf(steps);
  /** Steps from `start` up to step `end` that fall into the time of counting. */
  const stay = (start: Expression, end: Expression): Expression => max(0, sub(end, max(start, begin - 1)));
  const [isUp, isDown] = [less(0, label), less(label, 0)];
  const counting = lessEqual(begin, arrived);
  const grown = (sum: Expression, when: Expression, by: Expression | number): Expression =>
    select(when, add(sum, by), sum);
  const [leavesUp, leavesDown] = [and(changes, isUp), and(changes, isDown)];
  const own = stay(since, arrived);
  // after the last step: the visit that is going on may have lasted already
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
        when: armings.map(({ near }) => near).reduce((a, b) => or(a, b)),
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
        // as without a minimum: the dwells of both labels, and first labels
        count: [
          {
            kind: "histogram",
            when: and(and(counting, changes), or(lessEqual(begin, since), less(square(label), 0.5))),
            index: select(
              or(isUp, isDown),
              add(binOf(sub(arrived, since), steps), select(isDown, dwellBins, 0)),
              select(less(visited, 0), 2 * dwellBins, 2 * dwellBins + 1),
            ),
            bins: 2 * dwellBins + 2,
          },
        ],
      },
    ],
    views: { [name]: tallies(totals, steps) },
  };
}

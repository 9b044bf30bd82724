import type { Tally } from "../../ensemble/kernel.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import { arm, thresholdOf } from "../../ensemble/observers/threshold.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
  floor,
  less,
  lessEqual,
  mul,
  or,
  select,
  square,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { beginOf, binOf, dwellBins } from "./tallies.ts";

/** The current step, the set that a spin is in or was in last, and the registers that wait for a crossing. */
export interface Crossings {
  readonly now: Expression;
  /** 1 up, −1 down, 0 neither so far. */
  readonly next: Expression;
  readonly armings: readonly ReturnType<typeof arm>[];
  readonly near: Expression;
}

/** `last` is the previous set. A spin waits for the other set; without a set, for both. */
export function crossings(
  id: string,
  scheme: Scheme,
  conditions: { readonly up: Expression; readonly down: Expression },
  problem: Watched,
  last: Expression,
): Crossings {
  const [up, down] = [conditions.up, conditions.down].map((condition) =>
    thresholdOf(condition, scheme, problem),
  );
  const next = select(lessEqual(up.passing, 0), 1, select(lessEqual(down.passing, 0), -1, last));
  const armings = [
    arm(up, `${id}_upLevel`, less(last, 1), less(next, 1)),
    arm(down, `${id}_downLevel`, less(-1, last), less(-1, next)),
  ];
  return {
    now: floor(add(mul(1 / problem.timeStep, variable("t")), 0.5)),
    next,
    armings,
    near: armings.map(({ near }) => near).reduce((a, b) => or(a, b)),
  };
}

/** The end of a dwell under a label, for counting. */
interface EndOfDwell {
  /** Whether it has occurred during counting. */
  readonly when: Expression;
  readonly label: Expression;
  readonly since: Expression;
  readonly dwelt: Expression;
  /** Label that follows. */
  readonly next: Expression;
}

/**
 * The dwells of both labels in one histogram: first those up, then those down, then the first labels down and up. Only
 * dwells that begin and end during counting are included: a spin that starts in a set, or whose first set this is, may
 * have been there before.
 */
export function dwellHistogram({ when, label, since, dwelt, next }: EndOfDwell, steps: number): Tally {
  const isDown = less(label, 0);
  return {
    kind: "bins",
    when: and(when, or(lessEqual(beginOf(steps), since), less(square(label), 0.5))),
    index: select(
      or(less(0, label), isDown),
      add(binOf(dwelt, steps), select(isDown, dwellBins, 0)),
      select(less(next, 0), 2 * dwellBins, 2 * dwellBins + 1),
    ),
    bins: 2 * dwellBins + 2,
  };
}

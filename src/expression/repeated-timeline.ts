import type { Expression } from "./expression.ts";
import { uses, visit } from "./expression.ts";
import { commonPeriod } from "./period.ts";
import type { Stretch } from "./timeline.ts";
import { timeline } from "./timeline.ts";

/** Behaviour of functions of t up to a time. */
export interface RepeatedTimeline {
  /** None where they are periodic and do not jump: they are alike everywhere then. */
  readonly stretches: readonly Stretch[];
  readonly at: (t: number) => Pick<Stretch, "isConstant" | "longestStep">;
}

/** The timeline of functions of t, over one period where they have one, go through several and do not jump. */
export function repeatedTimeline(of: readonly Expression[], last: number): RepeatedTimeline {
  const changing = of.filter((part) => uses("t", [part]));
  const period = changing.length > 0 && !mayJump(changing) ? commonPeriod(changing) : undefined;
  if (period === undefined || !(last > 2 * period)) {
    const { stretches } = timeline(of, 0, last);
    return {
      stretches,
      at: (t) => stretches.find(({ to }) => t < to) ?? { isConstant: true, longestStep: 0 },
    };
  }
  const once = timeline(changing, 0, period).stretches;
  const longestStep = once.reduce((least, stretch) => Math.min(least, stretch.longestStep), period);
  return { stretches: [], at: () => ({ isConstant: false, longestStep }) };
}

function mayJump(functions: readonly Expression[]): boolean {
  let found = false;
  visit(functions, (part) => {
    found ||= part.kind === "apply" && (part.operator === "floor" || part.operator === "select");
  });
  return found;
}

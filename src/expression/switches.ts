import { differentiate } from "./differentiate.ts";
import { middle } from "./domain.ts";
import type { Expression } from "./expression.ts";
import { sub, uses, visit } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { div, interval, sub as minus, point } from "./interval.ts";
import { intervalProgram } from "./interval-program.ts";

/** Returns a narrow interval of `within` in which one choice changes, or undefined. */
export type SwitchFinder = (within: Interval) => Interval | undefined;

/** Rounds of Newton's method; each squares the error. */
const rounds = 8;

/** A function of t whose sign decides a choice or, for a floor, whose whole numbers do. */
interface Switch {
  readonly of: Expression;
  readonly isFloor: boolean;
}

/** The choices (select, min, max, abs, floor) of functions of t. */
export function switchesOf(functions: readonly Expression[]): readonly Switch[] {
  const switches: Switch[] = [];
  const put = (of: Expression, isFloor = false): void => {
    if (uses("t", [of])) switches.push({ of, isFloor });
  };
  visit(functions, (node) => {
    if (node.kind !== "apply") return;
    const [x, y] = node.operands;
    if (node.operator === "abs") put(x);
    else if (node.operator === "floor") put(x, true);
    else if (["min", "max", "less", "lessEqual"].includes(node.operator)) put(sub(x, y));
  });
  return switches;
}

/**
 * The finder returns a narrow interval around one time at which a choice changes, if intervals prove that this choice changes there and
 * nowhere else in the given interval; otherwise undefined.
 */
export function switchFinder(functions: readonly Expression[]): SwitchFinder {
  const switches = switchesOf(functions).map(({ of, isFloor }) => ({
    program: intervalProgram([of, differentiate(of, "t")], 1),
    isFloor,
  }));
  return (within) => {
    for (const { program, isFloor } of switches) {
      const [value, slope] = program.evaluate({ t: within });
      // the function must be one smooth formula there, and have no zero slope
      if (program.branches().includes("?") || (slope.low <= 0 && slope.high >= 0)) continue;
      const target = isFloor ? Math.ceil(value.low) : 0;
      if (!(value.low < target && value.high > target) || (isFloor && target + 1 < value.high)) continue;
      const root = newton((t) => program.evaluate({ t }), target, within);
      if (root) return root;
    }
    return undefined;
  };
}

function newton(f: (t: Interval) => Interval[], target: number, within: Interval): Interval | undefined {
  let root = within;
  for (let round = 0; round < rounds; round++) {
    const at = point(middle(root));
    const step = div(minus(f(at)[0], point(target)), f(root)[1]);
    const next = minus(at, step);
    const [low, high] = [Math.max(root.low, next.low), Math.min(root.high, next.high)];
    if (!(low <= high)) return undefined;
    if (high - low > 0.5 * (root.high - root.low)) return round > 0 ? interval(low, high) : undefined;
    root = interval(low, high);
  }
  return root;
}

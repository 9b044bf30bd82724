import type { Interval } from "../expression/interval.ts";
import type { Spread } from "../physics/spread.ts";
import { spreadValueAt } from "../physics/spread.ts";
import type { Problem } from "./problem.ts";

/** Deviations within which bounds hold; one spin in 400 lies beyond 3. */
const farOut = 3;

/** Intervals of the per-spin parameters by name, each within this many deviations of its mean. */
export const spreadBox = (spreads: readonly Spread[], deviations = farOut): Record<string, Interval> =>
  Object.fromEntries(
    spreads.map((spread) => {
      const [a, b] = [-deviations, deviations].map((s) => spreadValueAt(spread, s));
      return [spread.name, { low: Math.min(a, b), high: Math.max(a, b) }];
    }),
  );

/** Intervals of all variables but m: the time of a run, and per-spin parameters within this many deviations. */
export const boxOver = (
  spreads: readonly Spread[],
  duration: number,
  deviations = farOut,
): Record<string, Interval> => ({ ...spreadBox(spreads, deviations), t: { low: 0, high: duration } });

/** The same for a problem, to 6 deviations, which one spin in 10⁹ exceeds. */
export const boxOf = ({
  spreads,
  steps,
  timeStep,
}: Pick<Problem, "spreads" | "steps" | "timeStep">): Record<string, Interval> =>
  boxOver(spreads, steps * timeStep, 6);

import type { Interval } from "../expression/interval.ts";
import type { Spread } from "../physics/spread.ts";
import { spreadValueAt } from "../physics/spread.ts";
import type { Problem } from "./problem.ts";

/** Deviations within which bounds are asked for: one spin in 400 is beyond 3. */
const farOut = 3;

/** The per-spin parameters by name, each within so many deviations of its middle. */
export const spreadBox = (spreads: readonly Spread[], deviations = farOut): Record<string, Interval> =>
  Object.fromEntries(
    spreads.map((spread) => {
      const [a, b] = [-deviations, deviations].map((s) => spreadValueAt(spread, s));
      return [spread.name, { low: Math.min(a, b), high: Math.max(a, b) }];
    }),
  );

/** All variables of a problem but m: the time of the run, and per-spin parameters as far as one spin in 10⁹ goes. */
export const boxOf = ({
  spreads,
  steps,
  timeStep,
}: Pick<Problem, "spreads" | "steps" | "timeStep">): Record<string, Interval> => ({
  ...spreadBox(spreads, 6),
  t: { low: 0, high: steps * timeStep },
});

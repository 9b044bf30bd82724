import { compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { spreadPoints } from "../numerics/sphere-points.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Spread } from "../physics/spread.ts";
import { spreadValueAt } from "../physics/spread.ts";

/** Poles and axes exactly, where formulas break first, then points spread evenly (a Fibonacci lattice). */
export const spherePoints: readonly Triple[] = [
  [0, 0, 1],
  [0, 0, -1],
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  ...spreadPoints(394),
];

/** Values of the per-spin parameters: all at their means, each far out on either side, and all far out together. */
export function spreadCorners(spreads: readonly Spread[], deviations: number): number[][] {
  const at = (of: (i: number) => number) => spreads.map((spread, i) => spreadValueAt(spread, of(i)));
  const corners = [at(() => 0)];
  if (spreads.length > 0) for (const sign of [-1, 1]) corners.push(at(() => sign * deviations));
  if (spreads.length > 1)
    for (let i = 0; i < spreads.length; i++)
      for (const sign of [-1, 1]) corners.push(at((j) => (i === j ? sign * deviations : 0)));
  return corners;
}

/** Times at which to search for extremes of a driven quantity: evenly spaced ones, and just before and after each breakpoint. */
export function sampleTimes(duration: number, breakpoints: readonly number[], count: number): number[] {
  const even = Array.from({ length: count + 1 }, (_, i) => (duration * i) / count);
  const beside = breakpoints
    .slice(0, 256)
    .flatMap((time) => [time * (1 - 1e-9) - 1e-9 * duration, time, time + 1e-9 * duration]);
  return [...even, ...beside.filter((time) => time >= 0 && time <= duration)];
}

/** A float64 evaluator of several expressions of m, t and per-spin parameters; each call overwrites the result. */
export function evaluator(
  outputs: readonly Expression[],
  spreads: readonly Spread[],
): (m: readonly number[], t: number, parameters: readonly number[]) => Float64Array {
  const names = spreads.map(({ name }) => name);
  const compiled = compileVector(outputs, [...magnetization, "t", ...names]);
  const out = new Float64Array(outputs.length);
  return (m, t, parameters) => {
    compiled(out, 0, m[0], m[1], m[2], t, ...parameters);
    return out;
  };
}

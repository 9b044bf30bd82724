import type { Expression } from "../expression/expression.ts";
import type { Triple } from "../physics/parameter.ts";
import { passageSet, rimsOf, wayOfStart } from "./passage-set.ts";
import type { Problem } from "./problem.ts";
import type { ProjectionSet } from "./projection-set.ts";
import { evaluator, spreadCorners } from "./sphere-sample.ts";
import type { Kicked } from "./threshold-spacing.ts";
import { fewestKicks, largestDiffusion } from "./threshold-spacing.ts";

/** A start that is closer than this to a rim, rad, lies on it in single precision. */
const onRim = 1e-6;
/** Largest share of spins near a rim at which one sample per step suffices. The error is then below the tolerance of comparisons. */
const negligible = 2e-3;
/** Circles about the axis of the set and points on each. A rough estimate is enough for this choice. */
const circles = 240;
const azimuths = 48;

/**
 * Whether too many spins start within a few kicks of a rim of a set: all of them (one direction), or more than a negligible share of a
 * density. One sample per step then misses crossings, and no shift of the threshold corrects that.
 */
export function startsNearRim(
  problem: Kicked & Pick<Problem, "initial" | "spreads">,
  condition: Expression,
): boolean {
  const { initial } = problem;
  const set = passageSet(condition, initial)?.set;
  if (!set) return false;
  const reach = fewestKicks * Math.sqrt(2 * largestDiffusion(problem) * problem.timeStep);
  if (!(reach > 0)) return false;
  if (!("direction" in initial)) return shareNear(problem, set, reach) > negligible;
  const way = wayOfStart(set, initial.direction);
  return way > -onRim && way < reach;
}

/** The share of the initial density within the angle `reach` outside the rims of a set, at the mean of all spreads. */
function shareNear(
  { initial, spreads }: Pick<Problem, "initial" | "spreads">,
  set: ProjectionSet,
  reach: number,
): number {
  const [x, y, z] = set.axis;
  const { angles, wayFrom } = rimsOf(set);
  const energy = "energyOverKT" in initial ? initial.energyOverKT : undefined;
  const evaluate = energy && evaluator([energy], spreads);
  const [middle] = spreadCorners(spreads, 0);
  const across: Triple = Math.abs(z) < 0.9 ? [-y, x, 0] : [0, -z, y];
  const length = Math.hypot(...across);
  const [a, b, c] = across.map((v) => v / length);
  const [p, q, r] = [y * c - z * b, z * a - x * c, x * b - y * a];
  const exponents: number[] = [];
  const weights: number[] = [];
  const near: boolean[] = [];
  const ends = [0, ...angles.flatMap((rim) => [rim - reach, rim, rim + reach]), Math.PI]
    .filter((angle) => angle >= 0 && angle <= Math.PI)
    .sort((a, b) => a - b);
  // each part has its own circles, so that a narrow band is not missed
  ends.slice(1).forEach((to, part) => {
    const from = ends[part];
    for (let i = 0; i < circles; i++) {
      const theta = from + ((to - from) * (i + 0.5)) / circles;
      const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
      const way = wayFrom(theta);
      for (let j = 0; j < azimuths; j++) {
        const phi = (2 * Math.PI * j) / azimuths;
        const [u, v] = [sin * Math.cos(phi), sin * Math.sin(phi)];
        const m = [cos * x + u * a + v * p, cos * y + u * b + v * q, cos * z + u * c + v * r];
        exponents.push(evaluate ? -evaluate(m, 0, middle)[0] : 0);
        weights.push(sin * (to - from));
        near.push(way > 0 && way < reach);
      }
    }
  });
  const top = exponents.reduce((most, e) => Math.max(most, e), Number.NEGATIVE_INFINITY);
  let [whole, part] = [0, 0];
  exponents.forEach((e, k) => {
    const weight = weights[k] * Math.exp(e - top);
    whole += weight;
    if (near[k]) part += weight;
  });
  return part / whole;
}

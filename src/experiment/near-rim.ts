import type { Expression } from "../expression/expression.ts";
import { isLogical } from "../expression/expression.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Cap } from "./cap.ts";
import { angleBetween, capOf } from "./cap.ts";
import type { Problem } from "./problem.ts";
import { evaluator, spreadCorners } from "./sphere-sample.ts";
import type { Kicked } from "./threshold-spacing.ts";
import { fewestKicks, largestDiffusion } from "./threshold-spacing.ts";

/** A start this near to a rim, in rad, is on it to single precision. */
const onRim = 1e-6;
/** Share of the spins that may start near a rim and yet be watched by samples alone: less than what comparisons forgive. */
const negligible = 2e-3;
/** Circles about the cap's axis, and points on each: an estimate is enough to choose by. */
const circles = 240;
const azimuths = 48;

/**
 * Whether so many spins start so few kicks from the rim of a cap that samples once a step do not stand for watched paths, however the
 * threshold is shifted: all of them from one direction, or a share of a density.
 */
export function startsNearRim(
  problem: Kicked & Pick<Problem, "initial" | "spreads">,
  condition: Expression,
): boolean {
  const { initial } = problem;
  // a condition that could not be read is no condition
  const cap = isLogical(condition) ? capOf(condition) : undefined;
  if (!cap) return false;
  const reach = fewestKicks * Math.sqrt(2 * largestDiffusion(problem) * problem.timeStep);
  if (!(reach > 0)) return false;
  if (!("direction" in initial)) return shareNear(problem, cap, reach) > negligible;
  const way = angleBetween(initial.direction, cap.axis) - cap.angle;
  return way > -onRim && way < reach;
}

/** The share of a starting density between a cap's rim and a way outside it, at the middle of all spreads. */
function shareNear(
  { initial, spreads }: Pick<Problem, "initial" | "spreads">,
  { axis: [x, y, z], angle }: Cap,
  reach: number,
): number {
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
  const end = Math.min(Math.PI, angle + reach);
  // circles of their own for each part, so that a narrow band is met
  for (const [from, to] of [
    [0, angle],
    [angle, end],
    [end, Math.PI],
  ])
    for (let i = 0; i < circles; i++) {
      const theta = from + ((to - from) * (i + 0.5)) / circles;
      const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
      for (let j = 0; j < azimuths; j++) {
        const phi = (2 * Math.PI * j) / azimuths;
        const [u, v] = [sin * Math.cos(phi), sin * Math.sin(phi)];
        const m = [cos * x + u * a + v * p, cos * y + u * b + v * q, cos * z + u * c + v * r];
        exponents.push(evaluate ? -evaluate(m, 0, middle)[0] : 0);
        weights.push(sin * (to - from));
        near.push(from === angle);
      }
    }
  const top = exponents.reduce((most, e) => Math.max(most, e), Number.NEGATIVE_INFINITY);
  let [whole, part] = [0, 0];
  exponents.forEach((e, k) => {
    const weight = weights[k] * Math.exp(e - top);
    whole += weight;
    if (near[k]) part += weight;
  });
  return part / whole;
}

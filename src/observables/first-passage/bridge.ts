import type { Register } from "../../ensemble/observers/observer.ts";
import { seen, seenInPassing } from "../../ensemble/observers/observer.ts";
import { passageSet, wayOfStart } from "../../experiment/passage-set.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { ProjectionSet } from "../../experiment/projection-set.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  abs,
  add,
  and,
  div,
  exp,
  less,
  lessEqual,
  log,
  max,
  min,
  mul,
  not,
  select,
  sqrt,
  square,
  sub,
  variable,
} from "../../expression/expression.ts";
import { dot, m, vector } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import { normal, purpose, seedStream, uniform } from "../../random/streams.ts";

/** Beyond this exponent a path counts as not having met the rim: exp(−30). */
const far = 15;

/** The rims of a set, tested between the steps as well. */
export interface Bridge {
  readonly registers: readonly Register[];
  /** True for paths that may have met the rim within the last step; true for all at the start. */
  readonly near: Expression;
  /**
   * Whether a path has met the rim in the last step: `met` for samples during the steps, `finallyMet` for the last one.
   */
  readonly met: Expression;
  readonly finallyMet: Expression;
  /** Share of the step after which the path met the rim. */
  readonly share: Expression;
  readonly finalShare: Expression;
  /** True at the start for spins that begin inside, if any may. */
  readonly inside?: Expression;
  readonly set: Readonly<Record<string, Expression>>;
}

/**
 * Between two samples at distances x and y from the nearest rim of a set, in rad and both positive, a path near the rim is a
 * Brownian bridge and has crossed the rim with the probability p = exp(−2xy/2Dh), independent of the drift; a path that ends
 * beyond the rim has met it for certain. No random numbers are drawn for that during the steps. Instead each spin
 * starts with a clock, an exponential variate, from which every step subtracts −ln(1 − p); the spin has passed when the
 * clock reaches zero. The law is the same. Thresholds are not shifted.
 *
 * The path meets the rim after a share s/(1 + s) of the step, where s follows the inverse Gaussian law of mean x/|y|
 * and shape x²/2Dh. It is drawn by the method of J. R. Michael, W. R. Schucany and R. W. Haas (Am. Stat. 30 (1976) 88),
 * from the square of a normal variate that the spin got at the start and the uniform variate that remains of its clock.
 *
 * For a start in one direction the first distance is known exactly.
 */
export function bridgeOf(
  id: string,
  condition: Expression,
  scheme: Scheme,
  { dynamics, timeStep, initial }: Problem,
): Bridge | undefined {
  const set = passageSet(condition, initial)?.set;
  if (!set) return undefined;
  const [clock, chance, kept] = ["clock", "chance", "way"].map((what) => variable(`${id}_${what}`));
  const variance = mul(2 * timeStep, dynamics.diffusion);
  const isStart = less(variable("t"), timeStep / 2);
  const start = "direction" in initial ? Math.max(0, wayOfStart(set, initial.direction)) : undefined;
  const height = dot(vector(...set.axis), m);
  const now = wayInto(set, seenInPassing(scheme, height));
  const crossing = (y: Expression) => {
    const product = div(mul(2, kept, max(y, 0)), variance);
    // 1 − exp(−z), by its first terms where the difference would lose all digits
    const missed = select(
      less(product, 0.05),
      mul(product, sub(1, mul(product, sub(0.5, mul(product, 1 / 6))))),
      sub(1, exp(mul(-1, product))),
    );
    const taken = mul(-1, log(max(1e-30, missed)));
    const met = lessEqual(sub(clock, taken), 0);
    // the rest of the clock, given that the step uses it up, as a uniform variate
    const level = div(sub(1, exp(mul(-1, clock))), max(1e-12, sub(1, missed)));
    const scaled = div(mul(chance, variance), max(mul(kept, abs(y)), mul(1e-12, variance)));
    const root = div(1, add(1, mul(0.5, add(scaled, sqrt(add(mul(4, scaled), square(scaled)))))));
    const ratio = select(less(mul(level, add(1, root)), 1), root, div(1, root));
    const s = mul(div(kept, max(abs(y), 1e-12)), ratio);
    // not 1 − 1/(1 + s): in float32 that is 0 for a small s
    return { met, left: sub(clock, taken), share: div(s, add(1, s)) };
  };
  const [passed, ended] = [crossing(now), crossing(wayInto(set, seen(scheme, height)))];
  return {
    registers: [
      { name: `${id}_clock`, initial: drawn(0, (stream) => -Math.log(uniform(stream))) },
      { name: `${id}_chance`, initial: drawn(1, (stream) => normal(stream) ** 2) },
      { name: `${id}_way`, initial: 0, next: start === undefined ? now : select(isStart, start, now) },
    ],
    near: lessEqual(mul(kept, now), mul(far, variance)),
    met: and(not(isStart), passed.met),
    finallyMet: ended.met,
    share: passed.share,
    finalShare: ended.share,
    ...(start === undefined ? { inside: and(isStart, lessEqual(now, 0)) } : {}),
    set: { [`${id}_clock`]: select(isStart, clock, passed.left) },
  };
}

/** The angle from a height to the nearest rim of a set, rad; negative inside. */
const wayInto = ({ intervals }: ProjectionSet, height: Expression): Expression =>
  intervals
    .map(({ from, to }) => {
      const above = to < 1 ? [wayDown(height, to)] : [];
      const below = from > -1 ? [wayDown(mul(-1, height), -from)] : [];
      return [...above, ...below].reduce((a, b) => max(a, b));
    })
    .reduce((a, b) => min(a, b));

/**
 * The angle from a height down to the circle at `rim`, from the sine of the difference of two latitudes; where the series fails, the
 * difference of heights is a lower bound.
 */
function wayDown(height: Expression, rim: number): Expression {
  const above = sub(height, rim);
  const cosine = sqrt(max(0, sub(1, square(height))));
  const s = sub(mul(Math.sqrt(1 - rim * rim), height), mul(rim, cosine));
  const series = mul(s, add(1, mul(square(s), add(1 / 6, mul(3 / 40, square(s))))));
  return select(less(0, above), max(series, above), series);
}

/** One variate for each spin, from a stream of its own. */
function drawn(which: number, draw: (stream: Uint32Array) => number): (spin: number, seed: number) => number {
  const stream = new Uint32Array(4);
  return (spin, seed) => {
    seedStream(stream, seed, spin, which, purpose.passage);
    return draw(stream);
  };
}

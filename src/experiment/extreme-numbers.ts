import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import type { Interval } from "../expression/interval.ts";
import { interval, largest as size } from "../expression/interval.ts";
import { intervalProgram } from "../expression/interval-program.ts";
import { magnetization } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { joinPath } from "./input-error.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf } from "./model.ts";
import { isReduced } from "./natural-units.ts";
import type { Problem } from "./problem.ts";
import type { Resolution } from "./resolve.ts";
import { boxOver } from "./spread-box.ts";

/**
 * Rates in reduced units, their ratios, and the inverse of both are refused beyond this: no physical ones are larger, and float32
 * overflows not far above.
 */
const largest = 1e12;

/** Where a number stands that is beyond any physics, and the rule that it breaks. */
interface Extreme {
  readonly path: string;
  readonly rule: string;
  readonly value?: number;
}

/**
 * The finite numbers of an experiment that are beyond any physics, from bounds of its expressions and its division of time. Only the first
 * kind that occurs is returned, because the others may follow from it.
 */
export function extremeNumbers(
  model: MagnetModel,
  { spreads, duration, fastest }: Resolution,
  problem: Problem,
): readonly Extreme[] {
  const endless = endlessUnit(model, problem);
  if (endless) return [endless];
  const box = boxOver(spreads, duration);
  // relaxation and precession in one field have rates in this ratio
  const { alpha } = model.magnet;
  if (!(mostOf([alpha], box) <= largest)) {
    const [, value] = attainedBy(alpha, box);
    if (!(value <= largest)) return [{ path: "magnet.alpha", rule: `must not be above ${largest}`, value }];
  }
  const shortestChange = problem.units.time / largest;
  if (!(fastest.seconds > shortestChange)) {
    const rule = `must not change within less than ${rounded(shortestChange)} s, does within ${rounded(fastest.seconds)} s`;
    return [{ path: fastest.path, rule }];
  }
  const extreme = extremeRates(model, box, problem);
  if (extreme.length > 0) return extreme;

  const { experiment, units, timeStepLimit } = problem;
  const { step } = experiment.time;
  const [key, length] = step === "auto" ? ["duration", duration] : ["step", step];
  const shortest = (Math.min(1, timeStepLimit) / largest) * units.time;
  if (length >= shortest) return [];
  const rule = `must be ≥ ${rounded(shortest)} s, because nothing moves in a shorter time`;
  return [{ path: joinPath("time", key), rule, value: length }];
}

const rounded = (x: number): number => Number(x.toPrecision(3));

/** Smallest and largest unit of field, T: far beyond any physics, but their squares are still finite. */
const [weakest, strongest] = [1e-100, 1e100];

/** A reduced unit that is no ordinary number: that of field is given, or follows from an anisotropy; that of energy has the volume in it. */
function endlessUnit({ energies }: MagnetModel, { experiment, units }: Problem): Extreme | undefined {
  const { magnet } = experiment;
  const { field, energy } = units;
  if (!(field >= weakest && field <= strongest)) {
    const given = isReduced(magnet) ? undefined : magnet.fieldScale;
    const path = given === undefined ? (energies[0]?.path ?? "magnet") : "magnet.fieldScale";
    return { path, rule: `must make B_K between ${weakest} and ${strongest} T` };
  }
  if (energy > 0 && energy < Number.POSITIVE_INFINITY) return undefined;
  return { path: "magnet.volume", rule: "must make B_K Ms v, an energy in J, a number above 0" };
}

/** Times and parameters. */
type Box = Readonly<Record<string, Interval>>;

const unitRule = `must be a field of the magnet, so that all rates in reduced units are between ${1 / largest} and ${largest}`;

/** The terms that are too fast, or the fastest one if all are too slow. */
function extremeRates(model: MagnetModel, box: Box, problem: Problem): readonly Extreme[] {
  const { experiment, units, timeStepLimit } = problem;
  const terms = dynamicsOf(model);
  const isSlow = timeStepLimit > largest;
  // intervals of the whole sphere decide almost every experiment; what a term has for certain needs a search
  const isFast = !(timeStepLimit > 1 / largest);
  const rates = terms.map((term) => {
    const most = mostOf([term.psi, term.omega, term.diffusion], box) * units.time;
    return isSlow || isFast || !(most <= largest) ? certainRate(term, box) * units.time : 0;
  });

  const reduced = isReduced(experiment.magnet);
  const scale = reduced ? "" : "; give magnet.fieldScale";
  const paths = pathsOf(model, reduced);
  // every rate is a multiple of the unit
  const given = reduced || experiment.magnet.fieldScale === undefined ? undefined : "magnet.fieldScale";
  const above = `must not have rates above ${largest} in reduced units`;
  const tooFast = paths.filter((_, i) => !(rates[i] <= largest));
  if (tooFast.length > 0 && given && tooFast.length === rates.filter((rate) => rate > 0).length)
    return [{ path: given, rule: unitRule }];
  if (tooFast.length > 0) return tooFast.map((path) => ({ path, rule: above }));
  const fastest = Math.max(...rates);
  const path = paths[rates.indexOf(fastest)];
  if (isFast) return [given ? { path: given, rule: unitRule } : { path, rule: above + scale }];
  if (!isSlow || fastest === 0) return [];
  if (given) return [{ path: given, rule: unitRule }];
  const rule = `must not have rates below ${1 / largest} in reduced units if no other term is faster${scale}`;
  return [{ path, rule }];
}

/** The paths of the terms of `dynamicsOf`, in its order; the last is that of thermal agitation. */
export const pathsOf = ({ energies, torques }: MagnetModel, reduced: boolean): readonly string[] => [
  ...[...energies, ...torques].map(({ path }) => path),
  joinPath("magnet", reduced ? "delta" : "temperature"),
];

const sphere: Box = Object.fromEntries(magnetization.map((name) => [name, interval(-1, 1)]));

/** A number that no absolute value of some expressions exceeds. */
const mostOf = (of: readonly Expression[], box: Box): number =>
  Math.max(
    ...intervalProgram(of)
      .evaluate({ ...sphere, ...box })
      .map(size),
  );

/** The smallest and largest values of an expression that a search attains. */
function attainedBy(of: Expression, box: Box): readonly [low: number, high: number] {
  const { low, high } = bounds(of, box, { tolerance: 0.1, work: 300 });
  return [low.attained, high.attained];
}

/** Differences of a potential below this share of its values are rounding. */
const rounding = 1e-9;

/**
 * The largest rate (1/s) that a term has for certain; NaN if it is no number. A potential that spans S over the sphere has a gradient
 * of at least S/π somewhere.
 */
export function certainRate({ psi, omega, diffusion }: Dynamics, box: Box): number {
  const gradients = [psi, omega].map((potential) => {
    const [low, high] = attainedBy(potential, box);
    const span = high - low;
    return span <= rounding * Math.max(Math.abs(low), Math.abs(high)) ? 0 : span / Math.PI;
  });
  return Math.max(...gradients, ...attainedBy(diffusion, box).map(Math.abs));
}

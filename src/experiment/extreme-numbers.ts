import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { joinPath } from "./input-error.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf, isReduced } from "./model.ts";
import type { Problem } from "./problem.ts";
import type { Resolution } from "./resolve.ts";
import { spreadBox } from "./spread-box.ts";

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
 * The finite numbers of an experiment that are beyond any physics, from bounds of its expressions and its division of time. The first
 * kind alone: the others may follow from it.
 */
export function extremeNumbers(
  model: MagnetModel,
  { spreads, duration }: Resolution,
  { experiment, units, timeStepLimit }: Problem,
): readonly Extreme[] {
  const box = { ...spreadBox(spreads), t: { low: 0, high: duration } };
  const range = (of: Expression): readonly [low: number, high: number] => {
    const { low, high } = bounds(of, box, { tolerance: 0.1, work: 300 });
    return [low.attained, high.attained];
  };
  // relaxation and precession in one field have rates in this ratio
  const [, alpha] = range(model.magnet.alpha);
  if (!(alpha <= largest))
    return [{ path: "magnet.alpha", rule: `must not be above ${largest}`, value: alpha }];

  const rates = fastestRates(model, range).map((rate) => rate * units.time);
  const paths = pathsOf(model, isReduced(experiment.magnet));
  const scale = isReduced(experiment.magnet) ? "" : "; give magnet.fieldScale";
  const above = `must not have rates above ${largest} in reduced units`;
  const tooFast = paths.filter((_, i) => !(rates[i] <= largest));
  if (tooFast.length > 0) return tooFast.map((path) => ({ path, rule: above }));
  if (!(timeStepLimit > 1 / largest)) return [{ path: "", rule: above + scale }];

  const fastest = Math.max(...rates);
  if (fastest > 0 && timeStepLimit > largest) {
    const path = paths[rates.indexOf(fastest)];
    const rule = `must not have rates below ${1 / largest} in reduced units if no other term is faster${scale}`;
    return [{ path, rule }];
  }
  const { step } = experiment.time;
  const [key, length] = step === "auto" ? ["duration", duration] : ["step", step];
  const shortest = (Math.min(1, timeStepLimit) / largest) * units.time;
  if (length >= shortest) return [];
  const rule = `must be ≥ ${Number(shortest.toPrecision(3))} s, because nothing moves in a shorter time`;
  return [{ path: joinPath("time", key), rule, value: length }];
}

/** The paths of the terms of `dynamicsOf`, in its order; the last is that of thermal agitation. */
const pathsOf = ({ energies, torques }: MagnetModel, reduced: boolean): readonly string[] => [
  ...[...energies, ...torques].map(({ path }) => path),
  joinPath("magnet", reduced ? "delta" : "temperature"),
];

/** Differences of a potential below this share of its values are rounding. */
const rounding = 1e-9;

/**
 * The largest rate (1/s) that each term has for certain; NaN if one is no number. A potential that spans S over the sphere has a gradient
 * of at least S/π somewhere.
 */
const fastestRates = (
  model: MagnetModel,
  range: (of: Expression) => readonly [low: number, high: number],
): readonly number[] =>
  dynamicsOf(model).map(({ psi, omega, diffusion }) => {
    const gradients = [psi, omega].map(range).map(([low, high]) => {
      const span = high - low;
      return span <= rounding * Math.max(Math.abs(low), Math.abs(high)) ? 0 : span / Math.PI;
    });
    return Math.max(...gradients, ...range(diffusion).map(Math.abs));
  });

import type { Expression } from "../expression/expression.ts";
import {
  add,
  constant,
  cos,
  exp,
  max,
  mul,
  sin,
  sqrt,
  square,
  sub,
  variable,
} from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { vector } from "../expression/vector.ts";
import type { Parameters } from "./parameter.ts";

const distributions = ["normal", "lognormal", "uniform"] as const;
export type Distribution = (typeof distributions)[number];

/** Parameters of a spread, in the unit of the value. */
export const spreadParameters = {
  mean: { kind: "number", unit: "value", meaning: "mean value" },
  deviation: { kind: "number", unit: "value", meaning: "standard deviation of the value", minimum: 0 },
  distribution: {
    kind: "choice",
    unit: "",
    meaning: "law of the spread",
    choices: distributions,
    default: "normal",
  },
} as const satisfies Parameters;

/**
 * A parameter that differs from spin to spin: mean and standard deviation of the value itself, whatever the
 * distribution (a uniform one has half-width √3 · deviation; a lognormal one has the sign of its mean).
 */
export interface SpreadValue {
  readonly mean: number;
  readonly deviation: number;
  readonly distribution: Distribution;
}

/** A direction that differs from spin to spin, uniform on the sphere. */
export interface RandomDirection {
  readonly distribution: "isotropic";
}

export const isRandomDirection = (value: unknown): value is RandomDirection =>
  typeof value === "object" && value !== null && "distribution" in value && !("mean" in value);

/** A per-spin parameter of a problem, scaled so that its values are of order one. */
export interface Spread {
  /** The variable that carries it. */
  readonly name: string;
  /** Its path in the experiment. */
  readonly path: string;
  readonly distribution: Distribution;
  readonly mean: number;
  readonly deviation: number;
  /** For the z component of a random direction: the variable of its azimuth, which is the next spread. */
  readonly azimuth?: string;
}

/** Every spread at its mean, by the name of its variable. */
export const meansOf = (spreads: readonly Pick<Spread, "name" | "mean">[]): Record<string, number> =>
  Object.fromEntries(spreads.map(({ name, mean }) => [name, mean]));

/** Largest deviation of a lognormal spread over its mean: 37 decades lie between the ends of a wider one. */
export const widestLognormal = 1e12;

/** Whether the laws of a lognormal spread cannot be given in numbers: its deviation is too large for its mean, which may be almost 0. */
export const isTooWide = ({ mean, deviation, distribution }: SpreadValue): boolean =>
  distribution === "lognormal" && mean !== 0 && deviation > widestLognormal * Math.abs(mean);

/** Share of a deviation below which a mean is not the scale of a spread. */
const negligible = 1e-12;

/** The parameter as an expression of a per-spin variable: value = scale · variable, so float32 never sees 1e-25. */
export function spreadExpression(
  { mean, deviation, distribution }: SpreadValue,
  name: string,
  path: string,
): { expression: Expression; spread?: Spread } {
  if (deviation === 0) return { expression: constant(mean) };
  const scale = Math.abs(mean) <= negligible * deviation ? deviation : mean;
  const spread = { name, path, distribution, mean: mean / scale, deviation: deviation / Math.abs(scale) };
  return { expression: mul(scale, variable(name)), spread };
}

/** A unit vector by the variables of its z component and of its azimuth over π. */
export function directionBy([along, around]: readonly [string, string]): Vector {
  const [z, azimuth] = [variable(along), mul(Math.PI, variable(around))];
  // rounding must not make the argument of the root negative
  const across = sqrt(max(0, sub(1, square(z))));
  return vector(mul(across, cos(azimuth)), mul(across, sin(azimuth)), z);
}

/** A random direction by two uniform variables: its z component, and its azimuth over π. */
export function randomDirection(
  [along, around]: readonly [string, string],
  path: string,
): { direction: Vector; spreads: readonly Spread[] } {
  const law = { distribution: "uniform", mean: 0, deviation: 1 / Math.sqrt(3) } as const;
  return {
    direction: directionBy([along, around]),
    spreads: [
      { name: along, path: `${path} (z component)`, ...law, azimuth: around },
      { name: around, path: `${path} (azimuth over π)`, ...law },
    ],
  };
}

/** Parameters μ, σ of ln x for a lognormal x of given mean (> 0) and standard deviation. */
export function lognormalParameters(mean: number, deviation: number): { mu: number; sigma: number } {
  const variance = Math.log1p((deviation / mean) ** 2);
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/**
 * The law of a parameter's standard variate: a standard normal one that is truncated at ±5, or one that is uniform in
 * ±1. Beyond ±5, where one spin in two million would lie, parameters may leave their valid range.
 */
export interface SpreadLaw {
  readonly reach: number;
  /** Density within ±reach, normalized there. */
  density(x: number): number;
}

const normalReach = 5;
/** 1 − erfc(5/√2): the share of a normal law within its reach. */
const withinReach = 1 - 5.733031437583892e-7;
const normalPeak = 1 / (Math.sqrt(2 * Math.PI) * withinReach);

const normalVariate: SpreadLaw = {
  reach: normalReach,
  density: (x) => normalPeak * Math.exp((-x * x) / 2),
};
const uniformVariate: SpreadLaw = { reach: 1, density: () => 0.5 };

/** Law of the standard variate of a distribution; `spreadValueAt` turns the variate into the parameter. */
export const variateOf = ({ distribution }: Pick<Spread, "distribution">): SpreadLaw =>
  distribution === "uniform" ? uniformVariate : normalVariate;

/**
 * The one definition of the distributions: a parameter, or its logarithm if `isLog`, is `at` + `by` times its standard
 * variate. `by` is the deviation of a normal law, that of ln x for a lognormal one, the half-width for a uniform one.
 */
function spreadLine({ distribution, mean, deviation }: Spread): { at: number; by: number; isLog: boolean } {
  if (distribution === "normal") return { at: mean, by: deviation, isLog: false };
  if (distribution === "uniform") return { at: mean, by: deviation * Math.sqrt(3), isLog: false };
  const { mu, sigma } = lognormalParameters(mean, deviation);
  return { at: mu, by: sigma, isLog: true };
}

/** The value of a parameter by its standard variate. */
export function spreadValueAt(spread: Spread, variate: number): number {
  const { at, by, isLog } = spreadLine(spread);
  const within = spread.distribution === "uniform" ? Math.max(-1, Math.min(1, variate)) : variate;
  return isLog ? Math.exp(at + by * within) : at + by * within;
}

/** The same as an expression of a variate within its reach. */
export function spreadValueBy(spread: Spread, variate: Expression): Expression {
  const { at, by, isLog } = spreadLine(spread);
  const line = add(at, mul(by, variate));
  return isLog ? exp(line) : line;
}

/** The variate of a value: the inverse of `spreadValueAt`. */
export function spreadVariateOf(spread: Spread, value: number): number {
  const { at, by, isLog } = spreadLine(spread);
  return ((isLog ? Math.log(value) : value) - at) / by;
}

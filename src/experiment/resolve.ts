import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { constant, constantValue, variable, variablesOf } from "../expression/expression.ts";
import { infinityOf } from "../expression/finite.ts";
import type { ParseOptions } from "../expression/parse.ts";
import { ExpressionError, parse } from "../expression/parse.ts";
import { substitute } from "../expression/rewrite.ts";
import { timeScale } from "../expression/time-scale.ts";
import type { Vector } from "../expression/vector.ts";
import { vector } from "../expression/vector.ts";
import type { DriveEntry } from "../physics/drives/drive.ts";
import { drives } from "../physics/drives/index.ts";
import type { Matrix, Parameter, Parameters, Range, Triple } from "../physics/parameter.ts";
import { isWithin, rangeRule } from "../physics/parameter.ts";
import type { Spread, SpreadValue } from "../physics/spread.ts";
import {
  isRandomDirection,
  isTooWide,
  randomDirection,
  spreadExpression,
  widestLognormal,
} from "../physics/spread.ts";
import type { HarmonicValue, Resolved, ScalarValue, Values } from "../physics/value.ts";
import { joinPath } from "./input-error.ts";
import { boxOver, spreadBox } from "./spread-box.ts";

/** State that is collected while the values of an experiment become expressions of t (in s) and of per-spin parameters. */
export interface Resolution {
  /** s; ranges are checked over it. */
  readonly duration: number;
  readonly spreads: Spread[];
  /** Kinks and jumps of drives, s. */
  readonly breakpoints: number[];
  /** Times within which drives change appreciably, s. */
  readonly resolutions: number[];
  /** The shortest of them, and the path of its drive. */
  fastest: { readonly path: string; readonly seconds: number };
  /** Number of problems found so far. */
  complaints: number;
  readonly complain: Complain;
}

export type Complain = (path: string, rule: string, value?: unknown, suggestion?: string) => void;

export function newResolution(duration: number, complain: Complain): Resolution {
  const resolution: Resolution = {
    duration,
    spreads: [],
    breakpoints: [],
    resolutions: [],
    fastest: { path: "", seconds: Number.POSITIVE_INFINITY },
    complaints: 0,
    complain(...problem) {
      resolution.complaints++;
      complain(...problem);
    },
  };
  return resolution;
}

/** Parses a text and reports problems; returns NaN for a text with an error. */
export function understood(
  text: string,
  path: string,
  options: ParseOptions,
  complain: Complain,
): Expression {
  try {
    return parse(text, options);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const where = error.position === undefined ? "" : ` (character ${error.position})`;
    const rule = /^(is|must) /.test(error.message) ? error.message : `cannot be read: ${error.message}`;
    complain(path, rule + where, text, error.suggestion);
    return constant(Number.NaN);
  }
}

const isSpread = (value: object): value is SpreadValue => "mean" in value && "deviation" in value;

function changesWithin(seconds: number, path: string, resolution: Resolution): void {
  resolution.resolutions.push(seconds);
  if (seconds < resolution.fastest.seconds) resolution.fastest = { path, seconds };
}

function driven(value: object, path: string, resolution: Resolution): Expression {
  const [[type, values]] = Object.entries(value);
  const entry = (drives as unknown as Record<string, DriveEntry>)[type];
  resolution.breakpoints.push(...entry.breakpoints(values));
  changesWithin(entry.resolution(values), joinPath(path, type), resolution);
  return entry.expression(values, variable("t"));
}

/** Adds the kinks and the shortest time scale of a typed expression to those that catalogue drives declare. */
function scaleInTime(typed: Expression, path: string, resolution: Resolution): void {
  if (!(resolution.duration > 0) || !variablesOf(typed).has("t")) return;
  const { breakpoints, resolution: shortest } = timeScale(
    typed,
    resolution.duration,
    spreadBox(resolution.spreads),
  );
  resolution.breakpoints.push(...breakpoints);
  if (shortest < Number.POSITIVE_INFINITY) changesWithin(shortest, path, resolution);
}

/** A scalar as an expression of t or of a per-spin parameter of its own. */
function expressionOf(
  value: ScalarValue,
  path: string,
  resolution: Resolution,
): { expression: Expression; spread?: Spread } {
  if (typeof value === "number") return { expression: constant(value) };
  if (typeof value === "string") {
    const options = { names: ["t"], withoutMagnetization: true };
    const expression = understood(value, path, options, resolution.complain);
    scaleInTime(expression, path, resolution);
    return { expression };
  }
  if (isSpread(value) && isTooWide(value)) {
    const most = widestLognormal * Math.abs(value.mean);
    const rule = `must be ≤ ${most}, ${widestLognormal} times the mean of a lognormal spread`;
    resolution.complain(joinPath(path, "deviation"), rule, value.deviation);
    return { expression: constant(value.mean) };
  }
  if (!isSpread(value)) return { expression: driven(value, path, resolution) };
  return spreadExpression(value, `p${resolution.spreads.length + 1}`, path);
}

/** The same, with its range checked. */
function scalar(
  value: ScalarValue,
  range: Range,
  unit: string,
  path: string,
  resolution: Resolution,
): Expression {
  const { expression, spread } = expressionOf(value, path, resolution);
  if (spread) resolution.spreads.push(spread);
  const isUnread = typeof value === "string" && Number.isNaN(constantValue(expression));
  if (typeof value !== "number" && !isUnread) {
    const rule = brokenRange(expression, spread ? [spread] : [], range, unit, resolution);
    if (rule) resolution.complain(path, rule, value);
  }
  return expression;
}

/** A normal spread must stay in range up to this many deviations. About one spin in 10⁶ is beyond. */
const deviationsInRange = 5;

/** The rule that a scalar breaks somewhere in time or in its spread. */
function brokenRange(
  expression: Expression,
  spreads: readonly Spread[],
  range: Range,
  unit: string,
  { duration }: Resolution,
): string | undefined {
  const box = boxOver(spreads, duration, deviationsInRange);
  const pole = infinityOf([expression], box);
  if (pole) return `must be finite at all times, is not at ${pole.t ?? 0} s`;
  const { low, high } = bounds(expression, box, { tolerance: 1e-3, work: 1500 });
  for (const { attained, at } of [low, high]) {
    if (isWithin(attained, range)) continue;
    const where =
      spreads.length > 0
        ? `within ${deviationsInRange} deviations, reaches`
        : `at all times, at ${Number((at.t ?? 0).toPrecision(6))} s it is`;
    return `must be ${rangeRule(range, unit)} ${where} ${Number(attained.toPrecision(6))}`;
  }
  return undefined;
}

const constants = (v: Triple): Vector => vector(...v);

type Named = Readonly<Record<string, Expression>>;

function resolveOne(
  parameter: Parameter,
  value: unknown,
  named: Named,
  path: string,
  resolution: Resolution,
): unknown {
  if (value === undefined) return undefined;
  const { unit } = parameter;
  const at = (key: string | number) => joinPath(path, key);
  const formula = (text: string, where: string, names: string[]): Expression =>
    substitute([understood(text, where, { names }, resolution.complain)], named)[0];
  switch (parameter.kind) {
    case "scalar":
      return scalar(value as ScalarValue, parameter, unit, path, resolution);
    case "direction": {
      if (!isRandomDirection(value)) return constants(value as Triple);
      const count = resolution.spreads.length;
      const { direction, spreads } = randomDirection([`p${count + 1}`, `p${count + 2}`], path);
      resolution.spreads.push(...spreads);
      return direction;
    }
    case "vector":
      return (value as ScalarValue[]).map((x, i) => scalar(x, {}, unit, at(i), resolution));
    case "tensor":
      return (value as Matrix).map(constants);
    case "expression": {
      const of = formula(value as string, path, ["t", ...Object.keys(named)]);
      scaleInTime(of, path, resolution);
      return of;
    }
    case "field":
      return (value as string[]).map((text, i) => formula(text, at(i), Object.keys(named)));
    case "named":
      return named;
    case "harmonics":
      return (value as HarmonicValue[]).map((harmonic, i) => ({
        ...harmonic,
        value: scalar(harmonic.value, {}, "1/s", joinPath(path, i, "value"), resolution),
      }));
    default:
      return value;
  }
}

/** The values of an entry in the form that its physics takes. */
export function resolve<P extends Parameters>(
  parameters: P,
  values: Values<P>,
  path: string,
  resolution: Resolution,
): Resolved<P> {
  const written = values as Readonly<Record<string, unknown>>;
  const named: Record<string, Expression> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== "named") continue;
    for (const [name, value] of Object.entries((written[key] as Record<string, ScalarValue>) ?? {}))
      named[name] = scalar(value, {}, "", joinPath(path, key, name), resolution);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([key, parameter]) => [
      key,
      resolveOne(parameter, written[key], named, joinPath(path, key), resolution),
    ]),
  ) as Resolved<P>;
}

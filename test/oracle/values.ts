/*
 * The oracle: an independent reading of experiment files and an independent solution of their Fokker–Planck equation, for tests
 * only. Nothing here imports from src; formulas are typed from the definitions in docs/conventions.md and docs/catalogue.md.
 */

export type Vec3 = readonly [number, number, number];
/** Anything an experiment file may hold for a scalar. */
export type Scalar = number | string | Readonly<Record<string, unknown>>;
export type Plain = Readonly<Record<string, unknown>>;

export interface SpreadLaw {
  readonly mean: number;
  readonly deviation: number;
  readonly distribution: "normal" | "lognormal" | "uniform";
}

export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export function unit(v: Vec3): Vec3 {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** A typed formula as a function of its named arguments. The notation differs from JavaScript's only in the power sign. */
export function formula(text: string, names: readonly string[]): (...values: number[]) => number {
  const functions = Object.getOwnPropertyNames(Math).filter(
    (name) => typeof Math[name as "sin"] === "function",
  );
  // a power binds more tightly than a sign in these files; JavaScript forbids the mixture, so 0 is subtracted from
  const body = text.replaceAll("^", "**").replace(/(^|[(,])\s*-/g, "$10-");
  const made = new Function("M", "pi", ...names, `const {${functions.join(",")}} = M; return ${body};`);
  return (...values) => made(Math, Math.PI, ...values) as number;
}

const trapezoid = (t: number, begin: number, length: number): number =>
  length === 0 ? (t < begin ? 0 : 1) : Math.min(1, Math.max(0, (t - begin) / length));

/** One of the drives at time t. */
function driveAt(kind: string, p: Readonly<Record<string, number>>, t: number): number {
  const { start = 0, base = 0, rise = 0, fall = 0, amplitude, length } = p;
  const pulse = (from: number): number =>
    base + (amplitude - base) * (trapezoid(t, from, rise) - trapezoid(t, from + length, fall));
  switch (kind) {
    case "pulse":
      return pulse(start);
    case "train": {
      let value = base;
      for (let k = 0; k < p.count; k++) value += pulse(start + k * p.period) - base;
      return value;
    }
    case "ramp":
      return p.from + (p.to - p.from) * trapezoid(t, start, length);
    case "sine":
      return (p.mean ?? 0) + amplitude * Math.sin(2 * Math.PI * p.frequency * t + (p.phase ?? 0));
    default:
      throw new Error(`the oracle knows no drive ${kind}`);
  }
}

function tableAt(
  { times, values }: { times: readonly number[]; values: readonly number[] },
  t: number,
): number {
  if (t <= times[0]) return values[0];
  for (let k = 1; k < times.length; k++)
    if (t <= times[k]) {
      const share = (t - times[k - 1]) / (times[k] - times[k - 1]);
      return values[k - 1] + share * (values[k] - values[k - 1]);
    }
  return values[values.length - 1];
}

/** Times at which a drive has corners. */
function cornersOf(kind: string, p: Readonly<Record<string, number>>): number[] {
  const { start = 0, rise = 0, fall = 0, length, period, count } = p;
  const pulse = (from: number) => [from, from + rise, from + length, from + length + fall];
  if (kind === "pulse") return pulse(start);
  if (kind === "ramp") return [start, start + length];
  if (kind === "train") return Array.from({ length: count }, (_, k) => pulse(start + k * period)).flat();
  return [];
}

/** Reads scalars of a file in order; spread ones take their deviates from `deviates`, in the order in which they stand. */
export class Reader {
  readonly spreads: SpreadLaw[] = [];
  readonly corners: number[] = [];
  private readonly deviates: readonly number[];
  timeDependent = false;
  constructor(deviates: readonly number[] = []) {
    this.deviates = deviates;
  }

  /** Whether a scalar depends on time. */
  isDriven(value: Scalar): boolean {
    this.timeDependent = false;
    this.scalar(value);
    return this.timeDependent;
  }

  scalar(value: Scalar | undefined, otherwise?: number): (t: number) => number {
    if (value === undefined) {
      if (otherwise === undefined) throw new Error("a value is missing");
      return () => otherwise;
    }
    if (typeof value === "number") return () => value;
    if (typeof value === "string") {
      const f = formula(value, ["t"]);
      this.timeDependent ||= /\bt\b/.test(value);
      return (t) => f(t);
    }
    if ("mean" in value && "deviation" in value) {
      const law = { distribution: "normal", ...value } as unknown as SpreadLaw;
      const drawn = valueAt(law, this.deviates[this.spreads.length] ?? 0);
      this.spreads.push(law);
      return () => drawn;
    }
    const [[kind, parameters]] = Object.entries(value);
    this.timeDependent = true;
    if (kind === "table") {
      const table = parameters as { times: number[]; values: number[] };
      this.corners.push(...table.times);
      return (t) => tableAt(table, t);
    }
    const numbers = parameters as Record<string, number>;
    this.corners.push(...cornersOf(kind, numbers));
    return (t) => driveAt(kind, numbers, t);
  }
}

/**
 * The value of a spread parameter: at a standard normal deviate u for normal and lognormal laws, at u in [−1, 1] for the uniform
 * one. Mean and deviation are those of the value itself.
 */
export function valueAt({ mean, deviation, distribution }: SpreadLaw, u: number): number {
  if (distribution === "normal") return mean + deviation * u;
  if (distribution === "uniform") return mean + Math.sqrt(3) * deviation * u;
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return mean * Math.exp(Math.sqrt(variance) * u - variance / 2);
}

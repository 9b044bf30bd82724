import type { Interval } from "./interval.ts";
import { standardErrorsFor } from "./normal.ts";
import type { NumericArray } from "./numeric-array.ts";

/**
 * Times to an event, some cut off: `events` are the times at which it happened, `censored` those at which watching ended
 * without it. Any order. At equal times events come before censoring.
 */
export interface SurvivalTimes {
  readonly events: NumericArray;
  readonly censored: NumericArray;
}

export interface SurvivalCurve {
  /** Ascending; the estimate is the step function that takes value[i] from times[i] on, and 1 before times[0]. */
  readonly times: readonly number[];
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How many were still watched just before each time. */
  readonly atRisk: readonly number[];
}

/** Σ over all of the time watched. */
export const exposure = ({ events, censored }: SurvivalTimes): number => sumOf(events) + sumOf(censored);

function sumOf(values: NumericArray): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/**
 * The Kaplan–Meier estimate of S(t) = P(time > t) with pointwise bands: Greenwood's variance on ln(−ln S). One point per
 * distinct event time, or at the given times.
 *
 * Where the transform has no meaning the bands are the exact binomial ones (Clopper–Pearson): no event yet gives
 * [(α/2)^(1/n), 1] with the n at risk then, and S = 0 gives [0, 1 − (α/2)^(1/n)] with the n at risk before the last event.
 * E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457; J. D. Kalbfleisch, R. L. Prentice (1980).
 */
export function kaplanMeier(
  times: SurvivalTimes,
  options: { readonly at?: NumericArray; readonly confidence?: number } = {},
): SurvivalCurve {
  const events = Float64Array.from(times.events).sort();
  const censored = Float64Array.from(times.censored).sort();
  const n = events.length + censored.length;
  const confidence = options.confidence ?? 0.95;
  const curve = {
    times: [] as number[],
    value: [] as number[],
    low: [] as number[],
    high: [] as number[],
    atRisk: [] as number[],
  };
  let survival = 1;
  let greenwood = 0;
  let [e, c] = [0, 0];
  let riskBefore = n;
  const advance = (until: number) => {
    while (e < events.length && events[e] <= until) {
      const time = events[e];
      while (c < censored.length && censored[c] < time) c++;
      const first = e;
      while (e < events.length && events[e] === time) e++;
      riskBefore = n - first - c;
      const deaths = e - first;
      survival *= 1 - deaths / riskBefore;
      greenwood += deaths / (riskBefore * (riskBefore - deaths));
    }
  };
  const record = (time: number, atRisk: number) => {
    const band = logLogBand(survival, greenwood, survival === 0 ? riskBefore : atRisk, confidence);
    curve.times.push(time);
    curve.value.push(band.value);
    curve.low.push(band.low);
    curve.high.push(band.high);
    curve.atRisk.push(atRisk);
  };
  if (options.at === undefined)
    while (e < events.length) {
      const time = events[e];
      advance(time);
      record(time, riskBefore);
    }
  else
    for (const time of options.at) {
      advance(time);
      while (c < censored.length && censored[c] < time) c++;
      let ended = e;
      while (ended > 0 && events[ended - 1] >= time) ended--;
      record(time, n - ended - c);
    }
  return curve;
}

/** The band of one survival probability with Greenwood's sum Σ d/(n(n−d)). */
export function logLogBand(value: number, greenwood: number, atRisk: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  if (atRisk <= 0) return { value, low: 0, high: value };
  if (value >= 1) return { value: 1, low: tail ** (1 / atRisk), high: 1 };
  if (!(value > 0)) return { value: 0, low: 0, high: 1 - tail ** (1 / atRisk) };
  const logarithm = Math.log(value);
  const spread = Math.exp((standardErrorsFor(confidence) * Math.sqrt(greenwood)) / -logarithm);
  return { value, low: Math.exp(logarithm * spread), high: Math.exp(logarithm / spread) };
}

/**
 * The time by which a fraction p has had its event, the smallest t with S(t) ≤ 1 − p, with the interval obtained from
 * the bands (Brookmeyer and Crowley, Biometrics 38 (1982) 29). Null where the curve never gets that low.
 */
export function survivalQuantile(
  curve: SurvivalCurve,
  p: number,
): { readonly value: number | null; readonly low: number | null; readonly high: number | null } {
  const first = (values: readonly number[]) => {
    const i = values.findIndex((s) => s <= 1 - p + 1e-15);
    return i < 0 ? null : curve.times[i];
  };
  return { value: first(curve.value), low: first(curve.low), high: first(curve.high) };
}

import type { Interval } from "./interval.ts";
import type { NumericArray } from "./numeric-array.ts";
import { poissonRate } from "./rate.ts";
import type { SurvivalCurve, SurvivalTimes } from "./survival.ts";
import { logLogBand } from "./survival.ts";

/**
 * Events and censorings counted in time bins; `edges` has one more entry than the counts and ascends. Who is still watched
 * after the last edge is `remaining`.
 */
export interface LifeTable {
  readonly edges: NumericArray;
  readonly events: NumericArray;
  /** Ended inside the bin without event; default none. */
  readonly censored?: NumericArray;
  readonly remaining: number;
}

/** Bins exact times; an event on an edge belongs to the bin that ends there, and the first bin takes all before it. */
export function tabulate(times: SurvivalTimes, edges: NumericArray): LifeTable {
  const bins = edges.length - 1;
  const events = new Array<number>(bins).fill(0);
  const censored = new Array<number>(bins).fill(0);
  let remaining = 0;
  const place = (values: NumericArray, into: number[]) => {
    for (let i = 0; i < values.length; i++) {
      let low = 0;
      let high = bins;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (values[i] <= edges[middle + 1]) high = middle;
        else low = middle + 1;
      }
      if (low < bins) into[low]++;
      else remaining++;
    }
  };
  place(times.events, events);
  place(times.censored, censored);
  // Watching that ends exactly at the last edge outlives every bin.
  const last = edges[bins];
  for (let i = 0; i < times.censored.length; i++)
    if (times.censored[i] === last) {
      censored[bins - 1]--;
      remaining++;
    }
  return { edges, events, censored, remaining };
}

/**
 * The actuarial estimate of S at the upper edges. Exact (equal to Kaplan–Meier) when nothing is censored inside a bin;
 * otherwise those censored count as watched for half of it.
 */
export function lifeTableSurvival(table: LifeTable, confidence = 0.95): SurvivalCurve {
  const { edges, events, remaining } = table;
  const censored = table.censored ?? new Array<number>(events.length).fill(0);
  let watched = remaining;
  for (let i = 0; i < events.length; i++) watched += events[i] + censored[i];
  const curve = {
    times: [] as number[],
    value: [] as number[],
    low: [] as number[],
    high: [] as number[],
    atRisk: [] as number[],
  };
  let survival = 1;
  let greenwood = 0;
  let atRisk = watched;
  for (let i = 0; i < events.length; i++) {
    const effective = watched - censored[i] / 2;
    if (effective > 0 && events[i] > 0) {
      survival *= Math.max(0, 1 - events[i] / effective);
      greenwood += events[i] / (effective * (effective - events[i]));
      atRisk = watched;
    }
    const band = logLogBand(survival, greenwood, survival > 0 ? watched : atRisk, confidence);
    curve.times.push(edges[i + 1]);
    curve.value.push(band.value);
    curve.low.push(band.low);
    curve.high.push(band.high);
    curve.atRisk.push(watched);
    watched -= events[i] + censored[i];
  }
  return curve;
}

/**
 * The hazard of each bin, events over time watched (1/time), with exact Poisson intervals. The time watched in a bin by
 * those who leave it is taken as half the bin, unless the exact times are given.
 */
export function hazard(table: LifeTable, times?: SurvivalTimes, confidence = 0.95): Interval[] {
  const { edges, events, remaining } = table;
  const censored = table.censored ?? new Array<number>(events.length).fill(0);
  let after = remaining;
  const rates: Interval[] = [];
  for (let i = events.length - 1; i >= 0; i--) {
    const width = edges[i + 1] - edges[i];
    const watched =
      times === undefined
        ? width * (after + (events[i] + censored[i]) / 2)
        : timeWithin(times.events, edges[i], edges[i + 1]) +
          timeWithin(times.censored, edges[i], edges[i + 1]);
    rates.unshift(poissonRate(events[i], watched, confidence));
    after += events[i] + censored[i];
  }
  return rates;
}

function timeWithin(values: NumericArray, from: number, to: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.max(0, Math.min(values[i], to) - from);
  return sum;
}

import { chiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import type { LifeTable } from "./life-table.ts";
import { twoSided } from "./normal.ts";
import { total } from "./numeric-array.ts";
import { groupSparseBins, sumGroups } from "./sparse-bins.ts";
import type { SurvivalTimes } from "./survival.ts";
import { exposure } from "./survival.ts";

/**
 * Tests whether times are exponential: the Cox–Oakes score test against Weibull laws, censoring allowed: U = d +
 * Σ_events ln t − d Σ t ln t/Σ t over the root of its observed information. A positive z means a hazard that grows, as
 * after a delay; a negative one a hazard that falls, as with recrossings. D. R. Cox, D. Oakes, Analysis of Survival
 * Data (1984) §3.
 */
export function testExponentiality(observable: string, times: SurvivalTimes): Comparison {
  const test = "Cox–Oakes";
  const d = times.events.length;
  if (d < 10) return notCompared(observable, test, `${d} events, at least 10 are needed`);
  const unit = exposure(times) / (d + times.censored.length);
  let [tLog, tLogLog, eventLog] = [0, 0, 0];
  for (const group of [times.events, times.censored])
    for (let i = 0; i < group.length; i++) {
      const t = group[i] / unit;
      if (!(t > 0)) return notCompared(observable, test, "a time is not positive");
      const logarithm = Math.log(t);
      tLog += t * logarithm;
      tLogLog += t * logarithm * logarithm;
      if (group === times.events) eventLog += logarithm;
    }
  const rate = d / (d + times.censored.length);
  const score = d + eventLog - rate * tLog;
  const information = d + rate * tLogLog - (rate * tLog) ** 2 / d;
  const z = score / Math.sqrt(information);
  return { observable, test, statistic: z, degreesOfFreedom: null, pValue: twoSided(z) };
}

/**
 * The same question from binned counts: chi-squared against the best exponential, whose rate is found by maximum
 * likelihood from the same bins; degrees of freedom two less than the groups (survivors are one of them). Censoring
 * inside the bins is not handled here. This test detects more kinds of departure than Cox–Oakes, each with less power.
 */
export function testExponentialityBinned(observable: string, table: LifeTable): Comparison {
  const test = "chi-squared, fitted exponential";
  if (table.censored !== undefined && total(table.censored) > 0)
    return notCompared(observable, test, "some were censored inside the bins");
  const counts = [...Array.from(table.events), table.remaining];
  const n = total(counts);
  const edges = [0, ...Array.from(table.edges).slice(1), Number.POSITIVE_INFINITY];
  let rate = likeliestRate(edges, counts);
  if (rate === null) return notCompared(observable, test, "no events, or no time was watched");
  const chances = (of: readonly number[], r: number) =>
    of.slice(1).map((end, i) => Math.exp(-r * of[i]) - Math.exp(-r * end));
  const starts = groupSparseBins(
    chances(edges, rate).map((p) => p * n),
    10,
  );
  if (starts.length < 4) return notCompared(observable, test, "fewer than three groups of bins");
  const observed = sumGroups(counts, starts);
  const groupEdges = starts.map((start) => edges[start]);
  rate = likeliestRate(groupEdges, observed) as number;
  const expected = chances(groupEdges, rate).map((p) => p * n);
  const statistic = observed.reduce((sum, o, i) => sum + (o - expected[i]) ** 2 / expected[i], 0);
  const degreesOfFreedom = observed.length - 2;
  const pValue = chiSquaredSurvival(statistic, degreesOfFreedom);
  return { observable, test, statistic, degreesOfFreedom, pValue };
}

/**
 * The maximum-likelihood rate of an exponential law from counts between edges (the last edge is infinite). The score Σ
 * n_i [w_i/(e^{r w_i} − 1) − a_i] falls with r; its root is bisected. Null without events.
 */
export function likeliestRate(edges: readonly number[], counts: readonly number[]): number | null {
  const last = counts.length - 1;
  const width = edges[last] - edges[0];
  if (!(width > 0) || counts.slice(0, last).every((n) => n === 0)) return null;
  const score = (r: number) =>
    counts.reduce((sum, n, i) => {
      const w = edges[i + 1] - edges[i];
      return sum + n * ((Number.isFinite(w) ? w / Math.expm1(r * w) : 0) - (edges[i] - edges[0]));
    }, 0);
  let [low, high] = [1e-12 / width, 1 / width];
  while (score(high) > 0 && high < 1e12 / width) high *= 2;
  for (let i = 0; i < 200 && high / low > 1 + 1e-15; i++) {
    const middle = Math.sqrt(low * high);
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}

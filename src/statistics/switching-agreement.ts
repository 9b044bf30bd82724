import type { Observation } from "../ensemble/observations.ts";
import type { PassageCounts } from "../ensemble/observers/first-passage.ts";
import { passageShares } from "../ensemble/observers/passage-bins.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Dwell } from "../fokker-planck/dwell.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { PredictedPassage } from "../fokker-planck/switching.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared, speakingOf } from "./comparison.ts";
import { compareMeans } from "./mean-comparison.ts";
import { compareValue } from "./moments.ts";
import { exactRemainder, exactRestrictedMean, passageMeans } from "./passage-means.ts";
import { compareSurvivalCounts } from "./survival-comparison.ts";

/** Reduced times of the edges of the bins in which passages are counted. */
export const passageEdges = ({ steps, timeStep }: Problem): number[] =>
  passageShares.map((share) => share * steps * timeStep);

/**
 * Relative bias of switching times that the comparison forgives, for what the threshold shift leaves at a finite step.
 * It stands in the name of every check that uses it.
 */
export const allowedRateBias = 0.005;
const allowance = `bias up to ${100 * allowedRateBias} % allowed`;

/** The shift of the threshold holds for paths of some steps: no more may pass in the first ones than the comparison forgives. */
const unresolvedSteps = 8;
const mostUnresolved = allowedRateBias;

/** Counted passage times and their means against the exact survival. `exact` has one value for each of `passageEdges`. */
export function comparePassage(
  { name, passage }: Extract<Observation, { type: "firstPassage" }>,
  exact: Exact<PredictedPassage>,
  { steps, timeStep }: Pick<Problem, "steps" | "timeStep">,
): Comparison[] {
  const duration = steps * timeStep;
  const label = `${name}, ${allowance}`;
  if (exact.value === null) return [notCompared(name, "chi-squared", exact.reason)];
  if (!passage) return [notCompared(name, "chi-squared", "the run did not reach its end")];
  const { survival } = exact.value;
  const early = survival[0] - survival[passageShares.findIndex((share) => share * steps >= unresolvedSteps)];
  if (early > mostUnresolved)
    return [
      notCompared(
        label,
        "chi-squared",
        `${(100 * early).toPrecision(2)} % pass within ${unresolvedSteps} steps of the start, which the time step does not resolve`,
      ),
    ];
  const samples = passage.passed + passage.censored;
  // a relative error r of the rate shifts bin probabilities by about r, root-mean-square
  const counts = compareSurvivalCounts(
    `survival, quantiles and hazard, ${label}`,
    passage.counts,
    survival,
    samples,
    { allowedBias: allowedRateBias, minimumExpected: 20 },
  );
  return [
    speakingOf([`${name}: survival`], counts),
    speakingOf(
      [`${name}: mean`, `${name}: mean within the run`],
      compareMeanPassage(label, passage, exact.value, duration),
    ),
  ];
}

/** The mean within the run and, where the exact side says what is left to wait, the whole mean, against their exact law. */
function compareMeanPassage(
  label: string,
  passage: PassageCounts,
  exact: PredictedPassage,
  duration: number,
): Comparison {
  const { survival, mean } = exact;
  const remainder = exactRemainder(exact, duration);
  const found = passageMeans(passage, remainder);
  const within = exactRestrictedMean(survival);
  const middles = passageShares.slice(1).map((end, i) => (end + passageShares[i]) / 2);
  const chances = middles.map((_, i) => Math.max(0, (i === 0 ? 1 : survival[i]) - survival[i + 1]));
  const law = (last: number): Float64Array => Float64Array.from([...middles, last]);
  const mass = Float64Array.from([...chances, Math.max(0, survival[survival.length - 1])]);
  const isWhole = remainder !== null && mean !== null && found.whole !== null;
  const exactMeans = isWhole ? [within, mean / duration] : [within];
  return compareMeans(
    `${isWhole ? "mean" : "mean within the run"}, ${label}`,
    isWhole && found.whole ? [found.restricted.value, found.whole.value] : [found.restricted.value],
    exactMeans,
    {
      mass,
      possible: mass.map((p) => p + 1e-8 / mass.length),
      values: isWhole ? [law(1), law(1 + remainder)] : [law(1)],
    },
    passage.passed + passage.censored,
    { allowedBias: exactMeans.map((x) => allowedRateBias * x), rounding: exactMeans.map(() => 1e-7) },
  );
}

/** Mean dwells and the occupation against the labelled stationary density. */
export function compareDwells(
  observation: Extract<Observation, { type: "dwell" }>,
  exact: Exact<Dwell>,
  { timeStep, ensemble }: Pick<Problem, "timeStep" | "ensemble">,
): Comparison[] {
  const { name } = observation;
  if (exact.value === null) return [notCompared(name, "t-score", exact.reason)];
  const known = exact.value;
  const sides = (["up", "down"] as const).map((side) => {
    const found = observation[side];
    const label = `${name}: mean ${side}, ${allowance}`;
    if (!found || found.count < fewestExits)
      return notCompared(label, "t-score", `fewer than ${fewestExits} dwells came to an end`);
    if (ensemble < fewestSpins)
      return notCompared(label, "t-score", `${ensemble} spins, at least ${fewestSpins} are needed`);
    const { mean } = known[side];
    return compareValue(label, found.mean * timeStep, mean, found.standardError * timeStep, {
      allowedBias: allowedRateBias * mean,
      degreesOfFreedom: ensemble - 1,
    });
  });
  return [
    ...sides.map((side, i) => speakingOf([`${name}: ${i === 0 ? "up" : "down"}`], side)),
    speakingOf([`${name}: occupation`], compareOccupation(observation, known.occupationUp, ensemble)),
  ];
}

/**
 * The share of time spent up. With many dwells on both sides its error is that between spins; with few, spins that never
 * switched make that error too small, and Chernoff's bound for means of numbers between 0 and 1 takes its place
 * (W. Hoeffding, J. Am. Stat. Assoc. 58 (1963) 13): valid whatever the spins do, twice exp(−n KL(found‖exact)).
 */
function compareOccupation(
  { name, up, down, occupationUp, occupationUpStandardError }: Extract<Observation, { type: "dwell" }>,
  exact: number,
  spins: number,
): Comparison {
  const label = `occupation, ${name}`;
  if (occupationUp === null || occupationUpStandardError === null)
    return notCompared(label, "t-score", "no spin had a label");
  const allowedBias = allowedRateBias * Math.min(exact, 1 - exact);
  const exits = Math.min(up?.count ?? 0, down?.count ?? 0);
  if (exits >= fewestExits && spins >= fewestSpins)
    return compareValue(label, occupationUp, exact, occupationUpStandardError, {
      allowedBias,
      degreesOfFreedom: spins - 1,
    });
  const nearest = Math.min(Math.max(occupationUp, exact - allowedBias), exact + allowedBias);
  const part = (x: number, p: number): number => (x > 0 ? x * Math.log(x / p) : 0);
  const divergence = part(occupationUp, nearest) + part(1 - occupationUp, 1 - nearest);
  return {
    observable: label,
    test: "Chernoff's bound",
    statistic: occupationUp - exact,
    degreesOfFreedom: null,
    pValue: Math.min(1, 2 * Math.exp(-spins * Math.max(0, divergence))),
  };
}

/** Below this the ratio of sums is not normal enough for a t-score. */
const fewestExits = 100;
const fewestSpins = 20;

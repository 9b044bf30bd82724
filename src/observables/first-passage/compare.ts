import { startsNearRim } from "../../experiment/near-rim.ts";
import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared, speakingOf } from "../../statistics/comparison.ts";
import type { Estimate } from "../../statistics/interval.ts";
import { compareMeans } from "../../statistics/mean-comparison.ts";
import { compareSurvivalCounts } from "../../statistics/survival-comparison.ts";
import { allowance, allowedSwitchingBias } from "../../statistics/switching-bias.ts";
import type { Beside } from "../observable.ts";
import { passageShares } from "./bins.ts";
import type { ObservedPassage, PassageCounts } from "./count.ts";
import type { PassageLaw } from "./means.ts";
import { exactRemainder, exactRestrictedMean, passageMeans } from "./means.ts";
import type { PlannedPassage } from "./spec.ts";

/**
 * The shift of the threshold holds for paths of several steps. No more spins may pass in the first steps than the
 * comparison allows, unless passages between samples are tested.
 */
const unresolvedSteps = 8;
const mostUnresolved = allowedSwitchingBias;

/**
 * Compares counted passage times and their means with the exact survival. The survival has one value for each of
 * `passageEdges`.
 */
export function compare(
  { name, passage }: ObservedPassage,
  {
    known: exact,
    problem,
    planned: { until },
  }: Pick<Beside<PlannedPassage, PredictedPassage>, "known" | "problem" | "planned">,
): Comparison[] {
  const { steps, timeStep } = problem;
  const duration = steps * timeStep;
  const label = `${name}, ${allowance}`;
  if (exact.value === null) return [notCompared(name, "chi-squared", exact.reason)];
  if (!passage) return [notCompared(name, "chi-squared", "the run did not reach its end")];
  const { mean, survival: law } = exact.value;
  if (law.value === null)
    return [
      speakingOf([`${name}: survival`], notCompared(name, "chi-squared", law.reason)),
      speakingOf(
        [`${name}: mean`, `${name}: mean within the run`],
        notCompared(`mean, ${name}`, "likelihood ratio", `its law is not known: ${law.reason}`),
      ),
    ];
  const survival = law.value;
  const error = Math.max(law.errorEstimate ?? 0, mean.errorEstimate ?? 0);
  const isBridged = startsNearRim(problem, until);
  if (isBridged && problem.variates === "dyadic")
    return [
      notCompared(label, "chi-squared", "spins start near the rim, and dyadic variates are no density there"),
    ];
  const early = survival[0] - survival[passageShares.findIndex((share) => share * steps >= unresolvedSteps)];
  if (!isBridged && early > mostUnresolved)
    return [
      notCompared(
        label,
        "chi-squared",
        `${(100 * early).toPrecision(2)} % pass within ${unresolvedSteps} steps of the start, which the time step does not resolve`,
      ),
    ];
  const samples = passage.passed + passage.censored;
  // an error of the survival may be in any bin: under a drive, where time steps cause it, and in the first bins, before
  // any spin passes
  const counts = compareSurvivalCounts(
    `survival, quantiles and hazard, ${label}`,
    passage.counts,
    survival,
    samples,
    {
      allowedBias: allowedSwitchingBias,
      minimumExpected: 20,
      probabilityError: error,
    },
  );
  return [
    speakingOf([`${name}: survival`], counts),
    speakingOf(
      [`${name}: mean`, `${name}: mean within the run`],
      compareMeanPassage(label, passage, { mean: mean.value, survival, error }, duration),
    ),
  ];
}

/**
 * Compares the whole mean, if the exact side gives the remaining time, else the mean within the run, with its exact
 * law.
 */
function compareMeanPassage(
  label: string,
  passage: PassageCounts,
  exact: PassageLaw & { readonly error: number },
  duration: number,
): Comparison {
  const { survival, mean } = exact;
  const remainder = exactRemainder(exact, duration);
  const found = passageMeans(passage, remainder);
  const middles = passageShares.slice(1).map((end, i) => (end + passageShares[i]) / 2);
  const chances = middles.map((_, i) => Math.max(0, (i === 0 ? 1 : survival[i]) - survival[i + 1]));
  const law = (last: number): Float64Array => Float64Array.from([...middles, last]);
  const mass = Float64Array.from([...chances, Math.max(0, survival[survival.length - 1])]);
  const isWhole = remainder !== null && mean !== null && found.whole !== null;
  const [value, expected] = isWhole
    ? [(found.whole as Estimate).value, mean / duration]
    : [found.restricted.value, exactRestrictedMean(survival)];
  return compareMeans(
    `${isWhole ? "mean" : "mean within the run"}, ${label}`,
    [value],
    [expected],
    {
      mass,
      possible: mass.map((p) => p + 1e-8 / mass.length),
      values: [law(isWhole ? 1 + remainder : 1)],
    },
    passage.passed + passage.censored,
    { allowedBias: [allowedSwitchingBias * expected], rounding: [Math.max(1e-7, exact.error)] },
  );
}

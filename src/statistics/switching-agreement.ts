import type { Observation } from "../ensemble/observations.ts";
import { passageBins } from "../ensemble/observers/first-passage.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Dwell } from "../fokker-planck/dwell.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { Passage } from "../fokker-planck/first-passage.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import { compareValue } from "./moments.ts";
import { compareSurvivalCounts } from "./survival-comparison.ts";

/** Reduced times of the edges of the bins in which passages are counted. */
export const passageEdges = ({ steps, timeStep }: Problem): number[] =>
  Array.from({ length: passageBins + 1 }, (_, i) => (steps * timeStep * i) / passageBins);

/**
 * Relative bias of switching times that the comparison forgives, for what the threshold shift leaves at a finite step.
 * It stands in the name of every check that uses it.
 */
export const allowedRateBias = 0.005;
const allowance = `bias up to ${100 * allowedRateBias} % allowed`;

/** Counted passage times against the exact survival. `exact` has one value for each of `passageEdges`. */
export function comparePassage(
  { name, passage }: Extract<Observation, { type: "firstPassage" }>,
  exact: Exact<Pick<Passage, "survival">>,
): Comparison {
  if (exact.value === null) return notCompared(name, "chi-squared", exact.reason);
  if (!passage) return notCompared(name, "chi-squared", "the run did not reach its end");
  const samples = passage.passed + passage.censored;
  // a relative error r of the rate shifts bin probabilities by about r, root-mean-square
  return compareSurvivalCounts(`${name}, ${allowance}`, passage.counts, exact.value.survival, samples, {
    allowedBias: allowedRateBias,
    minimumExpected: 20,
  });
}

/** Mean dwells and the occupation against the labelled stationary density. */
export function compareDwells(
  { name, up, down, occupationUp, occupationUpStandardError }: Extract<Observation, { type: "dwell" }>,
  exact: Exact<Dwell>,
  timeStep: number,
): Comparison[] {
  if (exact.value === null) return [notCompared(name, "z-score", exact.reason)];
  const sides = (["up", "down"] as const).map((side) => {
    const found = side === "up" ? up : down;
    const label = `${name}: mean ${side}, ${allowance}`;
    if (!found || found.count < fewestExits)
      return notCompared(label, "z-score", `fewer than ${fewestExits} dwells came to an end`);
    const mean = exact.value[side].mean;
    return compareValue(label, found.mean * timeStep, mean, found.standardError * timeStep, {
      allowedBias: allowedRateBias * mean,
    });
  });
  return [
    ...sides,
    occupationUp === null || occupationUpStandardError === null
      ? notCompared(`${name}: occupation`, "z-score", "no spin had a label")
      : compareValue(
          `occupation, ${name}`,
          occupationUp,
          exact.value.occupationUp,
          occupationUpStandardError,
          {
            allowedBias: allowedRateBias * Math.min(exact.value.occupationUp, 1 - exact.value.occupationUp),
          },
        ),
  ];
}

/** Below this the ratio of sums is not normal enough for a z-score. */
const fewestExits = 100;

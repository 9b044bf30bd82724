import type { Dwell } from "../../fokker-planck/dwell.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared, speakingOf, tooFewSpins } from "../../statistics/comparison.ts";
import { compareValue } from "../../statistics/moments.ts";
import { allowance, allowedSwitchingBias } from "../../statistics/switching-bias.ts";
import type { Beside } from "../observable.ts";
import type { ObservedDwell } from "./count.ts";
import type { PlannedDwell } from "./spec.ts";
import { unknownShare, withheld } from "./withheld.ts";

/** Compares mean dwells and the occupation with the labelled stationary density. */
export function compare(
  observation: ObservedDwell,
  {
    known: exact,
    planned,
    problem,
    unsettled,
  }: Pick<Beside<PlannedDwell, Dwell>, "known" | "planned" | "problem" | "unsettled">,
): Comparison[] {
  const { name } = observation;
  const { timeStep, ensemble } = problem;
  if (exact.value === null) return [notCompared(name, "t-score", exact.reason)];
  if (unsettled !== undefined) return [notCompared(name, "z-score", unsettled)];
  const known = exact.value;
  const states = (["up", "down"] as const).map((state) => {
    const found = observation[state];
    const label = `${name}: mean ${state}, ${allowance}`;
    if (!found || found.count < fewestExits)
      return notCompared(label, "t-score", `fewer than ${fewestExits} dwells came to an end`);
    if (ensemble < fewestSpins) return notCompared(label, "t-score", tooFewSpins(ensemble, fewestSpins));
    const { value: mean, errorEstimate = 0, reason: unknown } = known[state];
    if (mean === null) return notCompared(label, "t-score", unknown);
    const reason = withheld(observation, planned, problem, state);
    if (reason) return notCompared(label, "t-score", reason);
    const missed = unknownShare(observation, state);
    const named =
      missed > worthSaying
        ? `${label}, and ${(100 * missed).toPrecision(2)} % for what began before the run`
        : label;
    return compareValue(named, found.mean * timeStep, mean, found.standardError * timeStep, {
      allowedBias: (allowedSwitchingBias + missed + errorEstimate) * mean,
      degreesOfFreedom: ensemble - 1,
    });
  });
  return [
    ...states.map((state, i) => speakingOf([`${name}: ${i === 0 ? "up" : "down"}`], state)),
    speakingOf([`${name}: occupation`], compareOccupation(observation, known.parts, ensemble)),
  ];
}

/**
 * The share of time spent up. With many dwells in both states its error comes from the scatter between spins. With few,
 * spins that never switched make that error too small, and Chernoff's bound for means of numbers between 0 and 1
 * replaces it: twice exp(−n KL(found‖exact)), valid for any behaviour of the spins (W. Hoeffding, J. Am. Stat. Assoc.
 * 58 (1963) 13).
 */
function compareOccupation(
  { name, up, down, occupationUp, occupationUpStandardError, unlabelled }: ObservedDwell,
  { up: { value: exact, error }, down: { value: rest } }: Dwell["parts"],
  spins: number,
): Comparison {
  const label = `occupation, ${name}`;
  if (occupationUp === null || occupationUpStandardError === null)
    return notCompared(label, "t-score", "no spin had a label");
  const allowedBias = allowedSwitchingBias * Math.min(exact, rest) + unlabelled + error;
  const exits = Math.min(up?.count ?? 0, down?.count ?? 0);
  if (exits >= fewestExits && spins >= fewestSpins)
    return compareValue(label, occupationUp, exact, occupationUpStandardError, {
      allowedBias,
      degreesOfFreedom: spins - 1,
    });
  const nearest = Math.min(Math.max(occupationUp, exact - allowedBias), exact + allowedBias);
  const part = (x: number, p: number): number => (x > 0 ? x * Math.log(x / p) : 0);
  const divergence =
    part(occupationUp, nearest) + part(1 - occupationUp, nearest === exact ? rest : 1 - nearest);
  return {
    observable: label,
    test: "Chernoff's bound",
    statistic: occupationUp - exact,
    degreesOfFreedom: null,
    pValue: Math.min(1, 2 * Math.exp(-spins * Math.max(0, divergence))),
  };
}

/** A share of crossings that the comparison reports. */
const worthSaying = 5e-4;

/** With fewer exits the ratio of sums is not normal enough for a t-score. */
const fewestExits = 100;
const fewestSpins = 20;

import { equator } from "../../experiment/compared-binnings.ts";
import { mz, pairs } from "../../expression/vector.ts";
import type { ObservedDensity } from "../../fokker-planck/predict.ts";
import type { AllowedBias } from "../../statistics/agreement.ts";
import { timeText } from "../../statistics/agreement.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared, speakingOf } from "../../statistics/comparison.ts";
import { compareMeans } from "../../statistics/mean-comparison.ts";
import type { FunctionsOnSphere } from "../../statistics/means-of-density.ts";
import { lawOf, rounding } from "../../statistics/means-of-density.ts";
import { compareProportion } from "../../statistics/proportion-comparison.ts";
import { againstDensities } from "../against-densities.ts";
import type { Beside } from "../observable.ts";
import type { Moments, ObservedMoments } from "./count.ts";
import type { PlannedMoments } from "./spec.ts";

const momentsAt: FunctionsOnSphere = (x, y, z) => [
  x,
  y,
  z,
  ...pairs.map(([i, j]) => [x, y, z][i].map((a, q) => a * [x, y, z][j][q])),
];

/** All nine first and second moments at one time. */
function compareMoments(name: string, found: Moments, exact: ObservedDensity, bias: AllowedBias): Comparison {
  const means = [...found.m, ...found.mm];
  const law = lawOf(exact, momentsAt);
  if (law.value === null) return notCompared(name, "likelihood ratio of the means", law.reason);
  return compareMeans(name, means, [...exact.m, ...exact.mm], law.value, found.spins, {
    allowedBias: means.map(() => bias.moments),
    rounding: means.map(() => rounding),
  });
}

/** Error of an expansion in harmonics in the probability of half a sphere. */
const probabilityError = 1e-8;

/**
 * Compares each record with the exact density at its time, and the switched fraction once, at the end: after a pulse
 * this is the write error.
 */
export function compare(observed: ObservedMoments, beside: Beside<PlannedMoments, never>): Comparison[] {
  const { name, records } = observed;
  const { problem, bias } = beside;
  return againstDensities(observed, beside, (record, density, exactError) => {
    const time = timeText(problem, record.step);
    const key = `${name}@${record.step}`;
    const compared = [
      speakingOf(
        [key],
        compareMoments(`${name} at ${time}`, record.value, density, {
          ...bias,
          moments: bias.moments + exactError,
        }),
      ),
    ];
    if (record !== records[records.length - 1]) return compared;
    const label = `${mz} > 0 at ${time}`;
    const known = density.probabilities(equator);
    const probability = known.value?.[1] ?? 0;
    return [
      ...compared,
      speakingOf(
        [`${key}: ${mz} > 0`],
        known.value === null
          ? notCompared(label, "binomial", known.reason)
          : compareProportion(
              label,
              record.value.up,
              record.value.spins,
              probability,
              Math.max(probabilityError, known.errorEstimate ?? 0) +
                bias.relative * Math.sqrt(probability * (1 - probability)),
            ),
      ),
    ];
  });
}

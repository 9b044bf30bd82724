import type { Binning } from "../physics/binning.ts";
import { cleanProbabilities } from "./clean-probabilities.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { massesOf } from "./sphere-masses.ts";
import type { Means, SpreadAverage } from "./spread-average.ts";

/** The functions of a density that a mixture over spreads has too. */
export type ObservedDensity = Pick<Density, "m" | "mm" | "mean" | "probabilities" | "at" | "masses">;

const refused = outOfReach<Float64Array>("refused");

/**
 * The density of an ensemble whose members follow different densities; null if one was refused. `solverErrors` are the absolute errors of
 * these densities.
 */
export function mixture(
  average: SpreadAverage,
  densities: readonly (Density | null)[],
  solverErrors: readonly number[],
): ObservedDensity {
  const means = (of: (density: Density) => ArrayLike<number> | null): Means =>
    average.combine(
      densities.map((density) => {
        const found = density && of(density);
        return found ? exactly(found) : refused;
      }),
    );
  const [m, mm] = [means((d) => d.m).values, means((d) => d.mm).values];
  const sum = (of: (density: Density) => number): number => means((d) => [of(d)]).values[0];
  const known = new Map<Binning, Exact<Float64Array>>();
  const inBins = (binning: Binning): Exact<Float64Array> => {
    const parts = densities.map((density) => density?.probabilities(binning) ?? null);
    const failed = parts.find((part) => part?.value === null);
    if (failed) return failed;
    const { values, errors } = average.combine(
      parts.map((part, k) =>
        part?.value ? exactly(part.value, Math.max(part.errorEstimate ?? 0, solverErrors[k])) : refused,
      ),
    );
    return cleanProbabilities(values, Math.max(...errors));
  };
  return {
    m: [m[0], m[1], m[2]],
    mm: [mm[0], mm[1], mm[2], mm[3], mm[4], mm[5]],
    mean: (f) => sum((d) => d.mean(f)),
    probabilities(binning) {
      const found = known.get(binning) ?? inBins(binning);
      known.set(binning, found);
      return found;
    },
    at: (direction) => sum((d) => d.at(direction)),
    masses: () => {
      const counted = densities.flatMap((density, k) =>
        density ? [{ density, weight: average.weights[k] }] : [],
      );
      return massesOf(
        counted.map(({ weight }) => weight),
        counted.map(({ density }) => density),
      );
    },
  };
}

import type { Record } from "../ensemble/observations.ts";
import type { ObservedDensity } from "../fokker-planck/predict.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import type { ExactContext } from "./observable.ts";

/**
 * Compares each record with the exact density at its time; one refusal with its reason stands for all records without a
 * density. `exactError` is the error of the density.
 */
export function againstDensities<Value>(
  { name, records }: { readonly name: string; readonly records: readonly Record<Value>[] },
  { recordedSteps, recorded }: Pick<ExactContext, "recordedSteps" | "recorded">,
  compare: (record: Record<Value>, density: ObservedDensity, exactError: number) => Comparison[],
): Comparison[] {
  if (recordedSteps.length === 0) return [];
  const densities = recorded();
  const refused = new Set<string>();
  const compared = records.flatMap((record) => {
    const at = recordedSteps.indexOf(record.step);
    if (at < 0) return [];
    const { value, reason, errorEstimate } = densities[at];
    if (value !== null) return compare(record, value, errorEstimate ?? 0);
    refused.add(reason);
    return [];
  });
  return [...[...refused].map((reason) => notCompared(name, "density", reason)), ...compared];
}

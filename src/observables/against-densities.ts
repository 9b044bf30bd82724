import type { Record } from "../ensemble/observations.ts";
import type { ObservedDensity } from "../fokker-planck/predict.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import type { ExactContext } from "./observable.ts";

/**
 * Each record that has an exact density at its time, compared with it; one refusal with its reason where the densities are out of
 * reach. `exactError` is the error of all these densities.
 */
export function againstDensities<Value>(
  { name, records }: { readonly name: string; readonly records: readonly Record<Value>[] },
  { recordedSteps, recorded }: Pick<ExactContext, "recordedSteps" | "recorded">,
  compare: (record: Record<Value>, density: ObservedDensity, exactError: number) => Comparison[],
): Comparison[] {
  if (recordedSteps.length === 0) return [];
  const found = recorded();
  if (found.value === null) return [notCompared(name, "density", found.reason)];
  const densities = found.value;
  return records.flatMap((record) => {
    const at = recordedSteps.indexOf(record.step);
    return at < 0 ? [] : compare(record, densities[at], found.errorEstimate ?? 0);
  });
}

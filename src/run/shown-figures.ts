import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import { observables } from "../observables/index.ts";
import type { Candidate } from "../observables/shown.ts";
import type { FokkerPlanckResult, ObservableResult, ShownFigure } from "../result.ts";
import { timeUnitOf } from "../statistics/agreement.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { twoSided } from "../statistics/normal.ts";

/** What stands beside an exact figure wherever results are shown: in the summary, the report and the page. */
export function candidates(
  problem: Problem,
  observations: readonly Observation[],
  results: readonly ObservableResult[],
  exact: FokkerPlanckResult | null,
): Candidate[] {
  if (!exact) return [];
  const unit = timeUnitOf(problem);
  return results.flatMap((result, i): Candidate[] => {
    const own = exact.observables.find(({ name }) => name === result.name) ?? null;
    return observables[result.type].shown?.(result, observations[i], exact, own, unit) ?? [];
  });
}

/** The comparison that speaks of a figure; where there is none, one of its observable that could not be made. */
const spokenOf = (
  { key, observable }: Candidate,
  comparisons: readonly Comparison[],
): Comparison | undefined =>
  comparisons.find(({ figures }) => figures?.includes(key)) ??
  comparisons.find((c) => c.pValue === null && !c.figures && c.observable.includes(observable));

export const isTested = (candidate: Candidate, comparisons: readonly Comparison[]): boolean =>
  (spokenOf(candidate, comparisons)?.pValue ?? null) !== null;

const standardErrors = ({ value, exact, standardError }: Candidate): number | null =>
  standardError !== null && standardError > 0 ? (value - exact) / standardError : null;

/** Figures that no test speaks of, with the p-value that their own error would give: a guard, not a test. */
export const untestedFigures = (
  figures: readonly Candidate[],
  comparisons: readonly Comparison[],
): { name: string; pValue: number | null }[] =>
  figures
    .filter((figure) => !isTested(figure, comparisons))
    .map((figure) => {
      const z = standardErrors(figure);
      return { name: figure.name, pValue: z === null ? null : twoSided(z) };
    });

/** Each figure with what became of its test; `limit` is the p-value below which one contradicts. */
export const withStandings = (
  figures: readonly Candidate[],
  comparisons: readonly (Comparison & { readonly agrees: boolean | null })[],
  limit: number,
  otherwise: string,
): ShownFigure[] =>
  figures.map((candidate): ShownFigure => {
    const { key: _, ...figure } = candidate;
    const z = standardErrors(candidate);
    const comparison = spokenOf(candidate, comparisons);
    const agrees = (comparison as { agrees?: boolean | null } | undefined)?.agrees ?? null;
    if (agrees !== null) return { ...figure, standardErrors: z, standing: agrees ? "agrees" : "disagrees" };
    return {
      ...figure,
      standardErrors: z,
      standing: z !== null && twoSided(z) < limit ? "contradicts" : "not tested",
      reason: comparison?.reason ?? otherwise,
    };
  });

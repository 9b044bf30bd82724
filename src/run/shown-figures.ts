import type { Observation } from "../ensemble/observations.ts";
import { timeUnitOf } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";
import { observables } from "../observables/index.ts";
import { namedApart } from "../observables/named-apart.ts";
import type { Candidate } from "../observables/shown.ts";
import type { FokkerPlanckResult, ObservableResult, ShownFigure } from "../result.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { guardedProbability } from "../statistics/guard.ts";

/** Figures with exact partners for the summary, the report and the page. */
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
    const found = observables[result.type].shown?.(result, observations[i], exact, own, unit) ?? [];
    const asCounted = found.map((figure) => ({
      ...figure,
      name: namedApart(figure.name, result, problem.experiment),
    }));
    // the scatter of one spin is unknown, not 0
    const shown =
      problem.ensemble > 1 ? asCounted : asCounted.map((figure) => ({ ...figure, standardError: null }));
    const { unsettled } = result;
    return unsettled === undefined ? shown : shown.map((figure) => ({ ...figure, exact: null, unsettled }));
  });
}

type Tested = Comparison & { readonly agrees?: boolean | null };

/**
 * The comparison that covers a figure; of several, one that disagrees comes first, then one that was made. If there is
 * none, one of the observable that could not be made.
 */
function spokenOf({ key, observable }: Candidate, comparisons: readonly Tested[]): Tested | undefined {
  const speaking = comparisons.filter(({ figures }) => figures?.includes(key));
  return (
    speaking.find(({ agrees }) => agrees === false) ??
    speaking.find(({ pValue }) => pValue !== null) ??
    speaking[0] ??
    comparisons.find((c) => c.pValue === null && !c.figures && c.of === observable)
  );
}

/** The p-value of a figure without a test: its own, or that from its error. */
function guardOf({ guard, exact, ...figure }: Candidate, spins: number): number | null {
  if (exact === null) return null;
  return guard !== undefined ? guard : guardedProbability({ ...figure, exact }, spins);
}

/** Figures without a test, with their p-values. */
export const untestedFigures = (
  figures: readonly Candidate[],
  comparisons: readonly Comparison[],
  spins: number,
): { name: string; pValue: number | null; reason?: string }[] =>
  figures.flatMap((figure) => {
    const spoken = spokenOf(figure, comparisons);
    if ((spoken?.pValue ?? null) !== null) return [];
    const reason = figure.unsettled ?? spoken?.reason;
    return [{ name: figure.name, pValue: guardOf(figure, spins), ...(reason ? { reason } : {}) }];
  });

/** Each figure with the outcome of its test; a p-value below `limit` is a contradiction. */
export const withStandings = (
  figures: readonly Candidate[],
  comparisons: readonly Tested[],
  { limit, spins, otherwise }: { limit: number; spins: number; otherwise: string },
): ShownFigure[] =>
  figures.map((candidate): ShownFigure => {
    const { key: _, unsettled, ...figure } = candidate;
    const { value, exact, standardError } = candidate;
    const standardErrors =
      exact !== null && standardError !== null && standardError > 0 ? (value - exact) / standardError : null;
    const comparison = spokenOf(candidate, comparisons);
    const agrees = comparison?.agrees ?? null;
    if (agrees !== null) return { ...figure, standardErrors, standing: agrees ? "agrees" : "disagrees" };
    const guard = guardOf(candidate, spins);
    return {
      ...figure,
      standardErrors,
      guard,
      standing: guard !== null && guard < limit ? "contradicts" : "not tested",
      reason: unsettled ?? comparison?.reason ?? otherwise,
    };
  });

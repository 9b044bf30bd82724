import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { FokkerPlanckResult, ObservableResult, ShownFigure } from "../result.ts";
import { timeUnitOf } from "../statistics/agreement.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { twoSided } from "../statistics/normal.ts";

/** A figure before its verdict, with the key of the test that speaks of it. */
export interface Candidate extends Omit<ShownFigure, "standing" | "standardErrors" | "reason"> {
  readonly key: string;
}

const shown = (seconds: number): string => `${Number(seconds.toPrecision(4))}`;

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
    const { name } = result;
    const beside = (
      key: string,
      label: string,
      figureUnit: string,
      value: number | null | undefined,
      standardError: number | null | undefined,
      truth: number | null | undefined,
    ): Candidate[] =>
      typeof value === "number" && typeof truth === "number"
        ? [
            {
              key: `${name}${key}`,
              name: label,
              observable: name,
              unit: figureUnit,
              value,
              standardError: standardError ?? null,
              exact: truth,
            },
          ]
        : [];
    if (result.type === "moments") {
      const observation = observations[i];
      if (observation.type !== "moments" || result.times.length === 0) return [];
      const last = result.times.length - 1;
      const time = result.times[last];
      const step = observation.records[last].step;
      const row = exact.evolution?.find((entry) => Math.abs(entry.time - time) <= 1e-9 * time);
      const at = `at ${shown(time)} ${unit}`;
      const left = exact.notSwitched;
      const side = left?.side ?? "up";
      const up = [result.probabilityUp, result.probabilityUpLow, result.probabilityUpHigh].map(
        (p) => p[last],
      );
      const [value, low, high] = side === "up" ? up : [1 - up[0], 1 - up[2], 1 - up[1]];
      const isEnd = left !== null && Math.abs(left.time - time) <= 1e-9 * time;
      return [
        ...["mx", "my", "mz"].flatMap((component, k) =>
          beside(
            `@${step}`,
            `⟨${component}⟩ ${at}`,
            "",
            result.m[last][k],
            result.mStandardError[last][k],
            row?.m[k],
          ),
        ),
        ...beside(
          `@${step}`,
          `⟨mz²⟩ ${at}`,
          "",
          result.mm[last][2],
          result.mmStandardError[last][2],
          row?.mm[2],
        ),
        ...(isEnd
          ? beside(
              `@${step}: mz > 0`,
              `not switched ${at} (mz ${side === "up" ? ">" : "<"} 0)`,
              "",
              value,
              null,
              left.probability,
            ).map((figure) => ({ ...figure, low, high }))
          : []),
      ];
    }
    if (result.type === "firstPassage") {
      const passage = exact.firstPassage;
      const within = result.restrictedMean;
      return [
        ...beside(
          ": mean",
          `mean first passage, ${name}`,
          unit,
          result.mean,
          result.meanStandardError,
          passage?.mean,
        ),
        ...beside(
          ": mean within the run",
          `mean first passage within the run, ${name}`,
          unit,
          within?.value,
          within?.standardError,
          passage?.restrictedMean,
        ),
        ...beside(
          ": survival",
          `median first passage, ${name}`,
          unit,
          result.quantiles["0.5"],
          null,
          passage?.quantiles?.["0.5"],
        ),
      ];
    }
    if (result.type === "dwell")
      return [
        ...(["up", "down"] as const).flatMap((side) => [
          ...beside(
            `: ${side}`,
            `mean dwell ${side}, ${name}`,
            unit,
            result[side]?.mean,
            result[side]?.meanStandardError,
            exact.dwell?.[side],
          ),
          ...beside(
            `: ${side}`,
            `rate of leaving ${side}, ${name}`,
            `per ${unit}`,
            result[side]?.rate,
            result[side]?.rateStandardError,
            exact.dwell?.[`${side}Rate`],
          ),
        ]),
        ...beside(
          ": occupation",
          `share of time up, ${name}`,
          "",
          result.occupationUp,
          result.occupationUpStandardError,
          exact.dwell?.occupationUp,
        ),
      ];
    if (result.type === "spectrum")
      return [
        ...beside(
          ": autocorrelation",
          `variance, ${name}`,
          "",
          result.autocorrelation?.value[0],
          result.autocorrelation?.standardError[0],
          exact.spectrum?.variance,
        ),
        ...beside(
          ": correlation time",
          `correlation time, ${name}`,
          unit,
          result.correlationTime,
          result.correlationTimeStandardError,
          exact.spectrum?.correlationTime,
        ),
      ];
    return [];
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

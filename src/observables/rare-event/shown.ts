import { perTime } from "../../figures/figure.ts";
import { readable } from "../../figures/readable.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate, ColumnWriter, Row, SummaryLine } from "../shown.ts";
import { besideExact } from "../shown.ts";
import type { ObservedRareEvent } from "./count.ts";
import type { RareEventFigures } from "./exact.ts";
import type { RareEventResult, RareFigure } from "./result.ts";

/** The probability at the end, or the rate and the figures that follow from it. */
export function shown(
  { name, rate, meanLifetime, probability, within, relativeError }: RareEventResult,
  _observed: ObservedRareEvent,
  _exact: ExactBase,
  own: RareEventFigures | null,
  unit: TimeUnit,
): Candidate[] {
  const beside = (
    label: string,
    figureUnit: string,
    figure: RareFigure | null,
    truth: number | null | undefined,
  ): Candidate[] => {
    const error = figure && relativeError !== null ? relativeError * figure.value : null;
    return besideExact(name, ": figure", label, figureUnit, figure?.value, error, truth).map((candidate) =>
      figure && figure.low !== null && figure.high !== null
        ? { ...candidate, low: figure.low, high: figure.high }
        : candidate,
    );
  };
  const loss = within === null ? "probability" : `loss in ${within.toExponential(2)} ${unit}`;
  return [
    ...beside(`rate, ${name}`, `per ${unit}`, rate, own?.rate),
    ...beside(`mean lifetime, ${name}`, unit, meanLifetime, own?.meanLifetime),
    ...beside(`${loss}, ${name}`, "", probability, own?.probability),
  ];
}

/** A figure with its interval. */
const ranged = ({ value, low, high }: RareFigure): string =>
  low === null || high === null
    ? `${readable(value)} (no interval)`
    : `${readable(value)} (${readable(low)} … ${readable(high)})`;

/** Lines for a rare event without an exact partner, and reasons of missing figures. */
export function lines(
  { name, rate, meanLifetime, probability, within, reason }: RareEventResult,
  unit: TimeUnit,
): SummaryLine[] {
  const loss = within === null ? "probability" : `loss in ${readable(within)} ${unit}`;
  return [
    ...(rate ? [[`rate, ${name}`, `${ranged(rate)} per ${unit}`] as const] : []),
    ...(meanLifetime ? [[`mean lifetime, ${name}`, `${ranged(meanLifetime)} ${unit}`] as const] : []),
    ...(probability ? [[`${loss}, ${name}`, ranged(probability)] as const] : []),
    ...(reason ? [[name, reason] as const] : []),
  ];
}

/** Whether it meets the target, and how it was counted. */
export function rows(event: RareEventResult): Row[] {
  const { name, target, belowTarget, spins, islands, stages, steps, relativeError, halfStep, temperedStart } =
    event;
  if (stages.length === 0) return [];
  const verdict = belowTarget === null ? "undecided" : belowTarget ? "kept" : "exceeded";
  return [
    ...(target === null ? [] : [[`target of ${name}`, `${readable(target)}: ${verdict}`, ""] as const]),
    [
      `splitting, ${name}`,
      `${spins} spins on ${islands} islands, ${stages.length} stages, ${steps} steps, relative error ${readable(relativeError)}${temperedStart ? ", half of them from a tempered start" : ""}`,
      "",
    ],
    ...(halfStep ? [[`half the step over the step, ${name}`, ranged(halfStep), ""] as const] : []),
  ];
}

/** An example with a rate if a time far beyond the run is of interest, else with a probability. */
export const furtherColumns: RegExp = /^(probability(\.formula\..+)?|rate|meanLifetime)$/;

/**
 * Figures of a sweep's table with their intervals, and for a write error the values of formulas in their stated range.
 */
export function columns(
  { rate, meanLifetime, probability, relativeError, isWriteError }: RareEventResult,
  { provenance: { timeUnit }, theoryCurves }: ResultBase,
  own: RareEventFigures | null,
  { put, beside, formula }: ColumnWriter,
): void {
  for (const [key, unit, figure] of [
    ["probability", "", probability],
    ["rate", perTime(timeUnit), rate],
    ["meanLifetime", timeUnit, meanLifetime],
  ] as const) {
    if (!figure) continue;
    beside(key, unit, figure.value, relativeError === null ? null : relativeError * figure.value, own?.[key]);
    put(`${key}.low`, unit, figure.low);
    put(`${key}.high`, unit, figure.high);
  }
  if (isWriteError && probability)
    for (const { name, unit, value, inRange } of theoryCurves)
      formula("probability", unit === "1" ? "" : unit, name, inRange.at(-1) ? value.at(-1) : null);
}

import { observables } from "../observables/index.ts";
import type { ObservableResult } from "../result.ts";

/** Ratio of two rates of one thing from which on it is said why they differ. */
const worthSaying = 1.2;
/** Standard errors beyond which they do. */
const certainty = 3;

/**
 * Sentences about figures that are right and easily misread: rates of leaving two levels that are counted, where they are faster than
 * another observable of the same run shows the levels to change.
 */
export function notesOf(results: readonly ObservableResult[], unit: "s" | "1/(γ'B_K)"): string[] {
  const rates = results.flatMap((result) => observables[result.type].levelRate?.(result, unit) ?? []);
  const signals = rates.filter(({ counts }) => counts === undefined);
  return rates.flatMap(({ rate, standardError, from, counts }) =>
    counts === undefined
      ? []
      : signals
          .filter(
            (signal) =>
              rate - worthSaying * signal.rate >
              certainty * Math.hypot(standardError, worthSaying * signal.standardError),
          )
          .map(
            (signal) =>
              `${from} and the spectrum differ by a factor of ${(rate / signal.rate).toPrecision(2)}: ${counts}; ${signal.from}`,
          ),
  );
}

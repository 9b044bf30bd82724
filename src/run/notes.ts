import type { PlannedObservable } from "../experiment/problem.ts";
import { affine } from "../expression/affine.ts";
import { unit as direction } from "../fokker-planck/frame.ts";
import { inner } from "../numerics/parallel.ts";
import { observables } from "../observables/index.ts";
import type { ObservableResult } from "../result.ts";

/** Two rates of one process that differ by more than this factor get a note on the reason. */
const worthSaying = 1.2;
/** Standard errors beyond which two rates differ. */
const certainty = 3;

/** Two projections of m with a larger cosine count as one signal. */
const alike = 0.99;

/** The axis of an observable that depends on one component of m alone. */
function axisOf(planned: PlannedObservable): readonly [number, number, number] | undefined {
  const [seen] = observables[planned.type].sight?.quantities(planned) ?? [];
  const flat = seen && affine(seen);
  return flat && Math.hypot(...flat.direction) > 0 ? direction(flat.direction) : undefined;
}

/**
 * Sentences about figures that are correct but easily misread: notes of the observables themselves, and counted rates
 * of leaving two levels if another observable of the same projection shows slower changes of level.
 */
export function notesOf(
  results: readonly ObservableResult[],
  planned: readonly PlannedObservable[],
  unit: "s" | "1/(γ'B_K)",
): string[] {
  const rates = results.flatMap((result, i) => {
    const found = observables[result.type].levelRate?.(result, unit);
    const axis = axisOf(planned[i]);
    return found && axis ? [{ ...found, axis }] : [];
  });
  const signals = rates.filter(({ signal }) => signal !== undefined);
  const own = results.flatMap((result) => observables[result.type].note?.(result) ?? []);
  const apart = rates.flatMap(({ rate, standardError, from, counts, axis }) =>
    counts === undefined
      ? []
      : signals
          .filter(
            (signal) =>
              Math.abs(inner(axis, signal.axis)) > alike &&
              rate - worthSaying * signal.rate >
                certainty * Math.hypot(standardError, worthSaying * signal.standardError),
          )
          .map(
            (signal) =>
              `${from} and ${signal.signal} differ by a factor of ${(rate / signal.rate).toPrecision(2)}: ${counts}; ${signal.from}`,
          ),
  );
  return [...own, ...apart];
}

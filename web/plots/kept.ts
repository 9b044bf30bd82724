import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { ShownFigure } from "../../src/result.ts";
import type { LiveMoments } from "../workers/messages.ts";

/** A run that is kept, for the next ones to be compared with. */
export interface Kept {
  readonly name: string;
  readonly moments: readonly ({ readonly time: number } & LiveMoments)[];
  readonly counts: Float64Array | null;
  readonly figures: readonly PlacedFigure[];
  readonly shown: readonly ShownFigure[];
}

/** Difference of two independent figures in standard errors; null where one has none. */
export function difference(now: ShownFigure, before: ShownFigure): number | null {
  const [a, b] = [now.standardError, before.standardError];
  const error = a === null || b === null ? 0 : Math.hypot(a, b);
  return error > 0 ? (now.value - before.value) / error : null;
}

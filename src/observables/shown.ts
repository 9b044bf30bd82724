import type { ShownFigure } from "../result-parts.ts";

/** A figure before its verdict, with the key of the test that speaks of it. */
export interface Candidate extends Omit<ShownFigure, "standing" | "standardErrors" | "reason"> {
  readonly key: string;
}

/** A figure of an observable beside its exact value, where both are known. `key` follows the observable's name in the test's key. */
export const besideExact = (
  observable: string,
  key: string,
  name: string,
  unit: string,
  value: number | null | undefined,
  standardError: number | null | undefined,
  exact: number | null | undefined,
): Candidate[] =>
  typeof value === "number" && typeof exact === "number"
    ? [
        {
          key: `${observable}${key}`,
          name,
          observable,
          unit,
          value,
          standardError: standardError ?? null,
          exact,
        },
      ]
    : [];

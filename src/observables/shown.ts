import type { MappedQuantity } from "../figures/figure.ts";
import type { ResultBase, ShownFigure } from "../result-parts.ts";

/** A figure before its verdict, with the key of its test. */
export interface Candidate extends Omit<ShownFigure, "standing" | "standardErrors" | "reason" | "guard"> {
  readonly key: string;
  /** The p-value of a figure without a standard error if no test is made; absent: the p-value of its error. */
  readonly guard?: number;
  /** Why the exact figure is withheld: it belongs to another state. */
  readonly unsettled?: string;
}

/**
 * A figure of an observable with its exact value, if both are known. `key` follows the observable's name in the test's
 * key.
 */
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

/** The same figures with what they are over a parameter. */
export const asQuantity = (quantity: MappedQuantity, figures: readonly Candidate[]): Candidate[] =>
  figures.map((figure) => ({ ...figure, quantity }));

/** A row of the table of figures: name, ensemble, exact. */
export type Row = readonly [name: string, ensemble: string, exact: string];
/** A line of the summary: label and text. */
export type SummaryLine = readonly [label: string, text: string];

/** A measured figure for comparison with closed forms of the same quantity. */
export interface MeasuredRatio {
  readonly label: string;
  readonly value: number | null | undefined;
  readonly error: number | null | undefined;
  readonly exact: number | null | undefined;
}

/** How fast two levels change: the sum of both escape rates, and its source in words. */
export interface LevelRate {
  readonly rate: number;
  readonly standardError: number;
  readonly from: string;
  /** The signal, if the levels show in one: "the spectrum". */
  readonly signal?: string;
  /** Anything but a change of level that may end a dwell. */
  readonly counts?: string;
}

/** A missing exact figure and the reason. */
export type MissingFigure = readonly [quantity: string, reason: unknown];

type Number = number | null | undefined;

/** Why a figure or its exact partner is missing, where neither the result of the observable nor its exact figures say so. */
export interface WhyMissing {
  readonly error?: string;
  readonly value?: string | undefined;
  readonly exact?: string | undefined;
}

/** Writes columns of one observable: a figure alone, or with its standard error and its exact partner. */
export interface ColumnWriter {
  put(name: string, unit: string, value: Number, why?: string): void;
  beside(name: string, unit: string, value: Number, error: Number, exact: Number, why?: WhyMissing): void;
  /** Value of the formula of a name for a figure. */
  formula(name: string, unit: string, formula: string, value: Number): void;
}

/** Whether an observable has a shown figure whose name begins so. */
export const isShown = ({ figures }: ResultBase, observable: string, name: string): boolean =>
  figures.some((figure) => figure.observable === observable && figure.name.startsWith(name));

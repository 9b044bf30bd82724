import { perTime } from "../figures/figure.ts";
import type { MissingQuantity, RatesRow } from "../run/rates.ts";
import { timeUp } from "../run/time-up.ts";
import type { Columns } from "./columns.ts";
import { columnsBeingPut } from "./columns.ts";

const quantities = {
  slowest: "slowest rate",
  up: "escape rate up",
  down: "escape rate down",
} as const;

const noLevels = "no observable of the experiment defines the two levels of dwell times";
const noSide = "the start is on both sides of the equator: a well or a direction has one side";
const noError = "the error of this probability was not estimated";

/** Columns of the exact figures alone. */
export function columnsOfRates(row: RatesRow, time: string): Columns {
  const { columns, putAs } = columnsBeingPut();
  const put = putAs("exact.");
  for (const key of ["slowest", "up", "down"] as const) {
    const why = reasonOf(row.reasons, quantities[key], "rates");
    const whyBarrier = why ?? reasonOf(row.reasons, `barrier of the ${quantities[key]}`);
    put(`${key}Rate`, perTime(time), row[key]?.rate, why);
    put(`${key}Barrier`, "kT", row[key]?.barrier, whyBarrier);
    put(`${key}AttemptTime`, time, row[key]?.attemptTime, whyBarrier);
  }
  const whyDwell = reasonOf(row.reasons, "dwell times") ?? noLevels;
  put("dwellUp", time, row.dwellUp, whyDwell);
  put("dwellDown", time, row.dwellDown, whyDwell);
  put("occupationUp", "", timeUp(row), whyDwell);
  const whySide = reasonOf(row.reasons, "not switched") ?? noSide;
  put("notSwitched", "", row.notSwitched, whySide);
  put("notSwitchedError", "", row.notSwitchedError, row.notSwitched === null ? whySide : noError);
  return columns;
}

/** Why one of some quantities, or everything, is missing. */
const reasonOf = (reasons: readonly MissingQuantity[], ...of: readonly string[]): string | undefined =>
  reasons.find(({ quantity }) => quantity === "everything" || of.includes(quantity))?.reason;

import { perTime } from "../figures/figure.ts";
import { smallestRealEigenvalue } from "../figures/smallest-real-eigenvalue.ts";
import { besideFigures, observables } from "../observables/index.ts";
import type { ColumnWriter } from "../observables/shown.ts";
import type { Result } from "../result.ts";
import { reasonsWhy } from "./reasons-why.ts";

/** Figures of one point by the names of their columns, with their units. */
export interface Columns {
  readonly values: Record<string, number | null>;
  readonly units: Record<string, string>;
  /**
   * Why a figure is null, by the name of its column; a name that ends in * stands for all missing columns that start
   * with it.
   */
  readonly missing: Record<string, string>;
}

type Put = ColumnWriter["put"];

/** Columns of a table and functions that fill them; a figure that is not a finite number gets its reason. */
export function columnsBeingPut(): { readonly columns: Columns; readonly putAs: (prefix: string) => Put } {
  const columns: Columns = { values: {}, units: {}, missing: {} };
  const putAs =
    (prefix: string): Put =>
    (name, unit, value, why) => {
      const column = `${prefix}${name}`;
      const isKnown = typeof value === "number" && Number.isFinite(value);
      columns.values[column] = isKnown ? value : null;
      columns.units[column] = unit;
      if (!isKnown) columns.missing[column] = why ?? unexplained;
    };
  return { columns, putAs };
}

/** Text for a missing reason: a defect, for which a test searches. */
export const unexplained = "no reason was given";

/** The name of an observable as part of a column's name. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_|_$/g, "");

/** Prefix of an observable's columns, for each of several names: no two are equal, and none is that of exact rates. */
export function prefixesOf(names: readonly string[]): string[] {
  const taken = new Set(["exact"]);
  return names.map((name) => {
    const own = plain(name);
    let free = own;
    for (let k = 2; taken.has(free); k++) free = `${own}_${k}`;
    taken.add(free);
    return `${free}.`;
  });
}

/** Smallest p-value of the tests of an observable, times their number. */
function pValueOf(name: string, { comparisons }: Result): number | null {
  const own = comparisons.flatMap(({ of, pValue }) => (pValue !== null && of === name ? [pValue] : []));
  return own.length === 0 ? null : Math.min(1, own.length * Math.min(...own));
}

/**
 * Columns of a result of ensemble and exact side: `name`, `name.error`, `name.exact`, and a p-value for each
 * observable. `isCompared`: with columns of the exact side, whether known or not.
 */
export function columnsOf(result: Result, isCompared: boolean): Columns {
  const { columns, putAs } = columnsBeingPut();
  const { fokkerPlanck: exact } = result;
  const time = result.provenance.timeUnit;
  const whys = reasonsWhy(result);
  const prefixes = prefixesOf(result.observables.map(({ name }) => name));
  for (const [i, observable] of result.observables.entries()) {
    const put = putAs(prefixes[i]);
    const own = besideFigures(result, observable);
    const why = whys.of(observable, own);
    const beside: ColumnWriter["beside"] = (name, unit, value, error, known, own) => {
      const whyNone = why.value ?? own?.value;
      put(name, unit, value, whyNone);
      if (error !== undefined)
        put(`${name}.error`, unit, error, typeof value === "number" ? (why.error ?? own?.error) : whyNone);
      if (isCompared) put(`${name}.exact`, unit, known, why.exact ?? own?.exact);
    };
    observables[observable.type].columns?.(observable, result, own, {
      put: (name, unit, value, own) => put(name, unit, value, why.value ?? own),
      beside,
      formula: (name, unit, formula, value) =>
        put(`${name}.formula.${plain(formula)}`, unit, value, outOfRange),
    });
    if (isCompared) put("pValue", "", pValueOf(observable.name, result), why.pValue);
    columns.missing[`${prefixes[i]}*`] = why.value ?? notOfThisPoint;
  }
  if (isCompared) {
    const put = putAs("exact.");
    put("slowestRate", perTime(time), smallestRealEigenvalue(exact?.eigenvalues)?.re, whys.slowestRate);
    put("upRate", perTime(time), exact?.twoStates?.up.rate, whys.leaving);
    put("downRate", perTime(time), exact?.twoStates?.down.rate, whys.leaving);
    put("notSwitched", "", exact?.notSwitched?.probability, whys.notSwitched);
  }
  return columns;
}

const outOfRange = "the formula is not valid at these parameters";
const notOfThisPoint = "at these parameters the observable has no such figure";

import { smallestRealEigenvalue } from "../figures/smallest-real-eigenvalue.ts";
import { besideFigures, observables } from "../observables/index.ts";
import type { Result } from "../result.ts";
import type { RatesRow } from "../run/rates.ts";
import { timeUp } from "../run/time-up.ts";

/** Figures of one point by the names of their columns, with their units. */
export interface Columns {
  readonly values: Record<string, number | null>;
  readonly units: Record<string, string>;
}

type Figure = number | null | undefined;
type Put = (name: string, unit: string, value: Figure) => void;
/** A figure with its standard error and its exact partner. */
type Beside = (name: string, unit: string, value: Figure, error: Figure, exact?: Figure) => void;

/** The name of an observable as a part of a column's name. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_|_$/g, "");

/** What the names of an observable's columns begin with, for each name of several: no two are alike, and none is that of exact rates. */
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
 * Columns of a result of ensemble and exact side: `name`, `name.error`, `name.exact`, and a p-value for each observable. `isCompared`: with
 * those of the exact side, be it known or not.
 */
export function columnsOf(result: Result, isCompared: boolean = result.fokkerPlanck !== null): Columns {
  const columns: Columns = { values: {}, units: {} };
  const { fokkerPlanck: exact } = result;
  const time = result.provenance.timeUnit;
  const putAs =
    (prefix: string): Put =>
    (name, unit, value) => {
      columns.values[`${prefix}${name}`] = value ?? null;
      columns.units[`${prefix}${name}`] = unit;
    };
  const prefixes = prefixesOf(result.observables.map(({ name }) => name));
  for (const [i, observable] of result.observables.entries()) {
    const put = putAs(prefixes[i]);
    const beside: Beside = (name, unit, value, error, known) => {
      put(name, unit, value);
      if (error !== undefined) put(`${name}.error`, unit, error);
      if (isCompared) put(`${name}.exact`, unit, known);
    };
    observables[observable.type].columns?.(observable, result, besideFigures(result, observable), {
      put,
      beside,
      formula: (name, unit, formula, value) => put(`${name}.formula.${plain(formula)}`, unit, value),
    });
    if (isCompared) put("pValue", "", pValueOf(observable.name, result));
  }
  if (isCompared) {
    const put = putAs("exact.");
    put("slowestRate", `1/${time}`, smallestRealEigenvalue(exact?.eigenvalues)?.re);
    put("upRate", `1/${time}`, exact?.twoStates?.up.rate);
    put("downRate", `1/${time}`, exact?.twoStates?.down.rate);
    put("notSwitched", "", exact?.notSwitched?.probability);
  }
  return columns;
}

/** Columns of the exact figures alone. */
export function columnsOfRates(row: RatesRow, time: string): Columns {
  const columns: Columns = { values: {}, units: {} };
  const put: Put = (name, unit, value) => {
    columns.values[`exact.${name}`] = value ?? null;
    columns.units[`exact.${name}`] = unit;
  };
  for (const key of ["slowest", "up", "down"] as const) {
    put(`${key}Rate`, `1/${time}`, row[key]?.rate);
    put(`${key}Barrier`, "kT", row[key]?.barrier);
    put(`${key}AttemptTime`, time, row[key]?.attemptTime);
  }
  put("dwellUp", time, row.dwellUp);
  put("dwellDown", time, row.dwellDown);
  put("occupationUp", "", timeUp(row));
  put("notSwitched", "", row.notSwitched);
  put("notSwitchedError", "", row.notSwitchedError);
  return columns;
}

import type { FokkerPlanckResult, ObservableResult, Result } from "../result.ts";
import type { RatesRow } from "../run/rates.ts";

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

function ofObservable(
  observable: ObservableResult,
  exact: FokkerPlanckResult | null,
  time: string,
  put: Put,
  beside: Beside,
): void {
  switch (observable.type) {
    case "moments": {
      const last = observable.times.length - 1;
      if (last < 0) return;
      const at = observable.times[last];
      const row = exact?.evolution?.find((entry) => Math.abs(entry.time - at) <= 1e-9 * at);
      ["mx", "my", "mz"].forEach((name, k) => {
        beside(name, "", observable.m[last][k], observable.mStandardError[last][k], row?.m[k]);
      });
      beside("mz2", "", observable.mm[last][2], observable.mmStandardError[last][2], row?.mm[2]);
      const up = observable.probabilityUp[last];
      beside("probabilityUp", "", up, undefined, row?.probabilityUp);
      put("probabilityUp.low", "", observable.probabilityUpLow[last]);
      put("probabilityUp.high", "", observable.probabilityUpHigh[last]);
      put("energy", time === "s" ? "J" : "", observable.energy[last]);
      put("energy.error", time === "s" ? "J" : "", observable.energyStandardError[last]);
      return;
    }
    case "firstPassage": {
      const { restrictedMean: within, rate } = observable;
      const known = exact?.firstPassage;
      put("passed", "", observable.passed);
      put("censored", "", observable.censored);
      beside("mean", time, observable.mean, observable.meanStandardError, known?.mean);
      beside("meanWithinRun", time, within?.value, within?.standardError, known?.restrictedMean);
      put("rate", `1/${time}`, rate?.value);
      put("rate.low", `1/${time}`, rate?.low);
      put("rate.high", `1/${time}`, rate?.high);
      return;
    }
    case "dwell":
      for (const side of ["up", "down"] as const) {
        const found = observable[side];
        beside(side, time, found?.mean, found?.meanStandardError, exact?.dwell?.[side]);
        const known = exact?.dwell?.[`${side}Rate`];
        beside(`${side}Rate`, `1/${time}`, found?.rate, found?.rateStandardError, known);
      }
      beside(
        "occupationUp",
        "",
        observable.occupationUp,
        observable.occupationUpStandardError,
        exact?.dwell?.occupationUp,
      );
      return;
    case "spectrum":
      beside(
        "correlationTime",
        time,
        observable.correlationTime,
        observable.correlationTimeStandardError,
        exact?.spectrum?.correlationTime,
      );
      return;
    case "entropyProduction": {
      const last = observable.times.length - 1;
      const watts = time === "s" ? "W" : "";
      const of = (list: readonly number[]): Figure => list[last];
      beside("total", `1/${time}`, of(observable.total), of(observable.totalStandardError));
      for (const key of ["heatToBath", "workOfTransfer", "workOfDrive"] as const)
        beside(key, watts, of(observable[key]), of(observable[`${key}StandardError`]));
    }
  }
}

/** Smallest p-value of the tests of an observable, times their number. */
function pValueOf(name: string, { comparisons }: Result): number | null {
  const own = comparisons.flatMap(({ observable, figures, pValue }) =>
    pValue !== null && (observable.includes(name) || figures?.some((key) => key.startsWith(name)))
      ? [pValue]
      : [],
  );
  return own.length === 0 ? null : Math.min(1, own.length * Math.min(...own));
}

/** Columns of a result of ensemble and exact side: `name`, `name.error`, `name.exact`, and a p-value for each observable. */
export function columnsOf(result: Result): Columns {
  const columns: Columns = { values: {}, units: {} };
  const { fokkerPlanck: exact } = result;
  const time = result.provenance.timeUnit;
  const putAs =
    (prefix: string): Put =>
    (name, unit, value) => {
      columns.values[`${prefix}${name}`] = value ?? null;
      columns.units[`${prefix}${name}`] = unit;
    };
  for (const observable of result.observables) {
    const put = putAs(`${plain(observable.name)}.`);
    const beside: Beside = (name, unit, value, error, known) => {
      put(name, unit, value);
      if (error !== undefined) put(`${name}.error`, unit, error);
      if (exact) put(`${name}.exact`, unit, known);
    };
    ofObservable(observable, exact, time, put, beside);
    if (exact) put("pValue", "", pValueOf(observable.name, result));
  }
  if (exact) {
    const put = putAs("exact.");
    put("slowestRate", `1/${time}`, exact.eigenvalues?.[1]?.re);
    put("upRate", `1/${time}`, exact.twoStates?.up.rate);
    put("downRate", `1/${time}`, exact.twoStates?.down.rate);
    put("notSwitched", "", exact.notSwitched?.probability);
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
  put("notSwitched", "", row.notSwitched);
  put("notSwitchedError", "", row.notSwitchedError);
  return columns;
}

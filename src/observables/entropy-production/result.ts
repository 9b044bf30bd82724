import type { MeanEstimate } from "../../ensemble/observations.ts";
import type { Problem } from "../../experiment/problem.ts";
import { perTime } from "../../figures/figure.ts";
import type { ResultBase } from "../../result-parts.ts";
import { timeOf } from "../observable.ts";
import type { ColumnWriter, MissingFigure } from "../shown.ts";
import type { ObservedProduction, Production } from "./count.ts";
import type { ProductionFigures } from "./exact.ts";
import { thermalEnergy } from "./exact.ts";
import { jumpsOf } from "./jumps.ts";
import type { PlannedProduction } from "./spec.ts";

export interface EntropyProductionResult {
  readonly type: "entropyProduction";
  readonly name: string;
  readonly times: readonly number[];
  /** Entropy given to the surroundings, k_B/s; in a steady state this is the entropy production. */
  readonly total: readonly number[];
  readonly totalStandardError: readonly number[];
  /** W per magnet. */
  readonly heatToBath: readonly number[];
  readonly heatToBathStandardError: readonly number[];
  readonly workOfTransfer: readonly number[];
  readonly workOfTransferStandardError: readonly number[];
  readonly workOfDrive: readonly number[];
  readonly workOfDriveStandardError: readonly number[];
  /** Jumps of the drive; the powers do not contain their work. */
  readonly note?: string;
}

/** Entropy production and powers of the ensemble in SI units. */
export function result(
  { name, records }: ObservedProduction,
  _planned: PlannedProduction,
  problem: Problem,
): EntropyProductionResult {
  const time = timeOf(problem);
  const perSecond = 1 / problem.units.time;
  const kT = thermalEnergy(problem);
  const entropy = (part: keyof MeanEstimate): number[] =>
    records.map(({ value }) => value.total[part] * perSecond);
  /** Empty if kT has no single value. */
  const power = (key: keyof Production, part: keyof MeanEstimate): number[] =>
    kT === null
      ? []
      : records.map(({ step, value }) => value[key][part] * kT(step * problem.timeStep) * perSecond);
  return {
    type: "entropyProduction",
    name,
    times: records.map((record) => time(record.step)),
    total: entropy("mean"),
    totalStandardError: entropy("standardError"),
    heatToBath: power("heatToBath", "mean"),
    heatToBathStandardError: power("heatToBath", "standardError"),
    workOfTransfer: power("workOfTransfer", "mean"),
    workOfTransferStandardError: power("workOfTransfer", "standardError"),
    workOfDrive: power("workOfDrive", "mean"),
    workOfDriveStandardError: power("workOfDrive", "standardError"),
    ...noteOf(name, problem),
  };
}

function noteOf(name: string, problem: Problem): Pick<EntropyProductionResult, "note"> {
  const count = jumpsOf(problem).length;
  return count === 0
    ? {}
    : {
        note: `${name}: the drive jumps ${count === 1 ? "once" : `${count} times`}, and the powers do not contain their work; for a periodic drive the loop does`,
      };
}

const noThermalEnergy = "powers need one kT, but kT differs from spin to spin";

/** The last record, for the table of a sweep. */
export function columns(
  found: EntropyProductionResult,
  { provenance: { timeUnit } }: ResultBase,
  _own: unknown,
  { put }: ColumnWriter,
): void {
  const last = found.times.length - 1;
  const watts = timeUnit === "s" ? "W" : "";
  put("total", perTime(timeUnit), found.total[last]);
  put("total.error", perTime(timeUnit), found.totalStandardError[last]);
  for (const key of ["heatToBath", "workOfTransfer", "workOfDrive"] as const) {
    const why = last >= 0 && found[key].length === 0 ? noThermalEnergy : undefined;
    put(key, watts, found[key][last], why);
    put(`${key}.error`, watts, found[`${key}StandardError`][last], why);
  }
}

export const missing = (
  [own]: readonly ProductionFigures[],
  found: readonly EntropyProductionResult[],
): MissingFigure[] =>
  found.length > 0 && (own?.total ?? null) === null
    ? [["entropy production of the stationary state", own?.reason]]
    : [];

import type { Problem } from "../../experiment/problem.ts";
import { clopperPearsonInterval } from "../../statistics/proportion.ts";
import { timeOf } from "../observable.ts";
import type { ObservedMoments } from "./count.ts";
import type { PlannedMoments } from "./spec.ts";

export interface MomentsResult {
  readonly type: "moments";
  readonly name: string;
  /** s */
  readonly times: readonly number[];
  readonly m: readonly (readonly number[])[];
  readonly mStandardError: readonly (readonly number[])[];
  /** xx, yy, zz, xy, xz, yz */
  readonly mm: readonly (readonly number[])[];
  readonly mmStandardError: readonly (readonly number[])[];
  /** J */
  readonly energy: readonly number[];
  readonly energyStandardError: readonly number[];
  /** Fraction of spins with mz > 0, with its 95 % interval (Clopper and Pearson). */
  readonly probabilityUp: readonly number[];
  readonly probabilityUpLow: readonly number[];
  readonly probabilityUpHigh: readonly number[];
}

/** Moments of every record in SI units, by time. */
export function result(
  { name, records }: ObservedMoments,
  _planned: PlannedMoments,
  problem: Problem,
): MomentsResult {
  const time = timeOf(problem);
  const { units } = problem;
  const values = records.map((record) => record.value);
  const up = values.map((value) => clopperPearsonInterval(value.up, value.spins));
  return {
    type: "moments",
    name,
    times: records.map((record) => time(record.step)),
    m: values.map((value) => value.m),
    mStandardError: values.map((value) => value.mStandardError),
    mm: values.map((value) => value.mm),
    mmStandardError: values.map((value) => value.mmStandardError),
    energy: values.map((value) => value.energy * units.energy),
    energyStandardError: values.map((value) => value.energyStandardError * units.energy),
    probabilityUp: values.map((value) => value.up / value.spins),
    probabilityUpLow: up.map(({ low }) => low),
    probabilityUpHigh: up.map(({ high }) => high),
  };
}

import { magnetization, mz } from "../../expression/vector.ts";
import { notSwitchedName } from "../../figures/not-switched-name.ts";
import { readable, withError } from "../../figures/readable.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate, ColumnWriter, SummaryLine } from "../shown.ts";
import { asQuantity, besideExact } from "../shown.ts";
import type { ObservedMoments } from "./count.ts";
import type { MomentsResult } from "./result.ts";

const rounded = (seconds: number): string => `${Number(seconds.toPrecision(4))}`;

/** Moments at the end of the run, and the fraction that has not switched. */
export function shown(
  result: MomentsResult,
  observed: ObservedMoments,
  exact: ExactBase,
  _own: null,
  unit: TimeUnit,
): Candidate[] {
  if (result.times.length === 0) return [];
  const { name } = result;
  const last = result.times.length - 1;
  const time = result.times[last];
  const { step } = observed.records[last];
  const row = exact.evolution?.find((entry) => Math.abs(entry.time - time) <= 1e-9 * time);
  const at = `at ${rounded(time)} ${unit}`;
  const left = exact.notSwitched;
  const side = left?.side ?? "up";
  const up = [result.probabilityUp, result.probabilityUpLow, result.probabilityUpHigh].map((p) => p[last]);
  const [value, low, high] = side === "up" ? up : [1 - up[0], 1 - up[2], 1 - up[1]];
  const isEnd = left !== null && Math.abs(left.time - time) <= 1e-9 * time;
  const beside = (label: string, found: number, error: number, truth: number | undefined): Candidate[] =>
    besideExact(name, `@${step}`, `${label} ${at}`, "", found, error, truth);
  return [
    ...magnetization.flatMap((component, k) =>
      beside(`⟨${component}⟩`, result.m[last][k], result.mStandardError[last][k], row?.m[k]),
    ),
    ...beside(`⟨${mz}²⟩`, result.mm[last][2], result.mmStandardError[last][2], row?.mm[2]),
    ...(isEnd
      ? asQuantity(
          "notSwitched",
          besideExact(
            name,
            `@${step}: ${mz} > 0`,
            notSwitchedName(`${rounded(time)} ${unit}`, side),
            "",
            value,
            null,
            left.probability,
          ),
        ).map((figure) => ({ ...figure, low, high }))
      : []),
  ];
}

/** Moments at the end of the run, for the summary. */
export function lines(
  { times, m, mStandardError, mm, mmStandardError }: MomentsResult,
  unit: TimeUnit,
): SummaryLine[] {
  if (times.length === 0) return [];
  const last = times.length - 1;
  const at = `at ${readable(times[last])} ${unit}`;
  return [
    ...magnetization.map(
      (name, i): SummaryLine => [`⟨${name}⟩ ${at}`, withError(m[last][i], mStandardError[last][i])],
    ),
    [`⟨${mz}²⟩ ${at}`, withError(mm[last][2], mmStandardError[last][2])],
  ];
}

/** Moments at the end of the run, for the table of a sweep. */
export function columns(
  result: MomentsResult,
  { fokkerPlanck, provenance }: ResultBase,
  _own: null,
  { put, beside }: ColumnWriter,
): void {
  const last = result.times.length - 1;
  if (last < 0) return;
  const joule = provenance.timeUnit === "s" ? "J" : "";
  const at = result.times[last];
  const row = fokkerPlanck?.evolution?.find((entry) => Math.abs(entry.time - at) <= 1e-9 * at);
  magnetization.forEach((name, k) => {
    beside(name, "", result.m[last][k], result.mStandardError[last][k], row?.m[k]);
  });
  beside("mz2", "", result.mm[last][2], result.mmStandardError[last][2], row?.mm[2]);
  beside("probabilityUp", "", result.probabilityUp[last], undefined, row?.probabilityUp, {
    exact: row?.probabilityReason,
  });
  put("probabilityUp.low", "", result.probabilityUpLow[last]);
  put("probabilityUp.high", "", result.probabilityUpHigh[last]);
  put("energy", joule, result.energy[last]);
  put("energy.error", joule, result.energyStandardError[last]);
}

import type { ExactBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate } from "../shown.ts";
import { besideExact } from "../shown.ts";
import type { ObservedMoments } from "./count.ts";
import type { MomentsResult } from "./result.ts";

const readable = (seconds: number): string => `${Number(seconds.toPrecision(4))}`;

/** Moments at the end of the run, and what has not switched. */
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
  const at = `at ${readable(time)} ${unit}`;
  const left = exact.notSwitched;
  const side = left?.side ?? "up";
  const up = [result.probabilityUp, result.probabilityUpLow, result.probabilityUpHigh].map((p) => p[last]);
  const [value, low, high] = side === "up" ? up : [1 - up[0], 1 - up[2], 1 - up[1]];
  const isEnd = left !== null && Math.abs(left.time - time) <= 1e-9 * time;
  const beside = (label: string, found: number, error: number, truth: number | undefined): Candidate[] =>
    besideExact(name, `@${step}`, `${label} ${at}`, "", found, error, truth);
  return [
    ...["mx", "my", "mz"].flatMap((component, k) =>
      beside(`⟨${component}⟩`, result.m[last][k], result.mStandardError[last][k], row?.m[k]),
    ),
    ...beside("⟨mz²⟩", result.mm[last][2], result.mmStandardError[last][2], row?.mm[2]),
    ...(isEnd
      ? besideExact(
          name,
          `@${step}: mz > 0`,
          `not switched ${at} (mz ${side === "up" ? ">" : "<"} 0)`,
          "",
          value,
          null,
          left.probability,
        ).map((figure) => ({ ...figure, low, high }))
      : []),
  ];
}

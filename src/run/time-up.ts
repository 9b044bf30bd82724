import type { RatesRow } from "./rates.ts";

/** Share of time up by the two thresholds: every up dwell is followed by a down dwell. */
export const timeUp = ({ dwellUp, dwellDown }: RatesRow): number | null =>
  dwellUp === null || dwellDown === null ? null : dwellUp / (dwellUp + dwellDown);

import type { RatesRow } from "./rates.ts";

/** Share of time up by the two thresholds, from the mean dwells: up and down dwells alternate. */
export const timeUp = ({ dwellUp, dwellDown }: RatesRow): number | null =>
  dwellUp === null || dwellDown === null ? null : dwellUp / (dwellUp + dwellDown);

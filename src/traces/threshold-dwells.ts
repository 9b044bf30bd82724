import type { Stretches } from "./stretches.ts";
import { pieces } from "./stretches.ts";

/** Dwell times as thresholds see them (s): whole dwells only. Null where there were none. */
export interface ThresholdDwells {
  readonly up: number | null;
  readonly down: number | null;
  readonly countUp: number;
  readonly countDown: number;
}

/** Up above `high`, down below `low`, between them as before. The same number twice is one threshold. */
export function dwellsByThresholds(
  stretches: Stretches,
  sampleTime: number,
  low: number,
  high: number,
): ThresholdDwells {
  const [time, count] = [
    [0, 0],
    [0, 0],
  ];
  for (const values of pieces(stretches)) {
    let state = -1;
    let since = -1;
    for (let i = 0; i < values.length; i++) {
      const next = values[i] > high ? 1 : values[i] < low ? 0 : state;
      if (next === state) continue;
      // the first dwell has no start
      if (since >= 0) {
        time[state] += i - since;
        count[state]++;
      }
      since = state < 0 ? -1 : i;
      state = next;
    }
  }
  const mean = (state: number): number | null =>
    count[state] > 0 ? (time[state] / count[state]) * sampleTime : null;
  return { up: mean(1), down: mean(0), countUp: count[1], countDown: count[0] };
}

import type { Stretches } from "./stretches.ts";
import { pieces } from "./stretches.ts";
import type { UpLevel } from "./up-level.ts";
import { upAndDown } from "./up-level.ts";

/** Dwell times by thresholds (s), from whole dwells only; null if there were none. */
export interface ThresholdDwells {
  readonly up: number | null;
  readonly down: number | null;
  readonly countUp: number;
  readonly countDown: number;
}

/** One level above `high`, the other below `low`, unchanged in between. Two equal numbers are one threshold. */
export function dwellsByThresholds(
  stretches: Stretches,
  sampleTime: number,
  { low, high, upLevel }: { readonly low: number; readonly high: number; readonly upLevel: UpLevel },
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
      // the start of the first dwell is unknown
      if (since >= 0) {
        time[state] += i - since;
        count[state]++;
      }
      since = state < 0 ? -1 : i;
      state = next;
    }
  }
  const means = time.map((sum, state) => (count[state] > 0 ? (sum / count[state]) * sampleTime : null));
  const [up, down] = upAndDown(means, upLevel);
  const [countUp, countDown] = upAndDown(count, upLevel);
  return { up, down, countUp, countDown };
}

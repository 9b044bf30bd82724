import { clopperPearsonInterval } from "../../statistics/proportion.ts";
import { levels } from "./survival.ts";

/** Ends of an interval in the unit of the times; `high` is null if it is later than the last of them. */
export interface QuantileInterval {
  readonly low: number;
  readonly high: number | null;
}

/** Number of first bins in which a law may have any shape: a quantile there is only known to lie in the bin. */
const shapelessBins = 5;

/**
 * Earliest and latest time for a share of passed spins that is reached in the bin before edge `i`. In the fourth root
 * of time, in which bins are equally wide, the density inside is assumed to lie between the smallest and the largest of
 * this bin and its neighbours, widened by the ratio of both. This bounds the time from either edge; if a neighbour is
 * empty, the time may be anywhere in the bin.
 */
function within(times: readonly number[], passed: readonly number[], i: number, share: number) {
  if (i === 0) return { low: times[0], high: times[0] };
  if (i <= shapelessBins) return { low: times[i - 1], high: times[i] };
  const [from, to] = [times[i - 1] ** (1 / 4), times[i] ** (1 / 4)];
  const densities = [i - 1, i, i + 1]
    .filter((j) => j < passed.length)
    .map((j) => (passed[j] - passed[j - 1]) / (to - from));
  const [least, most] = [Math.min(...densities), Math.max(...densities)];
  const ratio = most / least;
  const [since, until] = [share - passed[i - 1], passed[i] - share];
  const low = Math.max(from + since / (most * ratio), to - (until * ratio) / least);
  const high = Math.min(from + (since * ratio) / least, to - until / (most * ratio));
  return least > 0 ? { low: low ** 4, high: high ** 4 } : { low: times[i - 1], high: times[i] };
}

/**
 * 95 % intervals of the quantiles of counted passages: from the earliest time of the lower end of a level's binomial
 * interval to the latest time of its upper end. `remaining` spins are left at each of the `times`; the first of both is
 * the start.
 */
export function quantileIntervals(
  times: readonly number[],
  remaining: readonly number[],
): Readonly<Record<string, QuantileInterval>> {
  const spins = remaining[0];
  const passed = remaining.map((n) => 1 - n / spins);
  const at = (share: number) => {
    const edge = passed.findIndex((p) => p >= share);
    return edge < 0 ? null : within(times, passed, edge, share);
  };
  return Object.fromEntries(
    levels.map((level) => {
      const { low, high } = clopperPearsonInterval(level * spins, spins);
      return [level, { low: at(low)?.low ?? times[times.length - 1], high: at(high)?.high ?? null }];
    }),
  );
}

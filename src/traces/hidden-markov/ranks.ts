import { tabulatedNormal } from "../../statistics/tabulated-normal.ts";
import type { BinnedTrace } from "./binned.ts";
import { pointsAt } from "./flow-grid.ts";
import { advance } from "./likelihood.ts";
import type { Prepared } from "./prepared.ts";
import type { Telegraph } from "./telegraph.ts";

/**
 * For each sample, the chance of a smaller one given all before it. If the trace is as the model says, these are independent and
 * even between 0 and 1. M. Rosenblatt, Ann. Math. Stat. 23 (1952) 470.
 */
export function ranksAlong(prepared: Prepared, telegraph: Telegraph, trace: BinnedTrace): Float64Array {
  const { grid, steps, emissions, start } = prepared;
  const points = steps.map((_, phase) => pointsAt(grid, telegraph, phase));
  const stops = new Set(trace.breaks);
  let [now, phase]: [Float64Array, number] = [start, 0];
  return Float64Array.from(trace.bins, (bin, n) => {
    if (stops.has(n)) [now, phase] = [start, 0];
    const before = advance(steps[phase], now);
    phase = phase + 1 === steps.length ? 0 : phase + 1;
    const value = trace.first + bin * trace.width;
    let [rank, sum, seen] = [0, 0, 0];
    const next = before.map((p, i) => {
      sum += p;
      rank += p * tabulatedNormal((value - points[phase][i]) / telegraph.noise);
      const weight = p * emissions[phase][bin * grid.size + i];
      seen += weight;
      return weight;
    });
    now = next.map((p) => p / seen);
    return rank / sum;
  });
}

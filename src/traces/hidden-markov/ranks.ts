import type { BinnedTrace } from "./binned.ts";
import { pointsAt } from "./flow-grid.ts";
import { advance } from "./likelihood.ts";
import { noiseLaw } from "./noise-law.ts";
import type { Prepared } from "./prepared.ts";
import type { Telegraph } from "./telegraph.ts";

/**
 * For each sample, the probability of a smaller one given all before it. If the trace follows the model, these are
 * independent and uniform between 0 and 1. M. Rosenblatt, Ann. Math. Stat. 23 (1952) 470.
 */
export function ranksAlong(prepared: Prepared, telegraph: Telegraph, trace: BinnedTrace): Float64Array {
  const { grid, steps, emissions, start } = prepared;
  const points = steps.map((_, phase) => pointsAt(grid, telegraph, phase));
  const laws = telegraph.levels.flatMap((_, s) => {
    const law = noiseLaw(telegraph, s);
    return Array.from({ length: grid.starts[s + 1] - grid.starts[s] }, () => law);
  });
  const stops = new Set(trace.breaks);
  const { size } = grid;
  const now = start.slice();
  const before = new Float64Array(size);
  let phase = 0;
  return Float64Array.from(trace.bins, (bin, n) => {
    if (stops.has(n)) {
      now.set(start);
      phase = 0;
    }
    advance(steps[phase], now, before);
    phase = phase + 1 === steps.length ? 0 : phase + 1;
    const value = trace.first + bin * trace.width;
    const outputs = points[phase];
    const emission = emissions[phase];
    let [rank, sum, seen] = [0, 0, 0];
    for (let i = 0; i < size; i++) {
      const p = before[i];
      sum += p;
      rank += p * laws[i].below(value - outputs[i]);
      const weight = p * emission[bin * size + i];
      seen += weight;
      now[i] = weight;
    }
    for (let i = 0; i < size; i++) now[i] /= seen;
    return rank / sum;
  });
}

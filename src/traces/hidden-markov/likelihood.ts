import type { BinnedTrace } from "./binned.ts";
import type { FlowGrid } from "./flow-grid.ts";
import { pointsAt } from "./flow-grid.ts";
import { forwardAlong } from "./forward.ts";
import { glitch } from "./glitch.ts";
import { noiseLaw } from "./noise-law.ts";
import type { Prepared } from "./prepared.ts";
import type { Telegraph } from "./telegraph.ts";
import { occupations } from "./telegraph.ts";
import type { Transition } from "./transition.ts";
import { transitions } from "./transition.ts";

/** Tables of a telegraph signal for a walk along a binned trace on a grid. */
export function prepare(telegraph: Telegraph, trace: BinnedTrace, grid: FlowGrid): Prepared {
  const laws = telegraph.levels.map((_, s) => noiseLaw(telegraph, s));
  const steps = transitions(grid, telegraph, trace.sampleTime);
  const background = glitch / (trace.count * trace.width);
  const emissions = steps.map((_, phase) => {
    const points = pointsAt(grid, telegraph, phase);
    const density = new Float64Array(trace.count * grid.size);
    for (let bin = 0; bin < trace.count; bin++)
      laws.forEach((law, s) => {
        for (let i = grid.starts[s]; i < grid.starts[s + 1]; i++)
          density[bin * grid.size + i] =
            law.density(trace.first + bin * trace.width - points[i]) + background;
      });
    return density;
  });
  return { grid, steps, emissions, start: settledStart(telegraph, grid, steps, trace.sampleTime) };
}

/**
 * Initial law of the points: levels with their occupations, and the output after some time constants of jumps without
 * samples.
 */
function settledStart(
  telegraph: Telegraph,
  grid: FlowGrid,
  steps: readonly Transition[],
  sampleTime: number,
): Float64Array {
  let now = new Float64Array(grid.size);
  occupations(telegraph).forEach((share, s) => {
    now[grid.starts[s]] = share;
  });
  if (grid.reach === 0) return now;
  const samples = Math.ceil(5 / ((telegraph.pole as number) * sampleTime) / grid.phases) * grid.phases;
  let next = new Float64Array(grid.size);
  for (let i = 0; i < samples; i++) {
    advance(steps[i % grid.phases], now, next);
    [now, next] = [next, now];
  }
  return now;
}

/** Writes the law of the points one sample later into `next`. */
export function advance(
  { starts, from, probability }: Transition,
  now: Float64Array,
  next: Float64Array,
): void {
  for (let i = 0; i < next.length; i++) {
    let p = 0;
    for (let e = starts[i]; e < starts[i + 1]; e++) p += now[from[e]] * probability[e];
    next[i] = p;
  }
}

/**
 * Logarithm of the likelihood of each block of samples given all before it (their sum is that of the trace): the forward
 * algorithm. L. R. Rabiner, Proc. IEEE 77 (1989) 257.
 */
export function blockLikelihoods(prepared: Prepared, trace: BinnedTrace, blocks: number): Float64Array {
  const { bins } = trace;
  const found = new Float64Array(blocks);
  const stops = [...trace.breaks, bins.length];
  let stop = 0;
  const forward = forwardAlong(prepared);
  for (let block = 0; block < blocks; block++) {
    const end = Math.floor((bins.length * (block + 1)) / blocks);
    let sum = 0;
    let product = 1;
    for (let n = Math.floor((bins.length * block) / blocks); n < end; n++) {
      if (n === stops[stop]) {
        forward.restart();
        stop++;
      }
      product *= forward.see(bins[n]);
      // a logarithm every few samples is enough
      if (product < 1e-100 || product > 1e100) {
        sum += Math.log(product);
        product = 1;
      }
    }
    found[block] = sum + Math.log(product);
  }
  return found;
}

import type { BinnedTrace } from "./binned.ts";
import type { FlowGrid } from "./flow-grid.ts";
import { pointsAt } from "./flow-grid.ts";
import type { Telegraph } from "./telegraph.ts";
import { occupations } from "./telegraph.ts";
import type { Transition } from "./transition.ts";
import { transitions } from "./transition.ts";

/** Everything that a walk along the trace looks up. */
export interface Prepared {
  readonly grid: FlowGrid;
  readonly steps: readonly Transition[];
  /** Probability density of a sample, [phase][bin·size + point]. */
  readonly emissions: readonly Float64Array[];
  /** Of the points, before the first sample. */
  readonly start: Float64Array;
}

/** Chance that a sample is a glitch, which says nothing about the level. */
const glitch = 1e-9;

export function prepare(telegraph: Telegraph, trace: BinnedTrace, grid: FlowGrid): Prepared {
  const { noise } = telegraph;
  const steps = transitions(grid, telegraph, trace.sampleTime);
  const height = 1 / (noise * Math.sqrt(2 * Math.PI));
  const background = glitch / (trace.count * trace.width);
  const emissions = steps.map((_, phase) => {
    const points = pointsAt(grid, telegraph, phase);
    const density = new Float64Array(trace.count * grid.size);
    for (let bin = 0; bin < trace.count; bin++)
      for (let i = 0; i < grid.size; i++) {
        const u = (trace.first + bin * trace.width - points[i]) / noise;
        density[bin * grid.size + i] = height * Math.exp(-0.5 * u * u) + background;
      }
    return density;
  });
  return { grid, steps, emissions, start: settledStart(telegraph, grid, steps, trace.sampleTime) };
}

/** Levels by their occupations, the output spread by some time constants of unwatched jumping. */
function settledStart(
  telegraph: Telegraph,
  grid: FlowGrid,
  steps: readonly Transition[],
  sampleTime: number,
): Float64Array {
  let now: Float64Array = new Float64Array(grid.size);
  occupations(telegraph).forEach((share, s) => {
    now[grid.starts[s]] = share;
  });
  if (grid.reach === 0) return now;
  const samples = Math.ceil(5 / ((telegraph.pole as number) * sampleTime) / grid.phases) * grid.phases;
  for (let i = 0; i < samples; i++) now = advance(steps[i % grid.phases], now);
  return now;
}

/** The law of the points one sample on. */
export function advance({ starts, to, probability }: Transition, now: Float64Array): Float64Array {
  const next = new Float64Array(now.length);
  now.forEach((p, i) => {
    if (p > 0) for (let e = starts[i]; e < starts[i + 1]; e++) next[to[e]] += p * probability[e];
  });
  return next;
}

/**
 * Points that share less than this of the probability are dropped. A sample makes a point likelier by 1/glitch at most, so
 * one that is dropped could not have come back within a sample.
 */
const dropped = 1e-16;

/**
 * Logarithm of the likelihood of each block of samples given all before it (their sum is that of the trace): the forward
 * algorithm, over the points that are possible. L. R. Rabiner, Proc. IEEE 77 (1989) 257.
 */
export function blockLikelihoods(prepared: Prepared, trace: BinnedTrace, blocks: number): Float64Array {
  const { grid, steps, emissions, start } = prepared;
  const { bins } = trace;
  const { size, phases } = grid;
  const found = new Float64Array(blocks);
  const stops = [...trace.breaks, bins.length];
  let stop = 0;
  let [now, next] = [start.slice(), new Float64Array(size)];
  const [possible, reached] = [Int32Array.from(start.keys()), new Int32Array(size)];
  let possibles = size;
  let phase = 0;
  for (let block = 0; block < blocks; block++) {
    const end = Math.floor((bins.length * (block + 1)) / blocks);
    let sum = 0;
    let product = 1;
    for (let n = Math.floor((bins.length * block) / blocks); n < end; n++) {
      if (n === stops[stop]) {
        now.set(start);
        possible.forEach((_, i) => {
          possible[i] = i;
        });
        [phase, possibles] = [0, size];
        stop++;
      }
      const { starts, to, probability } = steps[phase];
      phase = phase + 1 === phases ? 0 : phase + 1;
      const emission = emissions[phase];
      const row = bins[n] * size;
      let count = 0;
      for (let k = 0; k < possibles; k++) {
        const i = possible[k];
        const p = now[i];
        now[i] = 0;
        if (p < 1e-100) continue;
        for (let e = starts[i], last = starts[i + 1]; e < last; e++) {
          const j = to[e];
          if (next[j] === 0) reached[count++] = j;
          next[j] += p * probability[e];
        }
      }
      let chance = 0;
      for (let k = 0; k < count; k++) {
        const j = reached[k];
        chance += next[j] *= emission[row + j];
      }
      const scale = 1 / chance;
      const least = dropped * chance;
      possibles = 0;
      for (let k = 0; k < count; k++) {
        const j = reached[k];
        const p = next[j];
        if (p > least) {
          next[j] = p * scale;
          possible[possibles++] = j;
        } else next[j] = 0;
      }
      // a logarithm now and then is enough
      product *= chance;
      if (product < 1e-100 || product > 1e100) {
        sum += Math.log(product);
        product = 1;
      }
      [now, next] = [next, now];
    }
    found[block] = sum + Math.log(product);
  }
  return found;
}

import type { Answer } from "./answer.ts";
import type { BinnedTrace } from "./binned.ts";
import { Histories } from "./histories.ts";
import type { HistoryPlan } from "./history-plan.ts";
import { overlappingWindows } from "./overlapping-windows.ts";
import type { Telegraph } from "./telegraph.ts";

const historiesOf = (
  telegraph: Telegraph,
  answer: Answer,
  plan: HistoryPlan,
  trace: BinnedTrace,
): Histories => new Histories(telegraph, answer, plan, trace.sampleTime, trace.count * trace.width);

/**
 * Logarithm of the likelihood of each block of samples given all before it, for a telegraph signal behind an instrument
 * with any response. Histories that the plan no longer distinguishes are merged into one with the mean of their outputs
 * (generalized pseudo-Bayes merging). G. A. Ackerson and K. S. Fu, IEEE Trans. Autom. Control 15 (1970) 10.
 */
export function followedLikelihoods(
  telegraph: Telegraph,
  answer: Answer,
  plan: HistoryPlan,
  trace: BinnedTrace,
  blocks: number,
): Float64Array {
  const { bins, first, width, breaks } = trace;
  const histories = historiesOf(telegraph, answer, plan, trace);
  const found = new Float64Array(blocks);
  let nextBreak = 0;
  for (let block = 0; block < blocks; block++) {
    const end = Math.floor((bins.length * (block + 1)) / blocks);
    let sum = 0;
    for (let n = Math.floor((bins.length * block) / blocks); n < end; n++) {
      if (n === breaks[nextBreak]) {
        histories.restart();
        nextBreak++;
      }
      for (let step = 0; step < plan.steps; step++) histories.advance(step);
      sum += Math.log(histories.see(first + bins[n] * width));
    }
    found[block] = sum;
  }
  return found;
}

/** For each sample, the probability of a smaller one given all before it. */
export function followedRanks(
  telegraph: Telegraph,
  answer: Answer,
  plan: HistoryPlan,
  trace: BinnedTrace,
): Float64Array {
  const histories = historiesOf(telegraph, answer, plan, trace);
  const stops = new Set(trace.breaks);
  return Float64Array.from(trace.bins, (bin, n) => {
    if (stops.has(n)) histories.restart();
    for (let step = 0; step < plan.steps; step++) histories.advance(step);
    const value = trace.first + bin * trace.width;
    const rank = histories.rank(value);
    histories.see(value);
    return rank;
  });
}

/** Number of samples that are decoded at once. */
const window = 2048;

/**
 * The most likely level of every sample given those around it: backward through the histories, in windows that overlap
 * by `margin` samples.
 */
export function followedLevels(
  telegraph: Telegraph,
  answer: Answer,
  plan: HistoryPlan,
  trace: BinnedTrace,
  margin: number,
): Uint8Array {
  const levels = new Uint8Array(trace.bins.length);
  for (const { from, end, first, last } of overlappingWindows(trace, window, margin)) {
    const found = decodedWindow(historiesOf(telegraph, answer, plan, trace), telegraph, plan, {
      ...trace,
      bins: trace.bins.subarray(first, last),
    });
    levels.set(found.subarray(from - first, end - first), from);
  }
  return levels;
}

/** A history before a step: its place, and its possible places after the step. */
interface Passed {
  readonly place: number;
  readonly heirs: readonly { readonly place: number; readonly chance: number }[];
}

function decodedWindow(
  histories: Histories,
  telegraph: Telegraph,
  plan: HistoryPlan,
  { bins, first, width }: BinnedTrace,
): Uint8Array {
  const count = telegraph.levels.length;
  const passed: Passed[][] = [];
  const seen: { place: number; level: number; probability: number; density: number }[][] = [];
  const density = new Float64Array(plan.size);
  for (const bin of bins) {
    for (let step = 0; step < plan.steps; step++) {
      passed.push(
        Array.from(histories.alive.subarray(0, histories.count), (number) => {
          const level = histories.level[number];
          return {
            place: histories.place(number),
            heirs: Array.from({ length: count }, (_, to) => ({
              place: to === level ? histories.placeOfStay(number) : histories.placeOfJump(number, to),
              chance: histories.jump[level * count + to],
            })),
          };
        }),
      );
      histories.advance(step);
    }
    histories.see(first + bin * width, density);
    seen.push(
      Array.from(histories.alive.subarray(0, histories.count), (number) => ({
        place: histories.place(number),
        level: histories.level[number],
        probability: histories.probability[number],
        density: density[number],
      })),
    );
  }
  const found = new Uint8Array(bins.length);
  let after = new Float64Array(plan.size).fill(1);
  for (let n = bins.length - 1; n >= 0; n--) {
    const shares = new Array<number>(count).fill(0);
    const before = new Float64Array(plan.size);
    const most = seen[n].reduce((sum, { place }) => Math.max(sum, after[place]), 0);
    for (const { place, level, probability, density: p } of seen[n]) {
      shares[level] += probability * after[place];
      before[place] = (p * after[place]) / most;
    }
    found[n] = shares.indexOf(Math.max(...shares));
    after = before;
    for (let step = plan.steps - 1; step >= 0; step--) {
      const earlier = new Float64Array(plan.size);
      for (const { place, heirs } of passed[n * plan.steps + step])
        for (const heir of heirs) earlier[place] += heir.chance * after[heir.place];
      after = earlier;
    }
  }
  return found;
}

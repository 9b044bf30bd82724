import type { Kernel } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import type { Lowered } from "../lowered.ts";
import type { SpinBlock } from "./blocks.ts";
import { columnsOf } from "./blocks.ts";
import { release, toHost } from "./library.ts";
import { drawsPerStep, skips } from "./stream.ts";
import type { TallyArrays } from "./tallies.ts";
import { addEvents, compileSample, complete } from "./tallies.ts";

/** Steps a block from one step to another, and adds the watched events to counters. */
export type Advance = (block: SpinBlock, from: number, to: number, watched: TallyArrays) => void;

/** Values of the arguments that follow the arrays, for `length` steps from step `at`. */
function scalars({ variates, timeStep }: Kernel, at: number, length: number): number[] {
  const chunk = Math.floor(at / chunkLength) * chunkLength;
  return [
    ...(variates === "none" ? [] : skips(at * drawsPerStep[variates])),
    length,
    at === chunk ? 1 : 0,
    at - chunk,
    Math.fround(chunk * timeStep),
  ];
}

export function makeAdvance(kernel: Kernel, { steadily, sampled }: Lowered, limit: number): Advance {
  const sampleAt = sampled.map(([tally]) => compileSample(kernel, [tally]));
  return (block, from, to, watched) => {
    const { kernels } = block;
    let piece = limit;
    let at = from;
    while (at < to) {
      const toChunk = chunkLength - (at % chunkLength);
      sampled.forEach(([{ every = 1 }, i], k) => {
        if (at % every !== 0) return;
        const columns = columnsOf(kernel, block, block.count);
        sampleAt[k]([watched[i]], at * kernel.timeStep, columns, block.parameters);
      });
      const toSample = Math.min(...sampled.map(([{ every = 1 }]) => every - (at % every)));
      let length = Math.min(piece, toChunk, toSample, to - at);
      const values = (): unknown[] => [...block.state, ...block.fixed, ...scalars(kernel, at, length)];
      if (steadily.length > 0) {
        const seen = () =>
          kernels.watch.map((run) => {
            const quads = run(...values());
            const found = toHost(quads).map((quad) => Float32Array.from(quad));
            release(quads);
            return found;
          });
        let events = seen();
        // more events than a call returns: repeat the call with fewer steps; a call of one step has one event at most
        while (!events.every(complete)) {
          length = Math.ceil(length / 2);
          events = seen();
        }
        for (const [k, [tally, i]] of steadily.entries()) addEvents(tally, watched[i], events[k]);
        piece = Math.min(limit, 2 * length);
      }
      const next = kernels.state.map((run) => run(...values()));
      for (const quads of block.state) release(quads);
      block.state = next;
      at += length;
    }
  };
}

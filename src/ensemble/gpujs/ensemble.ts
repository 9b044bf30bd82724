import { checkIndices, refuseFinished } from "../copying.ts";
import { filled } from "../initial/pieces.ts";
import type { Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { chunkLength, requireOneStream } from "../kernel.ts";
import { exactly, inFloat64, startOf } from "../snapshot.ts";
import { bySteps, withoutEvents } from "../tally.ts";
import type { Quads, RunKernel } from "./library.ts";
import { availability, openLibrary, release, toHost } from "./library.ts";
import { mathematics } from "./mathematics.ts";
import { advanceText, packText, quadsOf } from "./program.ts";
import { drawsPerStep, seedResidues, skips, streamFunctions } from "./stream.ts";
import type { TallyArrays } from "./tallies.ts";
import { addEvents, compileSample, complete, resultsOf, zeroed } from "./tallies.ts";

/** Spins of one call: a texture any device can hold, and short enough calls for a page to stay alive. */
const blockSize = 1 << 18;

interface Block {
  readonly first: number;
  readonly count: number;
  parameters: readonly Float64Array[];
  /** Parameters, then seeds of the noise. */
  fixed: readonly Quads[];
  state: Quads[];
}

/** Everything one block size needs; two sizes at most occur, the last block being shorter. */
interface Kernels {
  readonly pack: RunKernel;
  readonly state: readonly RunKernel[];
  readonly watch: readonly RunKernel[];
}

export async function prepareEnsemble(
  given: Kernel,
  initial: Filling,
  options: PrepareOptions = {},
): Promise<Ensemble> {
  const kernel = withoutEvents(given);
  requireOneStream(kernel, "gpujs");
  const { filling, ...start } = startOf(kernel, initial, options);
  const { steadily, sampled } = bySteps(kernel);
  const sampleAt = sampled.map(([tally]) => compileSample(kernel, [tally]));
  const where = availability();
  if (!where.available) throw new Error(where.reason);
  const library = await openLibrary([...mathematics, ...streamFunctions]);
  const made = new Map<number, Kernels>();
  const kernelsFor = (count: number): Kernels => {
    const known = made.get(count);
    if (known) return known;
    const build = (text: string): RunKernel => library.kernel(text, count);
    const kernels = {
      pack: build(packText),
      state: Array.from({ length: quadsOf(kernel.state) }, (_, quad) => build(advanceText(kernel, { quad }))),
      watch: steadily.map(([tally]) => build(advanceText(kernel, { tally }))),
    };
    made.set(count, kernels);
    return kernels;
  };
  const pack = (count: number, columns: readonly Float64Array[]): Quads[] => {
    const empty = new Float32Array(count);
    return Array.from({ length: Math.ceil(columns.length / 4) }, (_, quad) =>
      kernelsFor(count).pack(
        ...[0, 1, 2, 3].map((i) => {
          const column = columns[4 * quad + i];
          return column ? Float32Array.from(column) : empty;
        }),
      ),
    );
  };
  const perBlock = Math.min(options.spinsPerDispatch ?? blockSize, blockSize);
  const blocks: Block[] = [];
  for (let first = 0; first < kernel.spins; first += perBlock) {
    const count = Math.min(perBlock, kernel.spins - first);
    const { state, parameters } = await filled(filling, first, count);
    const residues = seedResidues(kernel.seed, (kernel.firstSpin ?? 0) + first, count);
    const seeds =
      kernel.variates === "none"
        ? []
        : [...pack(count, residues.slice(0, 3)), ...pack(count, residues.slice(3))];
    const rounded = parameters.map((column) => Float64Array.from(column, Math.fround));
    blocks.push({
      first,
      count,
      parameters: rounded,
      fixed: [...pack(count, parameters), ...seeds],
      state: pack(count, state),
    });
  }
  const limit = Math.min(chunkLength, Math.max(1, options.stepsPerDispatch ?? chunkLength));
  const samples = new Map(
    Object.entries(kernel.views).map(([name, list]) => [name, compileSample(kernel, list)]),
  );
  let watched: TallyArrays = inFloat64(start.counted);
  let { step } = start;

  /** Values of the arguments that follow the arrays, for `length` steps from step `at`. */
  const scalars = (at: number, length: number): number[] => {
    const chunk = Math.floor(at / chunkLength) * chunkLength;
    return [
      ...(kernel.variates === "none" ? [] : skips(at * drawsPerStep[kernel.variates])),
      length,
      at === chunk ? 1 : 0,
      at - chunk,
      Math.fround(chunk * kernel.timeStep),
    ];
  };

  /** State variables of a block, one array each. */
  const columnsOf = (block: Block, count: number): Float64Array[] => {
    const quads = block.state.map(toHost);
    return kernel.state.map((_, k) =>
      Float64Array.from({ length: count }, (_, i) => quads[Math.floor(k / 4)][i][k % 4]),
    );
  };

  const advanceBlock = (block: Block, to: number): void => {
    const kernels = kernelsFor(block.count);
    let piece = limit;
    let at = step;
    while (at < to) {
      const toChunk = chunkLength - (at % chunkLength);
      sampled.forEach(([{ every = 1 }, i], k) => {
        if (at % every === 0)
          sampleAt[k]([watched[i]], at * kernel.timeStep, columnsOf(block, block.count), block.parameters);
      });
      const toSample = Math.min(...sampled.map(([{ every = 1 }]) => every - (at % every)));
      let length = Math.min(piece, toChunk, toSample, to - at);
      const values = (): unknown[] => [...block.state, ...block.fixed, ...scalars(at, length)];
      if (steadily.length > 0) {
        const seen = () =>
          kernels.watch.map((run) => {
            const quads = run(...values());
            const found = toHost(quads).map((quad) => Float32Array.from(quad));
            release(quads);
            return found;
          });
        let events = seen();
        // more events than a call hands back: the same call again, shorter; a call of one step has one event
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

  const read = async (count: number): Promise<Float64Array[]> => {
    const columns = kernel.state.map(() => new Float64Array(Math.min(count, kernel.spins)));
    for (const block of blocks) {
      const wanted = Math.min(block.count, count - block.first);
      if (wanted <= 0) break;
      for (const [i, column] of columnsOf(block, wanted).entries()) columns[i].set(column, block.first);
    }
    return columns;
  };

  return {
    adapter: where.adapter,
    precision: "float32",
    async advance(to) {
      for (const block of blocks) {
        advanceBlock(block, to);
        // the page, or whoever waits for progress, gets its turn
        await new Promise((resolve) => setTimeout(resolve));
      }
      step = Math.max(step, to);
    },
    async observe(view) {
      const tallies = kernel.views[view];
      const sample = samples.get(view);
      if (!tallies || !sample) throw new Error(`the kernel has no view named ${view}`);
      const counters = zeroed(tallies);
      for (const block of blocks)
        sample(counters, step * kernel.timeStep, columnsOf(block, block.count), block.parameters);
      return resultsOf(tallies, counters);
    },
    async collect() {
      const taken = resultsOf(kernel.watch, watched);
      watched = zeroed(kernel.watch);
      return taken;
    },
    read,
    async snapshot() {
      const single = (columns: readonly Float64Array[]) => columns.map((column) => Float32Array.from(column));
      const parameters = kernel.parameters.map((_, k) => {
        const column = new Float32Array(kernel.spins);
        for (const block of blocks) column.set(block.parameters[k], block.first);
        return column;
      });
      const state = single(await read(kernel.spins));
      return { step, state, parameters, counted: exactly(watched) };
    },
    async gather(indices) {
      refuseFinished(given);
      checkIndices(indices, kernel.spins);
      const whole = await read(kernel.spins);
      const parameters = kernel.parameters.map((_, k) =>
        Float64Array.from(blocks.flatMap((block) => [...block.parameters[k]])),
      );
      for (const block of blocks) {
        const from = indices.subarray(block.first, block.first + block.count);
        const taken = (columns: readonly Float64Array[]) =>
          columns.map((column) => Float64Array.from(from, (index) => column[index]));
        const seeds = block.fixed.slice(quadsOf(kernel.parameters));
        for (const quads of [...block.state, ...block.fixed.slice(0, quadsOf(kernel.parameters))])
          release(quads);
        block.parameters = taken(parameters);
        block.fixed = [...pack(block.count, block.parameters), ...seeds];
        block.state = pack(block.count, taken(whole));
      }
    },
    async dispose() {
      for (const block of blocks) for (const quads of [...block.state, ...block.fixed]) release(quads);
      await library.close();
    },
  };
}

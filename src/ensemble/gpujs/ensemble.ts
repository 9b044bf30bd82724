import { breathe } from "../../linear-algebra/breathe.ts";
import { checkIndices, refuseFinished } from "../copying.ts";
import type { Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { chunkLength, requireOneStream } from "../kernel.ts";
import { lowered } from "../lowered.ts";
import { exactly, inFloat64, startOf } from "../snapshot.ts";
import { resultsOf, withoutEvents } from "../tally.ts";
import { blockSize, columnsOf, gatherBlocks, openBlocks, parametersOf, readBlocks } from "./blocks.ts";
import { makeKernels } from "./kernels.ts";
import { availability, openLibrary, release } from "./library.ts";
import { mathematics } from "./mathematics.ts";
import { makeAdvance } from "./stepping.ts";
import { streamFunctions } from "./stream.ts";
import type { TallyArrays } from "./tallies.ts";
import { compileSample, zeroed } from "./tallies.ts";

const inFloat32 = (columns: readonly Float64Array[]): Float32Array[] =>
  columns.map((column) => Float32Array.from(column));

export async function prepareEnsemble(
  given: Kernel,
  initial: Filling,
  options: PrepareOptions = {},
): Promise<Ensemble> {
  const kernel = withoutEvents(given);
  requireOneStream(kernel, "gpujs");
  const { filling, ...start } = startOf(kernel, initial, options);
  const where = availability();
  if (!where.available) throw new Error(where.reason);
  const library = await openLibrary([...mathematics, ...streamFunctions]);
  const parts = lowered(kernel);
  const made = makeKernels(library, kernel, parts);
  const perBlock = Math.min(options.spinsPerDispatch ?? blockSize, blockSize);
  const blocks = await openBlocks(kernel, filling, made, perBlock);
  const limit = Math.min(chunkLength, Math.max(1, options.stepsPerDispatch ?? chunkLength));
  const advance = makeAdvance(kernel, parts, limit);
  const samples = new Map(
    Object.entries(kernel.views).map(([name, list]) => [name, compileSample(kernel, list)]),
  );
  let watched: TallyArrays = inFloat64(start.counted);
  let { step } = start;
  return {
    adapter: where.adapter,
    precision: "float32",
    async advance(to) {
      for (const block of blocks) {
        advance(block, step, to, watched);
        await breathe();
      }
      step = Math.max(step, to);
    },
    async observe(view) {
      const tallies = kernel.views[view];
      const sample = samples.get(view);
      if (!tallies || !sample) throw new Error(`the kernel has no view named ${view}`);
      const counters = zeroed(tallies);
      for (const block of blocks) {
        const columns = columnsOf(kernel, block, block.count);
        sample(counters, step * kernel.timeStep, columns, block.parameters);
      }
      return resultsOf(tallies, counters);
    },
    async collect() {
      const taken = resultsOf(kernel.watch, watched);
      watched = zeroed(kernel.watch);
      return taken;
    },
    read: async (count) => readBlocks(kernel, blocks, count),
    column: async (name) => readBlocks(kernel, blocks, kernel.spins)[kernel.state.indexOf(name)],
    async snapshot() {
      const parameters = inFloat32(parametersOf(kernel, blocks));
      const state = inFloat32(readBlocks(kernel, blocks, kernel.spins));
      return { step, state, parameters, counted: exactly(watched) };
    },
    async gather(indices) {
      refuseFinished(given);
      checkIndices(indices, kernel.spins);
      gatherBlocks(kernel, blocks, indices);
    },
    async dispose() {
      for (const block of blocks) for (const quads of [...block.state, ...block.fixed]) release(quads);
      await library.close();
    },
  };
}

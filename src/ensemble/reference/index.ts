import { checkIndices, copyingOf, heldBy, refuseFinished } from "../copying.ts";
import { filled } from "../initial/pieces.ts";
import type { Backend, Ensemble, Filling, Kernel, PrepareOptions, Tally, TallyResult } from "../kernel.ts";
import { requireRoom } from "../room.ts";
import { exactly, inFloat64, startOf } from "../snapshot.ts";
import { gathered, sumResult } from "../tally.ts";
import { coreCount, startWorker } from "../workers.ts";
import { about } from "./about.ts";
import { workerProgram } from "./program.ts";

/** Adds the workers' counters, which are whole numbers. */
const added = (shares: readonly Float64Array[][]): Float64Array[] =>
  shares[0].map((counter, i) => counter.map((_, k) => shares.reduce((sum, share) => sum + share[i][k], 0)));

/** Gives sums their scale back. */
function scaled(tallies: readonly Tally[], counters: readonly Float64Array[]): TallyResult[] {
  return tallies.map((tally, i): TallyResult => {
    if (tally.kind === "histogram") return { kind: "histogram", counts: counters[i] };
    const [onGrid, count] = counters[i];
    return sumResult(tally, onGrid, count);
  });
}

async function prepare(kernel: Kernel, given: Filling, options: PrepareOptions = {}): Promise<Ensemble> {
  const { filling, ...start } = startOf(kernel, given, options);
  const threads = Math.max(1, Math.min(options.threads ?? (await coreCount()), kernel.spins));
  await requireRoom(8 * (kernel.state.length + kernel.parameters.length) * kernel.spins, kernel.spins);
  const text = workerProgram(kernel);
  const workers = await Promise.all(Array.from({ length: threads }, () => startWorker(text)));
  const firsts = Array.from({ length: threads + 1 }, (_, i) => Math.floor((i * kernel.spins) / threads));
  try {
    await Promise.all(
      workers.map(async (worker, i) => {
        const spins = firsts[i + 1] - firsts[i];
        const number = (kernel.firstSpin ?? 0) + firsts[i];
        const { state, parameters } = await filled(filling, firsts[i], spins);
        const buffers = [...state, ...parameters].map((column) => column.buffer as ArrayBuffer);
        return worker.call({ call: "load", firstSpin: number, spins, state, parameters }, buffers);
      }),
    );
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.close()));
    throw error;
  }
  let { step } = start;
  /** Counters of before. */
  let counted = inFloat64(start.counted);
  const everywhere = (request: object): Promise<unknown[]> =>
    Promise.all(workers.map((worker) => worker.call(request)));
  const takeCounters = async (): Promise<Float64Array[]> => {
    counted = added([...((await everywhere({ call: "collect" })) as Float64Array[][]), counted]);
    return counted;
  };
  return {
    adapter: `float64 JavaScript, ${threads} thread${threads === 1 ? "" : "s"}`,
    precision: "float64",
    async advance(to) {
      if (to <= step) return;
      await everywhere({ call: "advance", from: step, to });
      step = to;
    },
    async observe(view) {
      const tallies = kernel.views[view];
      if (!tallies) throw new Error(`the kernel has no view named ${view}`);
      return scaled(tallies, added((await everywhere({ call: "observe", view, step })) as Float64Array[][]));
    },
    async collect() {
      const counters = await takeCounters();
      counted = counters.map((counter) => new Float64Array(counter.length));
      return scaled(gathered(kernel), counters);
    },
    async read(count) {
      const columns = kernel.state.map(() => new Float64Array(Math.min(count, kernel.spins)));
      for (const [i, worker] of workers.entries()) {
        if (firsts[i] >= count) break;
        const share = (await worker.call({ call: "read", count: count - firsts[i] })) as Float64Array[];
        for (const [k, column] of share.entries()) columns[k].set(column, firsts[i]);
      }
      return columns;
    },
    async column(name) {
      const values = new Float64Array(kernel.spins);
      const found = await everywhere({ call: "column", index: kernel.state.indexOf(name) });
      for (const [i, share] of found.entries()) values.set(share as Float64Array, firsts[i]);
      return values;
    },
    async snapshot() {
      const shares = (await everywhere({ call: "all" })) as Float64Array[][];
      const columns = [...kernel.state, ...kernel.parameters].map((_, k) => {
        const column = new Float64Array(kernel.spins);
        shares.forEach((share, i) => {
          column.set(share[k], firsts[i]);
        });
        return column;
      });
      const variables = kernel.state.length;
      return {
        step,
        state: columns.slice(0, variables),
        parameters: columns.slice(variables),
        counted: exactly(await takeCounters()),
      };
    },
    async gather(indices) {
      refuseFinished(kernel);
      checkIndices(indices, kernel.spins);
      const shares = workers.map((_, i) => copyingOf(indices, firsts[i], firsts[i + 1] - firsts[i]));
      const foreign = await Promise.all(
        shares.map(async (share) => {
          const columns = [...kernel.state, ...kernel.parameters].map(
            () => new Float64Array(share.foreign.length),
          );
          for (const [owner, worker] of workers.entries()) {
            const held = heldBy(share.foreign, firsts[owner], firsts[owner + 1]);
            if (held.length === 0) continue;
            const places = held.map((k) => share.foreign[k] - firsts[owner]);
            const found = (await worker.call({ call: "pick", places })) as Float64Array[];
            for (const [column, values] of found.entries())
              held.forEach((k, i) => {
                columns[column][k] = values[i];
              });
          }
          return columns;
        }),
      );
      await Promise.all(
        workers.map((worker, i) => worker.call({ call: "gather", copying: shares[i], foreign: foreign[i] })),
      );
    },
    async dispose() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Float64 JavaScript in worker threads: the reference of the other backends, available wherever JavaScript is. */
export const reference: Backend = {
  ...about,
  async probe() {
    const threads = await coreCount();
    return { available: true, adapter: "float64 JavaScript", software: true, threads };
  },
  prepare,
};

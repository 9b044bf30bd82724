import { checkIndices, copyingOf, heldBy, refuseFinished } from "../copying.ts";
import type { Backend, Ensemble, Filling, Kernel, PrepareOptions, Tally, TallyResult } from "../kernel.ts";
import { gathered, gridSize } from "../tally.ts";
import { coreCount, startWorker } from "../workers.ts";
import { workerProgram } from "./program.ts";

/** Adds the workers' counters, which are whole numbers, and gives sums their scale back. */
function combine(tallies: readonly Tally[], shares: readonly Float64Array[][]): TallyResult[] {
  return tallies.map((tally, i): TallyResult => {
    const counters = shares[0][i].map((_, k) => shares.reduce((sum, share) => sum + share[i][k], 0));
    if (tally.kind === "histogram") return { kind: "histogram", counts: counters };
    const [onGrid, count] = counters;
    return { kind: "sum", total: count * tally.low + (onGrid * (tally.high - tally.low)) / gridSize, count };
  });
}

async function prepare(kernel: Kernel, filling: Filling, options: PrepareOptions = {}): Promise<Ensemble> {
  const threads = Math.max(1, Math.min(options.threads ?? (await coreCount()), kernel.spins));
  const text = workerProgram(kernel);
  const workers = await Promise.all(Array.from({ length: threads }, () => startWorker(text)));
  const firsts = Array.from({ length: threads + 1 }, (_, i) => Math.floor((i * kernel.spins) / threads));
  await Promise.all(
    workers.map((worker, i) => {
      const spins = firsts[i + 1] - firsts[i];
      const { state, parameters } = filling(firsts[i], spins);
      const buffers = [...state, ...parameters].map((column) => column.buffer as ArrayBuffer);
      return worker.call({ call: "load", firstSpin: firsts[i], spins, state, parameters }, buffers);
    }),
  );
  let step = 0;
  const everywhere = (request: object): Promise<unknown[]> =>
    Promise.all(workers.map((worker) => worker.call(request)));
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
      return combine(tallies, (await everywhere({ call: "observe", view, step })) as Float64Array[][]);
    },
    async collect() {
      return combine(gathered(kernel), (await everywhere({ call: "collect" })) as Float64Array[][]);
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
        workers.map((worker, i) =>
          worker.call({ call: "gather", sources: shares[i].sources, foreign: foreign[i] }),
        ),
      );
    },
    async dispose() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Float64 JavaScript in worker threads: the judge of the other backends, there wherever JavaScript is. */
export const reference: Backend = {
  name: "reference",
  async probe() {
    const threads = await coreCount();
    return { available: true, adapter: "float64 JavaScript", software: true, threads };
  },
  prepare,
};

import { checkIndices, refuseFinished } from "../copying.ts";
import type { Backend, Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { requireRoom } from "../room.ts";
import { exactly, inFloat64, startOf } from "../snapshot.ts";
import { addedUp, gathered, resultsOf } from "../tally.ts";
import { coreCount } from "../workers.ts";
import { about } from "./about.ts";
import { Shares } from "./shares.ts";

async function prepare(kernel: Kernel, given: Filling, options: PrepareOptions = {}): Promise<Ensemble> {
  const { filling, ...start } = startOf(kernel, given, options);
  const threads = Math.max(1, Math.min(options.threads ?? (await coreCount()), kernel.spins));
  await requireRoom(8 * (kernel.state.length + kernel.parameters.length) * kernel.spins, kernel.spins);
  const shares = await Shares.fill(kernel, filling, threads);
  let { step } = start;
  /** Counters up to the snapshot. */
  let counted = inFloat64(start.counted);
  const takeCounters = async (): Promise<Float64Array[]> => {
    const taken = (await shares.everywhere({ call: "collect" })) as Float64Array[][];
    counted = addedUp([...taken, counted]);
    return counted;
  };
  return {
    adapter: `float64 JavaScript, ${threads} thread${threads === 1 ? "" : "s"}`,
    precision: "float64",
    async advance(to) {
      if (to <= step) return;
      await shares.everywhere({ call: "advance", from: step, to });
      step = to;
    },
    async observe(view) {
      const tallies = kernel.views[view];
      if (!tallies) throw new Error(`the kernel has no view named ${view}`);
      const counters = (await shares.everywhere({ call: "observe", view, step })) as Float64Array[][];
      return resultsOf(tallies, addedUp(counters));
    },
    async collect() {
      const counters = await takeCounters();
      counted = counters.map((counter) => new Float64Array(counter.length));
      return resultsOf(gathered(kernel), counters);
    },
    read: (count) => shares.read(count),
    column: (name, room) => shares.column(name, room),
    async snapshot() {
      return { step, ...(await shares.all()), counted: exactly(await takeCounters()) };
    },
    async gather(indices) {
      refuseFinished(kernel);
      checkIndices(indices, kernel.spins);
      await shares.gather(indices);
    },
    dispose: () => shares.close(),
  };
}

/** Float64 JavaScript in worker threads: the reference of the other backends, available wherever JavaScript is. */
export const reference: Backend = {
  ...about,
  async probe(wanted) {
    const threads = wanted ?? (await coreCount());
    return { available: true, adapter: "float64 JavaScript", software: true, threads };
  },
  prepare,
};

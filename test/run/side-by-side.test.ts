import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { differences } from "../../src/run/differences.ts";
import { run } from "../../src/run/run.ts";
import { backends } from "../laws/backends.ts";

const experiment = (seed: number, more: object = {}) => ({
  compare: "none",
  magnet: { delta: 3, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  ensemble: 150,
  seed,
  time: { duration: 5, step: 0.05, integrator: "splitting" },
  observables: [{ type: "moments", times: 3 }],
  ...more,
});

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined)("gives two runs at once what it gives each alone", async () => {
    const both = [
      experiment(1),
      experiment(2, { ensemble: 190, observables: [{ type: "dwell", up: "mz > 0.3", down: "mz < -0.3" }] }),
    ];
    const options = { backend: backend.name, threads: 1 } as const;
    const together = await Promise.all(both.map((one) => run(one, options)));
    for (const [i, one] of both.entries())
      expect(differences(await run(one, options), together[i]), `run ${i}`).toEqual([]);
  });
});

describe("many runs in one process", () => {
  it("leave neither memory nor workers behind", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const resources = (): string[] =>
      process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name));
    const before = resources();
    const held: number[] = [];
    for (let i = 0; i < 12; i++) {
      const backend = i % 2 === 0 ? "reference" : "wasm";
      const stop = new AbortController();
      // the first is stopped on its way, with its thread of exact figures
      const onProgress = i === 0 ? () => stop.abort() : undefined;
      await run(experiment(i), {
        backend,
        threads: 2,
        ...(onProgress ? { signal: stop.signal, onProgress } : {}),
      }).catch((error) => expect(stop.signal.aborted, String(error)).toBe(true));
      await new Promise((resolve) => setTimeout(resolve));
      collect();
      held.push(process.memoryUsage().heapUsed);
    }
    // what is compiled once is there after some runs; from then on nothing grows
    const [middle, end] = [held.slice(4, 8), held.slice(8)].map((part) => Math.min(...part));
    expect(end - middle).toBeLessThan(4e6);
    await expect.poll(resources, { timeout: 5000 }).toHaveLength(before.length);
  });
});

import { describe, expect, it } from "vitest";
import type { Ensemble, TallyResult } from "../../src/ensemble/kernel.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { plan } from "../../src/observables/plan.ts";
import { backends } from "../laws/backends.ts";

/*
 * An ensemble prepared from a snapshot is the one that the snapshot was taken of: state, parameters, registers, counters and noise,
 * to the bit, wherever in a chunk of noise it was taken and however the spins are divided afterwards.
 */

const spins = 700;
/** A step before any spin is left alone: the window of Dynkin's formula is longer. */
const early = 37;
const base = {
  magnet: {
    Ms: 8e5,
    volume: 2e-25,
    alpha: 0.1,
    temperature: 300,
  },
  energies: [{ type: "uniaxial", Ku1: { mean: 2.5e4, deviation: 2e3, distribution: "normal" } }],
  ensemble: spins,
  seed: 3,
  time: { duration: 4e-9, step: 5e-12, integrator: "splitting" },
};
const cases = {
  "registers, spreads and counters": [
    { type: "moments", times: 2 },
    { type: "dwell", up: "mz > 0.3", down: "mz < -0.3" },
    { type: "entropyProduction", times: 2 },
  ],
  "finished spins": [{ type: "firstPassage", until: "mz < 0" }],
};

/** Each is planned once for all backends. */
const planned = Object.entries(cases).map(([name, observables]) => {
  const checked = checkExperiment({ ...base, observables });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return [name, plan(reduce(checked.experiment))] as const;
});

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined).each(planned)("goes on to the bit: %s", async (_, { kernel, filling }) => {
    const seen = async (ensemble: Ensemble): Promise<unknown> => {
      const views: TallyResult[][] = [];
      const at = (await ensemble.snapshot()).step;
      // where a finished spin is left depends on how the steps were divided
      const areAllStepped = !kernel.finished || at === early;
      if (areAllStepped)
        for (const view of Object.keys(kernel.views)) views.push(await ensemble.observe(view));
      const read = areAllStepped ? await ensemble.read(spins) : [];
      return { views, read, collected: await ensemble.collect() };
    };
    const straight = await backend.prepare(kernel, filling, { threads: 1 });
    await straight.advance(early);
    const wantedEarly = await seen(straight);
    await straight.advance(700);
    const wanted = await seen(straight);
    await straight.dispose();

    let options: Parameters<typeof backend.prepare>[2] = { threads: 2, spinsPerDispatch: 256 };
    let ensemble = await backend.prepare(kernel, filling, options);
    for (const stop of [early, 256, 301, 613]) {
      await ensemble.advance(stop);
      if (stop === early) expect(await seen(ensemble)).toEqual(wantedEarly);
      const snapshot = await ensemble.snapshot();
      expect(snapshot.step).toBe(stop);
      // sampling changes nothing: the next snapshot is the same
      expect(await ensemble.snapshot()).toEqual(snapshot);
      await ensemble.dispose();
      options = { threads: 1 + (stop % 3), snapshot: structuredClone(snapshot) };
      ensemble = await backend.prepare(kernel, () => Promise.reject() as never, options);
    }
    await ensemble.advance(700);
    expect(await seen(ensemble)).toEqual(wanted);
    await expect(backend.prepare({ ...kernel, spins: spins - 1 }, filling, options)).rejects.toThrow(
      "belongs to another ensemble",
    );
    await ensemble.dispose();
  });
});

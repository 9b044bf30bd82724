import { expect, it } from "vitest";
import { differences } from "../../src/run/differences.ts";
import { run } from "../../src/run/run.ts";
import { mergeSpins, runSpins } from "../../src/run/share/run-spins.ts";

const experiment = {
  magnet: { delta: 1, alpha: 0.2 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, 0.2] },
  ],
  initial: { type: "boltzmann" },
  ensemble: 30,
  time: { duration: 10, step: 0.05 },
  compare: "none",
  observables: [
    { type: "moments", times: 3 },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    { type: "firstPassage", until: "mz < 0" },
    { type: "histogram", of: "mz", bins: 8, times: 2 },
    { type: "spectrum", of: "mz", sampleEvery: 0.5 },
    { type: "trajectory", spins: 3, every: 0.5 },
    { type: "entropyProduction", times: 2 },
  ],
};

/** A loop under a periodic drive; and events in the ensemble of their own that the merge runs. */
const driven = {
  ...experiment,
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.2, frequency: 0.3125 } }] },
  ],
  time: { duration: 9.6, step: 0.05 },
  observables: [{ type: "cycle", period: 3.2, periods: 2 }],
};
const rare = {
  ...experiment,
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: 256,
  observables: [
    { type: "rareEvent", event: "mz < 0", islands: 8 },
    { type: "moments", times: 2 },
  ],
};

it.each([
  ["every observable that watches the spins", "wasm", experiment],
  ["every observable that watches the spins", "reference", experiment],
  ["a loop", "wasm", driven],
  ["a loop", "reference", driven],
  ["a rare event", "wasm", rare],
] as const)("%s in shares is the whole's, on %s", async (_, backend, experiment) => {
  const options = { backend, threads: 1 };
  const whole = await run(experiment, options);
  expect(whole.observables.map(({ type }) => type)).toEqual(experiment.observables.map(({ type }) => type));
  const shares = [];
  for (const share of [2, 1]) {
    const ran = await runSpins(experiment, { share, of: 2 }, options);
    if (!ran.share) throw new Error(ran.outcome);
    shares.push(ran.share);
  }
  expect(differences(whole, await mergeSpins(experiment, shares, options))).toEqual([]);
});

import { expect, it } from "vitest";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { firstSettled } from "../../src/observables/spectrum/records.ts";

/** Of a hundred samples, the first that a spectrum uses. */
function firstUsed(changes: object): number {
  const checked = checkExperiment({
    magnet: { delta: 3, alpha: 0.1 },
    energies: [
      { type: "uniaxial", Ku1: 1 },
      { type: "zeeman", B_ext: [0, 0, 0.1] },
    ],
    initial: { type: "boltzmann" },
    time: { duration: 200 },
    observables: [{ type: "spectrum", of: "mz", sampleEvery: 2 }],
    ...changes,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return firstSettled(reduce(checked.experiment), 100);
}

it.each([
  ["all samples of an ensemble at rest", {}, 0],
  ["the second half after a start in one direction", { initial: { type: "direction", m: [0, 0, 1] } }, 50],
  [
    "the second half under a torque",
    { torques: [{ type: "spinTransfer", dampingLike: 0.01, polarizer: [0, 0, 1] }] },
    50,
  ],
  [
    "the second half under a drive, which moves spins away from Boltzmann's law",
    { energies: [{ type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.1, frequency: 0.05 } }] }] },
    50,
  ],
])("a spectrum uses %s", (_, changes, first) => {
  expect(firstUsed(changes)).toBe(first);
});

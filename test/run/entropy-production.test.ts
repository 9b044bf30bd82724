import { expect, it } from "vitest";
import { fokkerPlanck } from "../../src/library.ts";
import { run } from "../../src/run/run.ts";

const uniaxial = { type: "uniaxial", Ku1: 1 };
const backend = { backend: "wasm", threads: 1 } as const;

it("without a torque the transfer does no work, whatever rounding leaves of it", async () => {
  const { certificate } = await run(
    {
      magnet: { delta: 2, alpha: 0.2 },
      energies: [uniaxial, { type: "zeeman", B_ext: [0.1, 0, 0.05] }],
      initial: { type: "boltzmann" },
      ensemble: 1000,
      time: { duration: 5 },
      observables: [{ type: "entropyProduction", times: 2 }],
    },
    backend,
  );
  expect(certificate?.reason).toBeUndefined();
  expect(certificate?.passed).toBe(true);
});

it("a pulse that is short beside the run is counted whole", async () => {
  const { observables, certificate } = await run(
    {
      magnet: { delta: 3, alpha: 0.5 },
      energies: [{ ...uniaxial, anisU: [1, 1, 1] }],
      torques: [
        {
          type: "spinTransfer",
          dampingLike: { pulse: { amplitude: 0.33, length: 10 } },
          polarizer: [0, 1, 0],
        },
      ],
      initial: { type: "uniform" },
      ensemble: 10_000,
      time: { duration: 400 },
      observables: [{ type: "entropyProduction", times: [1, 400] }],
    },
    backend,
  );
  const [produced] = observables as unknown as { workOfTransfer: number[] }[];
  // as under the same torque in a run that ends at 20
  expect(Math.abs(produced.workOfTransfer[0] - 0.07385)).toBeLessThan(0.01);
  expect(certificate?.passed).toBe(true);
});

it("powers under a drive that jumps are those between its jumps, and a note says so", async () => {
  const under = (B_ext: readonly unknown[]) =>
    run(
      {
        magnet: { delta: 2, alpha: 0.5 },
        energies: [uniaxial, { type: "zeeman", B_ext }],
        ensemble: 100,
        time: { duration: 20 },
        observables: [{ type: "entropyProduction", times: 4 }],
      },
      backend,
    );
  const square = await under([0, 0, "0.2*(1 - 2*floor(1 - 0.5*sin(0.7*t)))"]);
  expect(square.notes).toEqual([
    "entropy production: the drive jumps 4 times, and the powers do not contain their work; for a periodic drive the loop does",
  ]);
  expect((await under([0, 0, "0.2*abs(sin(0.7*t))"])).notes).toEqual([]);
  expect((await under([0, 0, 0.2])).notes).toEqual([]);
});

it("a temperature that changes does no work: the energy does not depend on it", () => {
  const { fokkerPlanck: exact } = fokkerPlanck({
    magnet: { delta: { ramp: { from: 6, to: 3, start: -10, length: 20 } }, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    initial: { type: "boltzmann" },
    ensemble: 100,
    time: { duration: 1 },
    observables: [{ type: "entropyProduction", times: 1 }],
  });
  expect(Math.abs(Number(exact!.entropyProduction!.workOfDrive))).toBeLessThan(1e-12);
});

it("escapes over a low barrier go at the quasi-stationary rate, not at one over the passage from the pole", () => {
  // eigenvalues of the operator with an absorbing rim, by finite volumes of 4000 cells
  for (const [delta, alpha, until, rate] of [
    [2, 0.2, "mz < -0.95", 0.014864],
    [3.863, 0.05, "mz < -0.9", 8.595e-4],
  ] as const) {
    const { fokkerPlanck: exact } = fokkerPlanck({
      magnet: { delta, alpha },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "well", m: [0, 0, 1] },
      ensemble: 100,
      time: { duration: 100 },
      observables: [{ type: "rareEvent", until }],
    });
    expect(exact!.rareEvent!.rate! / rate).toBeCloseTo(1, 4);
  }
});

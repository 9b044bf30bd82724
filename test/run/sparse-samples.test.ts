import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/run/run.ts";

/*
 * The trapezoid over samples as far apart as 1.6 correlation times gives a tenth too much: no statement of the ensemble about the magnet.
 * A certificate failed for it.
 */
it("withholds a correlation time that its samples are too far apart for", async () => {
  const result = await run(
    {
      magnet: { delta: 3, alpha: 0.5 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "boltzmann" },
      ensemble: 2000,
      seed: 1,
      time: { duration: 200 },
      observables: [{ type: "spectrum", of: "mx", sampleEvery: 2 }],
    },
    { backend: wasm, threads: 1 },
  );
  const [spectrum] = result.observables;
  if (spectrum.type !== "spectrum") throw new Error("a spectrum expected");
  expect(spectrum.correlationTime).toBeNull();
  expect(spectrum.correlationTimeStandardError).toBeNull();
  expect(
    result.comparisons.find(({ observable }) => observable.startsWith("correlation time"))?.reason,
  ).toMatch(/too far apart/);
  expect(result.figures.filter(({ standing }) => standing === "contradicts")).toEqual([]);
  expect(result.certificate?.passed).toBe(true);
});

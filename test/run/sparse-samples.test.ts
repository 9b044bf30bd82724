import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/run/run.ts";
import { missedByTrapezoid, trapezoid } from "../../src/statistics/relaxation-time.ts";

const sampled = (more: object) => ({
  magnet: { delta: 3, alpha: 0.5 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  ensemble: 2000,
  seed: 1,
  time: { duration: 200 },
  observables: [{ type: "spectrum", of: "mx", sampleEvery: 2 }],
  ...more,
});

/*
 * The trapezoid over samples as far apart as 1.6 correlation times gives a tenth too much: no statement of the ensemble about the magnet.
 * A certificate failed for it.
 */
it("withholds a correlation time that its samples are too far apart for", async () => {
  const result = await run(sampled({}), { backend: wasm, threads: 1 });
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

it("withholds it without an exact side, too, and says why", async () => {
  const alone = (sampleEvery: number, duration: number) =>
    run(
      sampled({
        ensemble: 400,
        time: { duration },
        compare: "none",
        observables: [{ type: "spectrum", of: "mx", sampleEvery }],
      }),
      { backend: wasm, threads: 1 },
    );
  const sparse = await alone(2, 200);
  const [spectrum] = sparse.observables;
  expect(spectrum).toMatchObject({ correlationTime: null, correlationTimeStandardError: null });
  expect(summary(sparse)).toMatch(/correlation time +not resolved: the samples are too far apart/);
  const [close] = (await alone(0.25, 70)).observables;
  if (close.type !== "spectrum" || !close.correlationTimeStandardError) throw new Error("a time expected");
  // 1.217: by the exact side
  expect(Math.abs((close.correlationTime ?? 0) - 1.217)).toBeLessThan(4 * close.correlationTimeStandardError);
  expect(close.correlationTimeReason).toBeUndefined();
});

it("knows from every other sample what the rule of trapezes misses", () => {
  for (const interval of [0.3, 0.7, 1.6]) {
    const decay = Float64Array.from({ length: 60 }, (_, j) => Math.exp(-j * interval));
    const missed = trapezoid(decay, 40, interval) - 1;
    const estimated = missedByTrapezoid(decay, 39, interval);
    expect(estimated / missed).toBeGreaterThan(0.8);
    expect(estimated / missed).toBeLessThan(1.1);
  }
});

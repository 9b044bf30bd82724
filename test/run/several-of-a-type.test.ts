import { expect, it } from "vitest";
import { run } from "../../src/run/run.ts";

it("several observables of one type stand beside exact figures of their own", async () => {
  const result = await run(
    {
      magnet: { delta: 2, alpha: 0.2 },
      energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
      initial: { type: "boltzmann" },
      ensemble: 300,
      time: { duration: 200, step: 0.2 },
      observables: [
        { type: "spectrum", of: "mz", sampleEvery: 1 },
        { type: "spectrum", of: "mx", sampleEvery: 1 },
        { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
        { type: "dwell", name: "wide", up: "mz > 0.8", down: "mz < -0.8" },
      ],
    },
    { backend: "wasm", threads: 1 },
  );
  const { fokkerPlanck } = result;
  const [mz, mx, narrow, wide] = (fokkerPlanck?.observables ?? []) as unknown as Record<string, number>[];
  // ⟨mz²⟩ of exp(2 mz²), by quadrature, and ⟨mx²⟩ = (1 − ⟨mz²⟩)/2
  const [weights, squares] = [0, 2].map((power) => {
    const n = 2000;
    return Array.from({ length: n }, (_, i) => (i + 0.5) / n)
      .map((c) => c ** power * Math.exp(2 * c * c))
      .reduce((a, b) => a + b, 0);
  });
  expect(mz.variance).toBeCloseTo(squares / weights, 6);
  expect(mx.variance).toBeCloseTo((1 - squares / weights) / 2, 6);
  expect(wide.up).toBeGreaterThan(1.02 * narrow.up);
  // under its type stands the first of each
  expect(fokkerPlanck?.spectrum?.variance).toBe(mz.variance);
  expect(fokkerPlanck?.dwell?.up).toBe(narrow.up);
  const exact = result.figures.filter(({ name }) => /^(variance|mean dwell up)/.test(name));
  expect(exact.map((figure) => figure.exact)).toEqual([mz.variance, mx.variance, narrow.up, wide.up]);
  for (const figure of exact) expect(Math.abs(figure.standardErrors ?? 0)).toBeLessThan(5);
});

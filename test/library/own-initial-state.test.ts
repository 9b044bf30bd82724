import { afterEach, expect, it } from "vitest";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { initialState, math, register, run } from "../../src/index.ts";
import { catalogueInMarkdown, checkExperiment, reduce } from "../../src/observables/experiment.ts";

/** Directions spread about one of them with Langevin's density, exp(κ m·axis). */
const cone = initialState({
  type: "cone",
  title: "spread about a direction",
  parameters: {
    axis: { kind: "direction", unit: "", meaning: "the direction in the middle" },
    sharpness: { kind: "number", unit: "1", meaning: "κ", above: 0 },
  },
  example: { axis: [0, 0, 1], sharpness: 4 },
  law: ({ axis, sharpness }) => ({
    energyOverKT: math.mul(-sharpness, math.dot(math.m, math.vector(...axis))),
  }),
});

let remove: (() => void) | undefined;
afterEach(() => remove?.());

it("an initial state is one entry: described, checked, drawn from, and an exact density", async () => {
  remove = register({ initialStates: [cone] });
  expect(catalogueInMarkdown()).toContain("spread about a direction");
  const [axis, sharpness, ensemble] = [[0.6, 0, 0.8], 4, 20_000];
  const experiment = {
    magnet: { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 300 },
    energies: [{ type: "uniaxial", Ku1: 1e4 }],
    initial: { type: "cone", axis, sharpness },
    ensemble,
    time: { duration: 1e-10 },
    observables: [{ type: "moments", times: [0] }],
  };
  // Langevin's function, and the variance of m·axis
  const langevin = 1 / Math.tanh(sharpness) - 1 / sharpness;
  const variance = 1 - (2 * langevin) / sharpness - langevin ** 2;
  const along = (m: readonly number[]): number => m.reduce((sum, x, i) => sum + x * axis[i], 0);

  const checked = checkExperiment(experiment);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const { typical } = demand(predict(reduce(checked.experiment)));
  const [density] = demand(typical.solution.evolve(typical.initial, [0]));
  expect(Math.abs(along(density.m) - langevin)).toBeLessThan(1e-9);

  const { observables, comparisons } = await run(experiment as never, { backend: "wasm", threads: 1 });
  const [{ m }] = observables as unknown as [{ m: number[][] }];
  expect(Math.abs(along(m[0]) - langevin) / Math.sqrt(variance / ensemble)).toBeLessThan(3);
  expect(comparisons.map(({ agrees }) => agrees)).not.toContain(false);
  expect(comparisons.length).toBeGreaterThan(0);
});

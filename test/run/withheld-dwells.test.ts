import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/run/run.ts";

const dwelling = (threshold: number, more: object) => ({
  magnet: { delta: 2.5, alpha: 0.04 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  ensemble: 2000,
  observables: [{ type: "dwell", up: `mz > ${threshold}`, down: `mz < ${-threshold}` }],
  ...more,
});
const dwellOf = async (experiment: object) => {
  const result = await run(experiment, { backend: wasm });
  const [dwell] = result.observables;
  if (dwell.type !== "dwell") throw new Error("dwell times expected");
  return { result, dwell };
};

it("gives no mean dwell between thresholds that the steps do not tell apart", async () => {
  const { result, dwell } = await dwellOf(dwelling(0.02, { time: { duration: 20, step: 0.2 } }));
  expect([dwell.up, dwell.down]).toEqual([null, null]);
  expect(dwell.reason).toMatch(/too close for steps of 0.20/);
  expect(summary(result)).toContain(dwell.reason);
  expect(result.figures.map(({ name }) => name)).toEqual(["share of time up, dwell"]);
  expect(result.certificate?.passed).toBe(true);
});

it("gives no mean dwell of a run that is short beside the time between thresholds", async () => {
  // an axis at 30°: on the circle between the wells spins cross both thresholds, and precess ever more slowly
  const tilted = (duration: number, ensemble: number) =>
    dwelling(0.4, {
      ensemble,
      energies: [{ type: "uniaxial", Ku1: 1, anisU: [0.5, 0, Math.sqrt(0.75)] }],
      time: { duration },
    });
  const short = await dwellOf(tilted(60, 2000));
  expect(short.dwell.up).toBeNull();
  expect(short.dwell.reason).toMatch(/began before the run/);
  expect(short.result.certificate?.passed).toBe(true);
  const long = await dwellOf(tilted(800, 500));
  expect(long.dwell.reason).toBeUndefined();
  expect(long.result.certificate?.passed).toBe(true);
  expect(long.result.figures.every(({ standing }) => standing === "agrees")).toBe(true);
});

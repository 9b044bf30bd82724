import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { readSweep } from "../../src/sweep/description.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import { runPoints } from "../../src/sweep/run-points.ts";

it("write errors by splitting are counted at every point, with interval and exact partner", async () => {
  const experiment = {
    magnet: { delta: 20, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    torques: [{ type: "spinTransfer", dampingLike: 0.2, polarizer: [0, 0, 1] }],
    initial: { type: "well", m: [0, 0, 1] },
    ensemble: 4096,
    time: { duration: 60 },
    observables: [{ type: "rareEvent", event: "mz > 0" }],
  };
  const read = readSweep({ experiment, vary: { "torques.0.dampingLike": [0.2, 0.25] } });
  if (!read.ok) throw new Error("the sweep is sound");
  const plan = await planSweep(read.sweep, experiment);
  const values: Readonly<Record<string, number | null>>[] = [];
  for await (const { record } of runPoints(plan, [0, 1], { backend: wasm, threads: 1 })) {
    expect(record.tests.made).toBe(1);
    values.push(record.values);
  }
  expect(values).toHaveLength(2);
  for (const point of values) {
    const [p, error, exact, low, high] = ["", ".error", ".exact", ".low", ".high"].map(
      (end) => point[`rare_event.probability${end}`] as number,
    );
    // fixed seed
    expect(Math.abs(p - exact)).toBeLessThan(4 * error);
    expect(low).toBeLessThan(p);
    expect(high).toBeGreaterThan(p);
    expect(exact).toBeCloseTo(point["exact.notSwitched"] as number, 12);
  }
  // a quarter more torque switches better by far
  expect(values[1]["rare_event.probability.exact"] as number).toBeLessThan(
    (values[0]["rare_event.probability.exact"] as number) / 50,
  );
});

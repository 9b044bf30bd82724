import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { sweepFigures } from "../../src/report/sweep-figures.ts";
import { readSweep } from "../../src/sweep/description.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
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
  const records: PointRecord[] = [];
  for await (const { record } of runPoints(plan, [0, 1], { backend: wasm, threads: 1 })) {
    expect(record.tests.made).toBe(1);
    records.push(record);
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
  // Butler's formula, typed anew: θ² grows from 1/Δ, fed by noise, and is counted up to (π/2)²
  for (const [k, overdrive] of [2, 2.5].entries()) {
    const grown = (overdrive * Math.exp(2 * 0.1 * (overdrive - 1) * 60) - 1) / (20 * (overdrive - 1));
    const butler = values[k]["rare_event.probability.formula.Butler_write_error"] as number;
    expect(butler / -Math.expm1(-((Math.PI / 2) ** 2) / grown)).toBeCloseTo(1, 9);
    const exact = values[k]["rare_event.probability.exact"] as number;
    const legendre = values[k]["rare_event.probability.formula.Tzoufras_Legendre_expansion"] as number;
    expect(legendre / exact).toBeCloseTo(1, 3);
  }
  // a quarter more torque switches better by far
  expect(values[1]["rare_event.probability.exact"] as number).toBeLessThan(
    (values[0]["rare_event.probability.exact"] as number) / 50,
  );

  // the report: points with their intervals, the exact line, and each formula as a broken one
  const { result, table } = sweepResult(plan, records, "");
  const figures = sweepFigures(result, table);
  const shown = figures.filter(({ title }) => title.startsWith("rare_event.probability"));
  expect(shown.map(({ title }) => title)).toEqual(["rare_event.probability"]);
  const [{ data, caption }] = shown;
  expect(caption).toContain("95 % intervals");
  const [points, exact, ...formulas] = data as unknown as Record<string, unknown>[];
  expect(points.mode).toBe("markers");
  expect(points.error_y).toMatchObject({
    symmetric: false,
    array: values.map(
      (v) => (v["rare_event.probability.high"] as number) - (v["rare_event.probability"] as number),
    ),
    arrayminus: values.map(
      (v) => (v["rare_event.probability"] as number) - (v["rare_event.probability.low"] as number),
    ),
  });
  expect(exact).toMatchObject({ mode: "lines", name: "exact" });
  expect(exact.y).toEqual(values.map((v) => v["rare_event.probability.exact"]));
  expect(formulas.map(({ name }) => name)).toEqual([
    "Butler write error",
    "Write error linear noise and exact flow",
    "Tzoufras Legendre expansion",
  ]);
  for (const { line, y } of formulas) {
    expect(line).toHaveProperty("dash");
    expect((y as number[]).every((p) => p > 0)).toBe(true);
  }
});

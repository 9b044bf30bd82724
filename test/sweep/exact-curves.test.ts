import { expect, it } from "vitest";
import { sweepFigures } from "../../src/report/sweep-figures.ts";
import { backends, run } from "../../src/run/run.ts";
import { columnsOf } from "../../src/sweep/columns.ts";
import type { CurvePlaces } from "../../src/sweep/exact-curves.ts";
import { curvePlaces, exactCurves } from "../../src/sweep/exact-curves.ts";
import type { SweepPlan } from "../../src/sweep/plan.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { planOf } from "./plan-of.ts";

const field = "energies.1.B_ext.2";
const experimentAt = (z: number) => ({
  magnet: { delta: 0.5, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, z] },
  ],
  ensemble: 100,
  time: { duration: 0.1, step: 0.05 },
  observables: [{ type: "moments", times: 1 }],
});
const backend = backends.find(({ name }) => name === "wasm") ?? backends[0];

/** Where curves would be solved if every point of a plan had an exact figure. */
function placesIn(plan: SweepPlan): CurvePlaces {
  const values = plan.points.map(() => 1);
  const paths = plan.paths.map((name) => ({ name, unit: "", values: plan.points.map((at) => at[name]) }));
  const columns = [...paths, { name: "moments.mz.exact", unit: "", values }];
  return curvePlaces(plan, { columns, rows: values.length });
}

it("a cut's exact curve goes through its points and what a single run has between them", async () => {
  const plan = await planOf({ [field]: [-0.2, 0.4] }, experimentAt(0));
  const places = placesIn(plan);
  // thirds of the way
  expect(places.points.map((at) => at[field])).toEqual([expect.closeTo(0, 12), expect.closeTo(0.2, 12)]);
  const records: PointRecord[] = [];
  const [first] = places.points;
  const options = { backend, threads: 1, isExactOnly: true };
  for await (const { record } of runPoints({ ...plan, points: [first] }, [0], options)) records.push(record);
  const single = await run(experimentAt(first[field] as number), { backend: "wasm", threads: 1 });
  const { values } = columnsOf(single, true);
  const exact = Object.keys(values).filter((name) => /^exact\.|\.exact$/.test(name));
  expect(exact.length).toBeGreaterThan(4);
  for (const name of exact)
    if (values[name] === null) expect(records[0].values[name]).toBeNull();
    else expect(records[0].values[name]).toBeCloseTo(values[name], 9);
  // the same record at every place, with figures of its own there
  const at = (of: SweepPlan["points"], from: number): PointRecord[] =>
    of.map((settings, index) => {
      const own = { ...records[0].values, "moments.mz.exact": from + index };
      return { ...records[0], index, settings, values: own };
    });
  const { result, table } = sweepResult(plan, at(plan.points, 10), "");
  expect(result.units["exact.slowestRate"]).toBe("γ'B_K");
  const curves = exactCurves(plan, places, at(places.points, 20));
  expect(curves).toMatchObject({ points: 2, reason: null });
  const figures = sweepFigures({ ...result, exactCurves: curves }, table);
  const cut = figures.find(({ title }) => title === "moments.mz");
  const line = cut?.data.find(({ mode }) => mode === "lines");
  expect(line).toMatchObject({ x: [-0.2, expect.closeTo(0), expect.closeTo(0.2), 0.4], y: [10, 20, 21, 11] });
  expect(cut?.caption).toContain("at the points and at 2 more places between them");
});

const placesOf = async (vary: object, more: object = {}): Promise<CurvePlaces> =>
  placesIn(await planOf(vary, experimentAt(0), more));

it("a curve has no more extra points than the sweep has points, or says why it has none", async () => {
  const many = await placesOf({ [field]: { from: 0, to: 1, count: 20 }, "magnet.delta": [3, 4, 5] });
  // 3 cuts of 19 intervals
  expect(many.points).toHaveLength(57);
  const log = await placesOf({ "magnet.alpha": { from: 0.01, to: 1, count: 2, scale: "log" } });
  expect(log.points).toHaveLength(2);
  const thirds = log.points.map((at) => 3 * Math.log10(at["magnet.alpha"] as number));
  expect(thirds).toEqual([expect.closeTo(-4, 9), expect.closeTo(-2, 9)]);
  const reasons = [
    [{ seed: [1, 3] }, {}, "do not depend on the seed"],
    [{ ensemble: [100, 101] }, {}, "nothing between the values of ensemble: ensemble must be"],
    [{ "time.integrator": ["heun", "semi-implicit"] }, {}, "are no numbers"],
    [{ [field]: { from: 0, to: 1, count: 200 } }, {}, "dense enough"],
    [{ [field]: [0, 1] }, { exactCurves: false }, "exactCurves: false"],
  ] as const;
  for (const [vary, more, reason] of reasons) {
    const found = await placesOf(vary, more);
    expect(found.points).toEqual([]);
    expect(found.reason).toContain(reason);
  }
});

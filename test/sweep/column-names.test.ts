import { expect, it } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { columnNamesOf } from "../../src/sweep/column-names.ts";
import type { SweepDescription } from "../../src/sweep/description.ts";
import type { PlacedSweep } from "../../src/sweep/plan.ts";
import { placeSweep, planSweep } from "../../src/sweep/plan.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { checkedAt } from "../../src/sweep/shape.ts";
import { tableOf } from "../../src/sweep/table.ts";
import { unexplainedCells } from "./empty-cells.ts";

const description = (path: string, values: readonly number[]): SweepDescription => ({
  experiment: null,
  axes: [{ path, values, range: null }],
  sampling: { type: "grid" },
  commonRandomNumbers: false,
  pointResults: false,
  falseAlarmProbability: 1e-4,
});

/** All points, run. */
async function recordsOf(plan: PlacedSweep): Promise<PointRecord[]> {
  const records: PointRecord[] = [];
  const indices = [...plan.points.keys()];
  for await (const { record } of runPoints(plan, indices, { backend: reference, threads: 1 }))
    records.push(record);
  return records;
}

const free = {
  magnet: { delta: 2, alpha: 0.5 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.2, frequency: 0.05 } }] },
  ],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 60,
  time: { duration: 40 },
};

it.each([
  [
    "of a drive",
    {
      ...free,
      observables: [
        { type: "cycle", period: 20 },
        { type: "moments", times: 4 },
      ],
    },
  ],
  [
    "of two levels",
    {
      ...free,
      energies: [{ type: "uniaxial", Ku1: 1 }],
      observables: [
        { type: "dwell", up: "mz > 0.5", down: "mz < -0.5", name: "up and down" },
        { type: "firstPassage", until: "mz < 0" },
        { type: "entropyProduction", times: 3 },
        { type: "spectrum", of: "mz", sampleEvery: 0.5 },
        { type: "histogram", of: "mz", bins: 8, times: 1 },
      ],
    },
  ],
])("columns %s are known before the first point, all of them and no others", async (_, experiment) => {
  const plan = await planSweep(description("magnet.alpha", [0.5]), experiment);
  const known = await columnNamesOf(plan);
  if (!known) throw new Error("the columns are not known");
  const records = await recordsOf(plan);
  const names = Object.keys(records[0].values);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(known.names.filter((name) => !names.includes(name))).toEqual([]);
  for (const wrong of ["speed", "exact.speed", "cycle.inPhase", "moments.mw", `${names[0]}.exact.exact`])
    expect(known.has(wrong), wrong).toBe(false);
  // and what is empty has one reason
  expect(unexplainedCells(sweepResult(plan, records, "").result)).toEqual([]);
});

it("columns of rare events may be of a probability or of a rate, and those of exact sweeps are always the same", async () => {
  const experiment = {
    ...free,
    energies: [{ type: "uniaxial", Ku1: 1 }],
    observables: [{ type: "rareEvent", event: "mz < 0" }],
  };
  const known = await columnNamesOf(await placeSweep(description("magnet.alpha", [0.5]), experiment));
  expect(["rare_event.probability", "rare_event.rate.low"].map((name) => known?.has(name))).toEqual([
    true,
    true,
  ]);
  expect(known?.has("rare_event.mean")).toBe(false);
  const exact = await columnNamesOf(
    await placeSweep(description("magnet.alpha", [0.5]), experiment, { exact: true }),
  );
  expect(exact?.names).toContain("exact.upRate");
  expect(exact?.has("rare_event.rate")).toBe(false);
});

it("observables of one type have columns and p-values of their own, whatever they are called", async () => {
  const named = (name: string, times: number) => ({ type: "moments", times, name });
  const experiment = {
    ...free,
    energies: [{ type: "uniaxial", Ku1: 1 }],
    initial: { type: "uniform" },
    observables: [named("m two", 2), named("m-two", 1), named("m", 1), named("exact", 1)],
  };
  const plan = await placeSweep(description("magnet.alpha", [0.5]), experiment);
  const [record] = await recordsOf(plan);
  const names = Object.keys(record.values);
  expect(names.filter((name) => name.endsWith(".mz"))).toEqual([
    "m_two.mz",
    "m_two_2.mz",
    "m.mz",
    "exact_2.mz",
  ]);
  expect((await columnNamesOf(plan))?.names).toEqual(names);
  // one of two times is tested in two tests, one alone in one: the same p-value for the same counts
  const pValues = ["m_two_2", "m", "exact_2"].map((name) => record.values[`${name}.pValue`]);
  expect(pValues[0]).toBeGreaterThan(0);
  expect(new Set(pValues).size).toBe(1);
});

it("seeds that are varied are those of the points, and share a step", async () => {
  const plan = await placeSweep(
    { ...description("seed", [5, 7]), sampling: { type: "grid" } },
    { ...free, energies: [{ type: "uniaxial", Ku1: 1 }], observables: [{ type: "moments", times: 1 }] },
  );
  const records = await recordsOf(plan);
  expect(records.map(({ seed }) => seed)).toEqual([5, 7]);
  const { columns } = tableOf(plan.paths, records, checkedAt(plan.experiment, {}) as never);
  expect(columns.filter(({ name }) => name === "seed").map(({ values }) => values)).toEqual([[5, 7]]);
  expect(records[0].values["moments.mz"]).not.toBe(records[1].values["moments.mz"]);
});

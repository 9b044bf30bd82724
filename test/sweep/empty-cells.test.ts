import { expect, it } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { missingCells } from "../../src/sweep/missing-cells.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import type { SweepResult } from "../../src/sweep/result.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { emptyCells, unexplainedCells } from "./empty-cells.ts";
import { planOf } from "./plan-of.ts";

async function resultOf(experiment: unknown, vary: unknown): Promise<SweepResult> {
  const plan = await planOf(vary, experiment);
  const records: PointRecord[] = [];
  for await (const { record } of runPoints(plan, [...plan.points.keys()], { backend: reference, threads: 1 }))
    records.push(record);
  return sweepResult(plan, records, "").result;
}

const magnet = { delta: 2, alpha: 0.5 };
const uniaxial = { type: "uniaxial", Ku1: 1 };
const levels = { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" };
const free = { magnet, energies: [uniaxial], ensemble: 40, time: { duration: 6 } };
const [of, start] = ["mz", { type: "direction", m: [0, 0, 1] }];
const all = [
  { type: "moments", times: 2 },
  levels,
  { type: "firstPassage", until: "mz < 0" },
  { type: "entropyProduction", times: 2 },
  { type: "spectrum", of, sampleEvery: 0.5 },
  { type: "histogram", of, bins: 8, times: 1 },
];

it.each([
  [
    "of spins that differ",
    {
      ...free,
      magnet: { ...magnet, alpha: { mean: 0.5, deviation: 0.05 } },
      observables: [all[0], all[3]],
    },
    { "magnet.delta": [2] },
  ],
  [
    "of rare events with too few spins",
    { ...free, initial: { type: "well", m: start.m }, observables: [{ type: "rareEvent", event: "mz < 0" }] },
    { "magnet.delta": [2] },
  ],
  ["of exact figures", { ...free, ensemble: 0, observables: [] }, { "magnet.delta": [2] }],
  [
    "of a spectrum of few spins",
    { ...free, ensemble: 9, time: { duration: 40 }, observables: [all[4]] },
    { "magnet.delta": [2] },
  ],
  [
    "of one spin that is not compared",
    { ...free, ensemble: 1, compare: "none", time: { duration: 20 }, observables: all },
    { "magnet.alpha": [0.5] },
  ],
])("each empty cell of a sweep %s has one reason", async (_, experiment, vary) => {
  const result = await resultOf(experiment, vary);
  expect(emptyCells(result).length).toBeGreaterThan(0);
  expect(unexplainedCells(result)).toEqual([]);
});

it("figures that a point has not have its own reason, and other points theirs", () => {
  const column = (name: string, values: (number | null)[]) => ({ name, unit: "", values });
  const record = (index: number, missing: PointRecord["missing"]) => ({ index, missing }) as PointRecord;
  const table = { rows: 3, columns: [column("a.x", [1, null, null]), column("a.y", [null, null, 2])] };
  const records = [
    record(4, [{ reason: "y is not known", columns: ["a.y"] }]),
    record(5, [{ reason: "the point failed", columns: ["*"] }]),
    record(6, [{ reason: "a has no x", columns: ["a.*"] }]),
  ];
  expect(missingCells(table, records)).toEqual({
    "a.x": [
      { reason: "the point failed", points: [5] },
      { reason: "a has no x", points: [6] },
    ],
    "a.y": [
      { reason: "y is not known", points: [4] },
      { reason: "the point failed", points: [5] },
    ],
  });
});

import { expect, it } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { columnNamesOf } from "../../src/sweep/column-names.ts";
import type { SweepDescription } from "../../src/sweep/description.ts";
import { placeSweep } from "../../src/sweep/plan.ts";
import { runPoints } from "../../src/sweep/run-points.ts";

const description = (path: string, values: readonly number[]): SweepDescription => ({
  experiment: null,
  axes: [{ path, values, range: null }],
  sampling: { type: "grid" },
  commonRandomNumbers: false,
  pointResults: false,
  falseAlarmProbability: 1e-4,
});

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
  const plan = placeSweep(description("magnet.alpha", [0.5]), experiment);
  const known = await columnNamesOf(plan);
  if (!known) throw new Error("the columns are not known");
  const records = [];
  for await (const { record } of runPoints(plan, [0], { backend: reference, threads: 1 }))
    records.push(record);
  const names = Object.keys(records[0].values);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(known.names.filter((name) => !names.includes(name))).toEqual([]);
  for (const wrong of ["speed", "exact.speed", "cycle.inPhase", "moments.mw", `${names[0]}.exact.exact`])
    expect(known.has(wrong), wrong).toBe(false);
});

it("columns of rare events may be of a probability or of a rate, and those of exact sweeps are always the same", async () => {
  const experiment = {
    ...free,
    energies: [{ type: "uniaxial", Ku1: 1 }],
    observables: [{ type: "rareEvent", event: "mz < 0" }],
  };
  const known = await columnNamesOf(placeSweep(description("magnet.alpha", [0.5]), experiment));
  expect(["rare_event.probability", "rare_event.rate.low"].map((name) => known?.has(name))).toEqual([
    true,
    true,
  ]);
  expect(known?.has("rare_event.mean")).toBe(false);
  const exact = await columnNamesOf(
    placeSweep(description("magnet.alpha", [0.5]), experiment, { exact: true }),
  );
  expect(exact?.names).toContain("exact.upRate");
  expect(exact?.has("rare_event.rate")).toBe(false);
});

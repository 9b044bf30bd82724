import type { PointRecord } from "../../src/sweep/record.ts";
import { noTests } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { planOf } from "../sweep/plan-of.ts";

/** A sweep over a field in which half of the points have none of the figures of dwell times, for one long reason. */
export async function sweepWithGaps(): Promise<ReturnType<typeof sweepResult>> {
  const field = "energies.1.B_ext.2";
  const experiment = {
    magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 4e4 },
      { type: "zeeman", B_ext: [0, 0, 0.01] },
    ],
    ensemble: 60,
    time: { duration: 1e-9 },
  };
  const plan = await planOf({ [field]: [0, 0.01, 0.02, 0.03] }, experiment);
  const columns = ["dwell.up", "dwell.down", "dwell.upRate.exact", "dwell.occupationUp.exact"];
  const reason = "no dwell up ended while dwells were counted: the run is shorter than the mean dwell time";
  const records = plan.points.map(
    (settings, index): PointRecord => ({
      index,
      settings,
      seed: 1,
      values: Object.fromEntries(columns.map((name) => [name, index < 2 ? index + 0.5 : null])),
      units: Object.fromEntries(columns.map((name) => [name, ""])),
      missing: index < 2 ? [] : [{ reason, columns }],
      tests: noTests,
      outcome: "complete",
      reasons: [],
    }),
  );
  return sweepResult(plan, records, "");
}

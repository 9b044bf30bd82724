import { expect, it } from "vitest";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { DeviceLostError } from "../../src/ensemble/webgpu/device.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { planOf } from "./plan-of.ts";

const experiment = {
  magnet: { delta: 2, alpha: 0.3 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 20,
  time: { duration: 1, step: 0.05 },
  compare: "none",
  observables: [{ type: "moments", times: 1 }],
};
const plan = await planOf({ "magnet.delta": [2, 2.5, 3], "magnet.alpha": [0.3] }, experiment, {
  pointResults: true,
});

/** All points where the groups lose their device before these steps of theirs, counted from one over all tries. */
async function pointsWith(...lost: readonly number[]) {
  let calls = 0;
  const backend: Backend = {
    ...wasm,
    async prepareGroups(...given) {
      const together = await wasm.prepareGroups?.(...given);
      if (!together) throw new Error("there are no groups here");
      const advance = together.advance.bind(together);
      together.advance = async (to) => {
        if (lost.includes(++calls)) throw new DeviceLostError("the test took it away");
        await advance(to);
      };
      return together;
    },
  };
  const records: PointRecord[] = [];
  const losses: (number | undefined)[] = [];
  for await (const { record, result } of runPoints(plan, [0, 1, 2], { backend, threads: 1 })) {
    records.push(record);
    losses.push(result?.provenance.deviceLosses);
  }
  return { records, losses, columns: sweepResult(plan, records, "").result.columns };
}

it("points that lost their device are the same as without, and say so in their record, result and table", async () => {
  const quiet = await pointsWith();
  const lost = await pointsWith(1, 2);
  const values = ({ records }: typeof quiet) => records.map(({ values }) => values);
  expect(values(lost)).toEqual(values(quiet));
  // the first batch is one point, which shares its dispatches with none
  expect(lost.records.map(({ deviceLosses }) => deviceLosses)).toEqual(lost.losses);
  expect(lost.losses).toContain(2);
  expect(lost.columns.deviceLosses).toEqual(lost.losses.map((losses) => losses ?? 0));
  expect(quiet.losses).toEqual([undefined, undefined, undefined]);
  expect(quiet.columns).not.toHaveProperty("deviceLosses");
});

import { expect, it } from "vitest";
import type { Backend, Filling } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import type { SweepResult } from "../../src/sweep/result.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { planOf } from "./plan-of.ts";

const experiment = {
  magnet: { delta: 2, alpha: 0.3 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 400,
  time: { duration: 2 },
  observables: [{ type: "moments", times: 1 }],
};
const plan = await planOf({ "magnet.delta": [2, 2.2] }, experiment);

/** The reference, whose spins start elsewhere than they should by some angle. */
const tilted = (angle: number): Backend => ({
  ...reference,
  prepare: (kernel, filling, options) => {
    const moved: Filling = (first, count) => {
      const { state, parameters } = filling(first, count);
      const [x, y, z] = state;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      return {
        parameters,
        state: [x.map((a, i) => c * a + s * z[i]), y, z.map((a, i) => c * a - s * x[i]), ...state.slice(3)],
      };
    };
    return reference.prepare(kernel, moved, options);
  },
});

async function sweptBy(backend: Backend): Promise<SweepResult> {
  const records: PointRecord[] = [];
  for await (const { record } of runPoints(plan, [0, 1], { backend, threads: 1 })) records.push(record);
  return sweepResult(plan, records, "").result;
}

it("an ensemble that is wrong in anything but its step fails by the tests of its points", async () => {
  expect((await sweptBy(tilted(0))).certificate).toMatchObject({ passed: true, failed: [], broken: [] });
  const { certificate } = await sweptBy(tilted(0.7));
  expect(certificate).toMatchObject({ passed: false, broken: [] });
  expect(certificate?.failed.length).toBeGreaterThan(0);
  for (const { pValue } of certificate?.failed ?? []) expect(pValue).toBeLessThan(certificate?.limit ?? 0);
  expect(certificate?.reason).toMatch(/tests failed: point [01], moments/);
});

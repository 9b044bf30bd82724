import { expect, it } from "vitest";
import { isCutShort } from "../../src/run/cut-short.ts";
import { readProblem } from "../../src/run/run.ts";
import { stoppedByUser } from "../../src/run/thread/stopped.ts";

const { experiment } = readProblem({
  name: stoppedByUser,
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 10,
  time: { duration: 1 },
});
const whole = { experiment, fokkerPlanck: null, comparisons: [{ reason: "few counts" }], observables: [] };

it("a result is cut short where a stop is the reason of any figure, and not by the experiment's name", () => {
  expect(isCutShort(whole)).toBe(false);
  for (const missing of [
    { fokkerPlanckReason: stoppedByUser },
    { fokkerPlanck: { rates: { reason: stoppedByUser } } },
    { comparisons: [{ reason: "few counts" }, { reason: stoppedByUser }] },
    { observables: [{ exact: null, exactReason: stoppedByUser }] },
  ])
    expect(isCutShort({ ...whole, ...missing })).toBe(true);
});

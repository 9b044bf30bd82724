import { expect, it, vi } from "vitest";
import { fillingOf } from "../../src/ensemble/initial/filling.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { substitute } from "../../src/expression/rewrite.ts";
import { magnetization } from "../../src/expression/vector.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { parametersAt, problemAt, shapeOf } from "../../src/sweep/shape.ts";
import { simulatePoints } from "../../src/sweep/simulate-points.ts";

const checked = checkExperiment({
  magnet: { delta: 2, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0.1, 0, 0.1] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.01, fieldLike: 0, polarizer: [0, 0, 1] }],
  initial: { type: "direction", m: [0.6, 0, 0.8] },
  ensemble: 4,
  time: { duration: 1, step: 0.1, integrator: "splitting" },
  observables: [{ type: "moments", times: 1 }],
  compare: "none",
});
if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
const ranges = [{ path: "energies.1.B_ext.2", low: -0.1, high: 0.1 }];
const shape = await shapeOf(checked.experiment, ranges);
const points = [-0.1, -0.02, 0.05, 0.1].map((field, i) => {
  const settings = { "energies.1.B_ext.2": field };
  return { settings, problem: problemAt(shape, settings, i) };
});
const { scheme, registers } = shape.plan;

it("points begin where their own numbers put them", () => {
  expect(scheme.stored.some((part) => JSON.stringify(part).includes(shape.swept[0].name))).toBe(true);
  for (const { settings, problem } of points) {
    const values = parametersAt(shape, settings);
    const written = { ...scheme, stored: substitute(scheme.stored, values) };
    const { state } = fillingOf(problem, [written], registers)(0, 3);
    const own = fillingOf(problem, [scheme], registers, magnetization, values)(0, 3).state;
    own.forEach((column, k) => {
      column.forEach((x, i) => {
        expect(x).toBeCloseTo(state[k][i], 15);
      });
    });
  }
});

it("what puts them there is compiled with their plan, not for each", async () => {
  const other = await shapeOf(checked.experiment, ranges);
  const made = vi.spyOn(globalThis, "Function");
  await simulatePoints(reference, other, points);
  const { length } = made.mock.calls;
  made.mockRestore();
  expect(length).toBe(0);
});

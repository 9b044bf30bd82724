import { expect, it } from "vitest";
import { passageFigures } from "../../src/observables/first-passage/figure.ts";

it("the figure of a hazard leaves out short bins without a passage whose intervals would fill it, and no others", () => {
  const passage = {
    name: "first passage",
    survival: { times: [0, 1, 2], value: [1, 0.9, 0.8], low: [1, 0.88, 0.77], high: [1, 0.92, 0.83] },
    hazard: {
      times: [0.001, 0.1, 1, 1.9],
      value: [0, 0, 0.1, 0.12],
      low: [0, 0, 0.08, 0.05],
      high: [40, 0.2, 0.12, 9],
    },
  };
  const whole = {
    provenance: { timeUnit: "s" },
    theory: [],
    observables: [],
    experiment: { observables: [] },
  };
  const [, hazard] = passageFigures(
    ...([passage, null, whole] as unknown as Parameters<typeof passageFigures>),
  );
  const [{ x, y, error_y }] = hazard.data as readonly {
    x: number[];
    y: number[];
    error_y: { array: number[] };
  }[];
  expect(x).toEqual([0.1, 1, 1.9]);
  expect(y).toEqual([0, 0.1, 0.12]);
  expect(error_y.array.map((up) => Number(up.toFixed(9)))).toEqual([0.2, 0.02, 8.88]);
});

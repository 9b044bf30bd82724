import { describe, expect, it } from "vitest";
import { trajectoryFigures } from "../../src/observables/trajectory/figure.ts";
import type { ResultBase } from "../../src/result-parts.ts";

const trajectory = {
  type: "trajectory",
  name: "trajectory",
  times: [0, 1e-9, 2e-9],
  m: [
    [
      [0, 0.1, 1],
      [0, 0.2, 0.9],
      [0, 0.1, -0.8],
    ],
    [
      [0, 0.1, -1],
      [0, -0.1, -0.9],
      [0, -0.2, -0.8],
    ],
  ],
} as const;

const wholeOf = (...observables: object[]): ResultBase =>
  ({ experiment: { observables }, provenance: { timeUnit: "s" } }) as unknown as ResultBase;

const drawn = (whole: ResultBase, more: object = {}) => {
  const [figure] = trajectoryFigures(whole, { ...trajectory, ...more });
  return { ...figure, levels: figure.data.filter(({ name }) => String(name).startsWith("threshold")) };
};

describe("traces of single spins", () => {
  it("are of the component that tells the levels apart, with its thresholds in every strip", () => {
    const found = drawn(wholeOf({ type: "dwell", up: "mz > 0.5", down: "mz < -0.25" }));
    expect(found.title).toBe("Traces: mz");
    expect(found.levels.map(({ y, yaxis }) => [(y as number[])[0], yaxis])).toEqual([
      [0.5, "y"],
      [-0.25, "y"],
      [0.5, "y2"],
      [-0.25, "y2"],
    ]);
  });

  it("are of what is sampled where there are no levels, on a scale that shows it", () => {
    const found = drawn(wholeOf({ type: "spectrum", of: "my", sampleEvery: 1e-10 }));
    expect(found.title).toBe("Traces: my");
    expect(found.levels).toEqual([]);
    expect((found.layout.yaxis as { range: number[] }).range[1]).toBeCloseTo(0.22, 12);
  });

  it("are in ohms where there is a readout", () => {
    const resistance = [
      [5000, 6000, 9000],
      [1e4, 9900, 9800],
    ];
    const found = drawn(wholeOf({ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }), { resistance });
    expect(found.title).toBe("Traces: resistance (kΩ)");
    expect(found.levels).toEqual([]);
    expect(found.data[0].y).toEqual([5, 6, 9]);
  });
});

import { describe, expect, it } from "vitest";
import { trajectoryFigures } from "../../src/observables/trajectory/figure.ts";
import { result } from "../../src/observables/trajectory/result.ts";
import type { PlannedTrajectory } from "../../src/observables/trajectory/spec.ts";
import type { ResultBase } from "../../src/result-parts.ts";
import { readProblem } from "../../src/run/read-problem.ts";

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
    const found = drawn(wholeOf({ type: "dwell", up: "mz > 0.5", down: "mz < -0.25" }), {
      thresholds: [0.5, -0.25],
    });
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

  it("are shaded where a spin is up, and have the share of time at each value at their side", () => {
    const states = [
      [-1, 1, 0],
      [0, 1, 1],
    ];
    const { data } = drawn(wholeOf(), { states });
    const shaded = data.filter(({ name }) => String(name).endsWith(" up"));
    // from the record at which it is up to the one at which it is not any more
    expect(shaded.map(({ x }) => x)).toEqual([
      [1, 2, 2, 1, null],
      [1, 2, 2, 1, null],
    ]);
    const [beside] = data.filter(({ xaxis }) => xaxis === "x2") as unknown as { x: number[]; y: number[] }[];
    // m of the first spin is 1, 0.9 and −0.8: three bins of one record each
    const full = beside.y.filter((_, i) => beside.x[i] === 1);
    expect(full).toHaveLength(6);
    for (const value of [1, 0.9, -0.8]) expect(full.some((y) => Math.abs(y - value) < 2.16 / 48)).toBe(true);
    expect(beside.y[beside.y.length - 1]).toBeCloseTo(1.08, 12);
  });
});

describe("levels of single spins", () => {
  const points = [0.9, 0.2, -0.4, -0.6, 0.1, 0.7].map((mz) => Float64Array.of(0, Math.sqrt(1 - mz * mz), mz));
  const found = (more: object, conditions = { up: "mz > 0.5", down: "mz < -0.5" }) => {
    const problem = readProblem({
      magnet: { delta: 2, alpha: 0.1 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      time: { duration: 5 },
      observables: [
        { type: "dwell", ...conditions },
        { type: "trajectory", every: 1, spins: 1 },
      ],
      ...more,
    });
    const planned = problem.observables[1] as PlannedTrajectory;
    const steps = points.map((_, i) => i);
    return result({ type: "trajectory", name: "trajectory", steps, points }, planned, problem);
  };

  it("are those reached last, by thresholds on m", () => {
    const { states, thresholds } = found({});
    expect(states).toEqual([[1, 1, 1, 0, 0, 1]]);
    expect(thresholds).toEqual([0.5, -0.5]);
  });

  it("have thresholds in ohms where the reference lies along their axis, and none where it does not", () => {
    const readout = { parallel: 1000, antiparallel: 2000, reference: [0, 0, 1] };
    const { thresholds, resistance } = found({ readout });
    // R = 1000 + 500 (1 − mz) Ω
    expect(thresholds?.map((r) => Math.round(r * 1e6) / 1e6)).toEqual([1250, 1750]);
    expect(resistance?.[0][0]).toBeCloseTo(1050, 9);
    const aside = found({ readout: { ...readout, reference: [1, 0, 0] } });
    expect(aside.thresholds).toBeUndefined();
    expect(aside.states).toEqual([[1, 1, 1, 0, 0, 1]]);
  });

  it("are turned round where up is the lower one", () => {
    const { states, thresholds } = found({}, { up: "mz < -0.5", down: "mz > 0.5" });
    expect(states).toEqual([[0, 0, 0, 1, 1, 0]]);
    expect(thresholds).toEqual([-0.5, 0.5]);
  });
});

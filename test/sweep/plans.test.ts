import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import { pointsOfTask, readTask, taskOfArray } from "../../src/run/share/task.ts";
import { readSweep } from "../../src/sweep/description.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import { pointsOf } from "../../src/sweep/points.ts";

const experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 50,
  time: { duration: 20 },
};
const read = (vary: unknown, more: object = {}) => {
  const found = readSweep({ experiment, vary, ...more });
  if (!found.ok) throw new Error(found.problems.map(describeInputError).join("\n"));
  return found.sweep;
};

describe("points of a sweep", () => {
  it("make a grid, its last path fastest, linear and logarithmic", async () => {
    const points = await pointsOf(
      read({
        "magnet.alpha": [0.1, 0.2],
        "magnet[delta]": [1],
        "time.duration": { from: 1, to: 100, count: 3, scale: "log" },
      }),
    );
    expect(
      points.map((point) => [point["magnet.alpha"], Math.round(point["time.duration"] as number)]),
    ).toEqual([
      [0.1, 1],
      [0.1, 10],
      [0.1, 100],
      [0.2, 1],
      [0.2, 10],
      [0.2, 100],
    ]);
  });

  it("are finite between any two numbers", async () => {
    const along = async (range: object): Promise<number[]> =>
      (await pointsOf(read({ a: { count: 5, ...range } }))).map(({ a }) => a as number);
    for (const [from, to] of [
      [1e-300, 1e300],
      [1e300, 1e-300],
      [-1e300, -1e-300],
      [1e-300, 1e-290],
    ]) {
      const values = await along({ from, to, scale: "log" });
      expect([values[0], values[4]]).toEqual([from, to]);
      const powers = values.map((x) => Math.log10(Math.abs(x)));
      const even = [0, 1, 2, 3, 4].map((i) => powers[0] + (i * (powers[4] - powers[0])) / 4);
      for (const [i, power] of powers.entries()) expect(power).toBeCloseTo(even[i], 9);
      expect(values.every((x) => Math.sign(x) === Math.sign(from))).toBe(true);
    }
    expect(await along({ from: -1.5e308, to: 1.5e308 })).toEqual([-1.5e308, -7.5e307, 0, 7.5e307, 1.5e308]);
  });

  it("go side by side in a list", async () => {
    const points = await pointsOf(read({ a: [1, 2], b: { from: 5, to: 6, count: 2 } }, { sampling: "list" }));
    expect(points).toEqual([
      { a: 1, b: 5 },
      { a: 2, b: 6 },
    ]);
  });

  it("are drawn anywhere in the ranges, the same every time", async () => {
    const sweep = read(
      { a: { from: 1, to: 3 }, b: { from: 1, to: 1e4, scale: "log" } },
      { sampling: { type: "random", points: 2000 } },
    );
    const points = await pointsOf(sweep);
    expect(await pointsOf(sweep)).toEqual(points);
    const mean = (of: (p: (typeof points)[number]) => number) =>
      points.reduce((sum, p) => sum + of(p), 0) / points.length;
    // five standard errors of uniform variates
    expect(Math.abs(mean(({ a }) => a as number) - 2)).toBeLessThan((5 * 2) / Math.sqrt(12 * 2000));
    expect(Math.abs(mean(({ b }) => Math.log10(b as number)) - 2)).toBeLessThan(
      (5 * 4) / Math.sqrt(12 * 2000),
    );
  });

  it("have one in every part of every axis in a Latin hypercube", async () => {
    const sweep = read(
      { a: { from: 0, to: 1 }, b: { from: 0, to: 1 } },
      { sampling: { type: "latinHypercube", points: 50 } },
    );
    const points = await pointsOf(sweep);
    for (const path of ["a", "b"])
      expect(points.map((p) => Math.floor(50 * (p[path] as number))).sort((x, y) => x - y)).toEqual(
        Array.from({ length: 50 }, (_, i) => i),
      );
    expect(points.map(({ a }) => a)).not.toEqual(points.map(({ b }) => b));
  });
});

describe("a bad plan is refused", () => {
  it.each([
    [{ vary: {} }, /must name at least one path/],
    [{ vary: { "magnet.alpha": [] } }, /vary\.magnet\.alpha must have at least one value/],
    [{ vary: { "magnet.alpha": { from: 1, to: 2 } } }, /must have a count/],
    [{ vary: { "magnet.alpha": { from: -1, to: 2, count: 3, scale: "log" } } }, /one sign/],
    [{ vary: { a: [1, 2], b: [1] }, sampling: "list" }, /the same number of values/],
    [{ vary: { a: { from: 0, to: 1, count: 3 } }, sampling: { type: "random", points: 3 } }, /no count/],
    [{ vary: { "torques.0.J": [1], "torques[0].J": [2] } }, /given twice/],
    [{ vary: { a: [1, 2, 1] } }, /vary\.a must have every value once.*seed.*, got 1$/],
    [{ vary: { a: [0.1, "0.1"] } }, /vary\.a must have every value once.*seed.*, got "0\.1"$/],
    [{ vary: { a: ["1e3", 2, " 1000"] } }, /vary\.a must have every value once.*, got " 1000"$/],
    [{ vary: { a: { from: 1, to: 1, count: 2 } } }, /vary\.a must have different from and to/],
    [{ vary: { a: { from: 1, to: 2, count: 1 } } }, /vary\.a must have a count above 1/],
    [{ vary: { a: 1 } }, /vary\.a must be a list or an object with keys, got 1/],
    [{ vary: { a: [1] }, name: "" }, /name must have at least 1 character/],
    [{ vary: { a: [1] }, falseAlarmProbability: 0.5 }, /falseAlarmProbability must be in \(0, 0\.05\]/],
    [
      { vary: { a: [1] }, sampling: { type: "random", count: 3 } },
      /sampling\.points must be given.*\nsampling\.count is/,
    ],
    [
      { vary: { a: [1] }, sampling: "gird" },
      /sampling must be one of grid, list, got "gird"; did you mean grid/,
    ],
    [
      { vary: { a: { from: 0, to: 1 } }, sampling: { type: "random", points: 6e6 } },
      /sampling\.points must be a whole number in \[1, 5000000\], got 6000000/,
    ],
    [{ vary: { a: [1] }, sampling: { type: "gird" } }, /sampling\.type must be one of grid, list, random/],
    [{ vary: { a: [1] }, sampeling: "grid" }, /sampeling is not known; did you mean sampling/],
  ])("%j", (sweep, rule) => {
    const found = readSweep({ experiment, ...sweep });
    expect(found.ok ? "" : found.problems.map(describeInputError).join("\n")).toMatch(rule);
  });

  it.each([
    [{ "magnet.aplha": [0.1] }, /magnet\.aplha is not known; did you mean alpha/],
    [{ "energies.3.Ku1": [1] }, /energies\.3\.Ku1 must name one of the 1 entries/],
    [{ "energies.00.Ku1": [1] }, /energies\.00\.Ku1 must name one of the 1 entries/],
    [
      { "magnet.alpha": { from: 0.1, to: 0.1 + 1e-16, count: 9 } },
      /vary\.magnet\.alpha must have from and to so far apart that its values differ, got 0\.1/,
    ],
    [{ magnet: [3] }, /magnet must be an object with keys, got 3/],
    [{ "magnet.alpha": [0.1, -1] }, /magnet\.alpha must be > 0, got -1/],
    [
      { "magnet.alpha": { from: 0.1, to: 1, count: 1000 }, "magnet.delta": { from: 1, to: 2, count: 10000 } },
      /at most 5000000 points/,
    ],
  ])("%j", async (vary, rule) => {
    await expect(planSweep(read(vary), experiment)).rejects.toThrow(rule);
  });

  it("a list that makes a point twice", async () => {
    const list = (delta: (number | string)[]) =>
      read({ "magnet.alpha": [1, 1], "magnet.delta": delta }, { sampling: "list" });
    await expect(planSweep(list([2, 2]), experiment)).rejects.toThrow(/vary must make every point once/);
    await expect(planSweep(list([2, "2"]), experiment)).rejects.toThrow(/vary must make every point once/);
    expect((await planSweep(list([2, 3]), experiment)).points).toHaveLength(2);
  });

  it("and a good one is told from any other by all that its results depend on", async () => {
    const vary = { "magnet.alpha": [0.1, 0.2] };
    const { fingerprint } = await planSweep(read(vary), experiment);
    expect((await planSweep(read(vary), structuredClone(experiment))).fingerprint).toBe(fingerprint);
    const others = [
      await planSweep(read({ "magnet.alpha": [0.1, 0.3] }), experiment),
      await planSweep(read(vary), { ...experiment, seed: 2 }),
      await planSweep(read(vary, { commonRandomNumbers: true }), experiment),
      await planSweep(read(vary), { ...experiment, ensemble: 0 }),
    ];
    expect(new Set([fingerprint, ...others.map((other) => other.fingerprint)]).size).toBe(5);
    expect(others[3].exact).toBe(true);
  });
});

describe("shares", () => {
  it("are every N-th point, each point once", () => {
    const all = [1, 2, 3].flatMap((share) => pointsOfTask({ share, of: 3 }, 10));
    expect([...all].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pointsOfTask({ share: 5, of: 5 }, 3)).toEqual([]);
    expect(readTask("2/3")).toEqual({ share: 2, of: 3 });
    expect(() => readTask("1/100001")).toThrow(/must be i\/N with 1 ≤ i ≤ N ≤ 100000, got 1\/100001/);
    for (const text of ["0/3", "4/3", "1", "a/b", "1/0"]) expect(() => readTask(text)).toThrow(RangeError);
  });

  it.each([
    // by hand, what failed once more
    [{ SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_TASK_MIN: "3", SLURM_ARRAY_TASK_MAX: "3" }, /--task 3\/N/],
    [
      {
        SLURM_ARRAY_TASK_ID: "3",
        SLURM_ARRAY_TASK_MIN: "1",
        SLURM_ARRAY_TASK_MAX: "7",
        SLURM_ARRAY_TASK_COUNT: "3",
      },
      /not evenly spaced/,
    ],
    [{ LSB_JOBINDEX: "4", LSB_JOBINDEX_END: "9", LSB_JOBINDEX_STEP: "2" }, /not evenly spaced/],
    [{ PBS_ARRAY_INDEX: "4" }, /--task "\$PBS_ARRAY_INDEX\/N"/],
    [{ PBS_ARRAYID: "4" }, /--task "\$PBS_ARRAYID\/N"/],
  ])("are not guessed: %j", (environment, rule) => {
    expect(() => taskOfArray(environment)).toThrow(rule);
  });

  it("are taken from array jobs", () => {
    const slurm = {
      SLURM_ARRAY_TASK_ID: "7",
      SLURM_ARRAY_TASK_MIN: "3",
      SLURM_ARRAY_TASK_MAX: "9",
      SLURM_ARRAY_TASK_COUNT: "4",
    };
    expect(taskOfArray(slurm)).toEqual({ share: 3, of: 4 });
    expect(
      taskOfArray({ SGE_TASK_ID: "5", SGE_TASK_FIRST: "1", SGE_TASK_LAST: "10", SGE_TASK_STEPSIZE: "1" }),
    ).toEqual({ share: 5, of: 10 });
    expect(taskOfArray({ LSB_JOBINDEX: "5", LSB_JOBINDEX_END: "10", LSB_JOBINDEX_STEP: "2" })).toEqual({
      share: 3,
      of: 5,
    });
    expect(taskOfArray({})).toBeUndefined();
    // outside an array job Grid Engine says undefined, LSF 0
    expect(
      taskOfArray({ SGE_TASK_ID: "undefined", LSB_JOBINDEX: "0", LSB_JOBINDEX_END: "0" }),
    ).toBeUndefined();
  });
});

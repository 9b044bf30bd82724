import { describe, expect, it } from "vitest";
import { sweepHtml } from "../../src/report/sweep.ts";
import { sweepFigures } from "../../src/report/sweep-figures.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import { noTests } from "../../src/sweep/record.ts";
import { sweepResult } from "../../src/sweep/result.ts";
import { planOf } from "./plan-of.ts";

const [field, time] = ["energies.1.B_ext.2", "time.duration"];
const experiment = {
  magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 4e4 },
    { type: "zeeman", B_ext: [0, 0, 0.01] },
  ],
  ensemble: 60,
  time: { duration: 1e-9 },
};
const units = { "moments.mz": "", "moments.mz.error": "", "moments.mz.exact": "", "dwell.upRate": "1/s" };
/** Fields fall, so that a map that takes points as they come is wrong; the point at 0.01 T and 2 ns has nothing. */
const plan = await planOf({ [field]: [0.02, 0.01], [time]: [1e-9, 2e-9, 4e-9] }, experiment);
const mz = [0.3, 0.2, 0.1, 0.6, null, 0.4];
const exact = [0.32, 0.2, 0.07, 0.6, null, null];
const rates = [1e6, 1e7, 1e8, 1e9, null, 1e5];
const records = mz.map((value, index): PointRecord => {
  const error = value === null ? null : 0.01;
  const values = {
    "moments.mz": value,
    "moments.mz.error": error,
    "moments.mz.exact": exact[index],
    "dwell.upRate": rates[index],
  };
  const missing = [{ reason: "nobody knows", columns: ["*"] }];
  const settings = plan.points[index];
  return {
    index,
    settings,
    seed: 1,
    values,
    units,
    missing,
    tests: noTests,
    outcome: "complete",
    reasons: [],
  };
});
const { result, table } = sweepResult(plan, records, "");
const figures = sweepFigures(result, table);
const mapOf = (title: string) => {
  const found = figures.find((one) => one.title === title && one.data[0].type === "heatmap");
  if (!found) throw new Error(`no map of ${title}`);
  return found;
};

describe("a map over two paths", () => {
  it("has cells in the order of its axes, with units, contours and gaps", () => {
    const { data, layout, caption } = mapOf("moments.mz");
    const z = [
      [0.6, 0.3],
      [null, 0.2],
      [0.4, 0.1],
    ];
    const on = { x: [0.01, 0.02], y: [1e-9, 2e-9, 4e-9], z };
    const contour = { type: "contour", ...on, contours: { showlabels: true } };
    // white on the dark colours, black on the light ones
    expect(data).toMatchObject([
      { type: "heatmap", ...on },
      { ...contour, line: { color: "#fff" } },
      { ...contour, line: { color: "#000" } },
    ]);
    const [dark, bright] = data.slice(1).map((trace) => trace.contours as Record<string, number>);
    // sums of steps of 0.05 that miss 0 by rounding read 0
    expect(dark.labelformat).toBe(".2~f");
    expect(dark.start).toBeCloseTo(0.1, 9);
    expect(dark.end).toBeCloseTo(0.35, 9);
    expect(bright.start).toBeCloseTo(0.4, 9);
    // one at the highest value would enclose nothing
    expect(bright.end).toBeGreaterThan(0.54);
    expect(bright.end).toBeLessThan(0.61);
    // a gap is not filled with what is between its neighbours
    for (const trace of data) expect(trace).not.toHaveProperty("connectgaps");
    expect(layout).toMatchObject({
      xaxis: { title: { text: `${field} (T)` } },
      yaxis: { title: { text: `${time} (s)` } },
    });
    expect(caption).toContain("1 point of 6 without a value");
  });

  it("of what spans decades shows logarithms, and says so", () => {
    const [heatmap] = mapOf("dwell.upRate").data;
    expect(heatmap.z).toEqual([
      [9, 6],
      [null, 7],
      [5, 8],
    ]);
    expect(heatmap.colorbar).toMatchObject({ title: { text: "log₁₀ 1/s" } });
  });

  it("of disagreement is in standard errors, about zero, without contours of noise", () => {
    const { data, caption } = mapOf("moments.mz: disagreement");
    expect(data).toHaveLength(1);
    const [{ z, zmin, zmax, colorbar }] = data as unknown as {
      readonly z: (number | null)[][];
      readonly [key: string]: unknown;
    }[];
    const wanted = [
      [0, -2],
      [null, 0],
      [null, 3],
    ];
    for (const [i, row] of wanted.entries())
      for (const [j, value] of row.entries())
        if (value === null) expect(z[i][j]).toBeNull();
        else expect(z[i][j]).toBeCloseTo(value, 9);
    expect([zmin, zmax]).toEqual([-4, 4]);
    expect(colorbar).toMatchObject({ title: { text: "σ" } });
    expect(caption).toContain("2 points of 6 without a value");
  });

  it("stands in the report with what its gaps are", () => {
    const page = sweepHtml(result, table, "");
    expect(page).toContain("<h2>Empty cells</h2>");
    expect(page).toContain("<td>moments.mz.exact</td><td>2 points</td><td>nobody knows</td>");
  });
});

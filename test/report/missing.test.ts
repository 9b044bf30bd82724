import { describe, expect, it } from "vitest";
import { readable } from "../../src/figures/readable.ts";
import { missingFigures } from "../../src/report/missing.ts";
import { missingLines } from "../../src/report/rates.ts";
import { ratesOver } from "../../src/run/rates-over.ts";
import { fokkerPlanck } from "../../src/run/run.ts";

const low = (changes: object = {}) => ({
  magnet: { delta: 5, alpha: 0.3 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, 0] },
  ],
  initial: { type: "well", m: [0, 0, 1] },
  time: { duration: 10 },
  ...changes,
});

describe("every row of exact rates", () => {
  const found = ratesOver(low(), { "energies[1].B_ext[2]": [-1.3, -0.9, -0.5, 0, 0.5, 1.3] });
  it("has each figure or says at which value it is missing, and why", () => {
    const [path] = found.paths;
    const lines = missingLines(found);
    for (const row of found.rows) {
      const figures = {
        "escape rate up": row.up,
        "escape rate down": row.down,
        "not switched": row.notSwitched,
      };
      for (const [quantity, figure] of Object.entries(figures))
        if (figure === null)
          expect(
            lines.some(
              (line) =>
                (line.startsWith(quantity) || line.startsWith("everything")) &&
                line.includes(`${path} = ${readable(row.settings[path])}`),
            ),
            `${quantity} at ${row.settings[path]}: ${lines.join("\n")}`,
          ).toBe(true);
    }
    expect(found.rows.some(({ up }) => up === null)).toBe(true);
  });

  it("knows the not-switched probability of wells that reach beyond the equator a little", () => {
    // below −1 the well at mz = 1 is a summit: that row has one reason for everything
    const missing = found.rows.filter(({ notSwitched }) => notSwitched === null);
    expect(missing.map(({ settings }) => Object.values(settings)[0])).toEqual([-1.3]);
    expect(missing[0].reasons[0].reason).toMatch(/maximum/);
  });
});

it("a start on the equator has no side to be left, and says so", () => {
  const { rows } = ratesOver(low({ initial: { type: "direction", m: [1, 0, 0] } }), {
    "time.duration": [5, 10],
  });
  for (const { notSwitched, reasons } of rows) {
    expect(notSwitched).toBeNull();
    expect(reasons).toContainEqual({ quantity: "not switched", reason: "all spins start on the equator" });
  }
});

it("a result lists what its exact side lacks, with times", () => {
  const experiment = low({
    energies: [
      { type: "uniaxial", Ku1: { mean: 1, deviation: 0.05 } },
      { type: "zeeman", B_ext: [0, 0, 0.1] },
    ],
    initial: { type: "direction", m: [0, 0, 1] },
    observables: [
      { type: "moments", times: [5, 10] },
      { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    ],
  });
  const result = fokkerPlanck(experiment);
  const lines = missingFigures(result);
  expect(lines.some((line) => /^eigenvalues: .*Ku1/.test(line))).toBe(true);
  expect(lines.some((line) => /^telegraph times: .*Ku1/.test(line))).toBe(true);
  expect(lines.some((line) => line.startsWith("moments"))).toBe(false);
  expect(lines.join("\n")).not.toContain("no reason is known");
  const lacking = {
    ...result,
    fokkerPlanck: result.fokkerPlanck && {
      ...result.fokkerPlanck,
      evolution: [1, 2, 3].map((time) => ({
        time,
        m: [0, 0, 0],
        mm: [0, 0, 0, 0, 0, 0],
        probabilityUp: time < 3 ? null : 0.5,
        probabilityDown: 0.5,
        probabilityErrorEstimate: 1e-7,
        ...(time < 3 ? { probabilityReason: "too small" } : {}),
      })),
    },
  };
  expect(missingFigures(lacking)).toContain(
    "probability of mz > 0 at 2 times from 1 to 2 1/(γ'B_K): too small",
  );
});

import { describe, expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { reportHtml } from "../../src/report/report.ts";
import { readProblem, run } from "../../src/run/run.ts";
import { leastNamed, startsStationary, unsettled } from "../../src/statistics/settled.ts";
import { columnsOf } from "../../src/sweep/columns.ts";

const of = (experiment: object) => {
  const problem = readProblem({ ensemble: 10, time: { duration: 40 }, ...experiment });
  return { problem, prediction: demand(predict(problem)) };
};
const uniaxial = { type: "uniaxial", Ku1: 1 };

describe("stationarity", () => {
  it("is decided by the whole density: a uniform start of a cubic magnet has its first and second moments only", () => {
    const { problem, prediction } = of({
      magnet: { delta: 4, alpha: 0.2 },
      energies: [{ type: "cubic", Kc1: 1, anisC1: [1, 0, 0], anisC2: [0, 1, 0] }],
      initial: { type: "uniform" },
    });
    const [start] = demand(prediction.densities([0]));
    const stationary = demand(prediction.stationary());
    [...start.m, ...start.mm].forEach((x, i) => {
      expect(x).toBeCloseTo([...stationary.m, ...stationary.mm][i], 6);
    });
    expect(startsStationary(prediction)).toBe(false);
    expect(unsettled(problem, prediction, 0)).toContain("still differs from it");
    expect(unsettled(problem, prediction, 1000)).toBeUndefined();
  });

  it("is found in a start that is stationary, and not in a Boltzmann start with a torque", () => {
    const magnet = { delta: 4, alpha: 0.1 };
    const still = of({ magnet, energies: [uniaxial], initial: { type: "boltzmann" } });
    expect(unsettled(still.problem, still.prediction, 0)).toBeUndefined();
    expect(startsStationary(still.prediction)).toBe(true);
    const torques = [{ type: "spinTransfer", dampingLike: 0.01, polarizer: [0, 0, 1] }];
    const leaning = of({ magnet, energies: [uniaxial], torques, initial: { type: "boltzmann" } });
    expect(unsettled(leaning.problem, leaning.prediction, 4)).toContain("still differs from it");
    const well = of({
      magnet: { delta: 30, alpha: 0.1 },
      energies: [uniaxial, { type: "zeeman", B_ext: [0, 0, 0.5] }],
      initial: { type: "well", m: [0, 0, 1] },
    });
    expect(startsStationary(well.prediction)).toBe(true);
  });

  it("is asked of the rarest state that a figure hangs on", () => {
    const { problem, prediction } = of({
      ensemble: 1e6,
      magnet: { delta: 4, alpha: 0.2 },
      energies: [uniaxial, { type: "zeeman", B_ext: [0, 0, 0.75] }],
      initial: { type: "well", m: [0, 0, 1] },
    });
    // one spin in some 10⁴ is down: none of them is there at the start, which the density as a whole hardly shows
    expect(unsettled(problem, prediction, 0)).toBeUndefined();
    expect(unsettled(problem, prediction, 0, 1e-4)).toContain("still differs from it");
    expect(unsettled(problem, prediction, 1e4, 1e-4)).toBeUndefined();
    // of ten spins none is due there
    expect(unsettled({ ...problem, ensemble: 10 }, prediction, 0, 1e-4)).toBeUndefined();
  });

  it("is asked as finely as the ensemble can see", () => {
    for (const share of [1, 0.1, 1e-3]) {
      const limits = [10, 1e3, 1e5, 1e7].map((spins) => leastNamed(share, spins));
      limits.forEach((limit, i) => {
        // of a look at N spins an eighth of a standard error at most, or what every test forgives
        expect(limit).toBeLessThanOrEqual(
          Math.max(0.125 * Math.sqrt(share / 10 ** (2 * i + 1)), Math.min(3e-4, 0.0025 * share)),
        );
        if (i > 0) expect(limit).toBeLessThanOrEqual(limits[i - 1]);
      });
    }
  });

  it("is what exact dwell times and spectra are of: beside a run that has not settled none stands", async () => {
    const result = await run(
      {
        magnet: { delta: 2, alpha: 1 },
        energies: [uniaxial, { type: "zeeman", B_ext: [0, 0, -0.85] }],
        initial: { type: "uniform" },
        ensemble: 1000,
        time: { duration: 4, step: 0.02 },
        observables: [
          { type: "dwell", up: "mz > 0.6", down: "mz < 0.2" },
          { type: "spectrum", of: "mz", sampleEvery: 0.1 },
        ],
      },
      { backend: wasm },
    );
    expect(result.certificate?.passed).toBe(true);
    expect(result.figures.map(({ name }) => name.split(",")[0])).toEqual([
      "mean dwell up",
      "escape rate up",
      "mean dwell down",
      "escape rate down",
      "share of time up",
      "variance",
    ]);
    for (const figure of result.figures) {
      expect(figure).toMatchObject({ exact: null, standing: "not tested", guard: null });
      expect(figure.reason).toContain("still differs from it");
    }
    // the reason stands once, and at the other figures where it stands
    expect(summary(result)).toMatch(
      /mean dwell up.*exact —.*not tested: the exact figures are of the stationary state/,
    );
    expect(summary(result)).toMatch(
      /share of time up.*exact —.*not tested: same reason as for mean dwell up, dwell/,
    );
    expect(reportHtml(result, "")).toContain("6 figures could not be tested");
    const { values } = columnsOf(result, true);
    expect([values["dwell.up.exact"], values["dwell.occupationUp.exact"]]).toEqual([null, null]);
    // the figures of the stationary state are still told as such
    expect(result.fokkerPlanck?.dwell?.occupationUp).toBeLessThan(0.01);
  });
});

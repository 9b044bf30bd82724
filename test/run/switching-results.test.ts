import { describe, expect, it } from "vitest";
import { figures } from "../../src/report/report.ts";
import { fokkerPlanck, run } from "../../src/run/run.ts";

describe("switching statistics of a run", () => {
  it("hold the rate, hazard, quantiles and exponentiality of free spins that leave a hemisphere", async () => {
    // from +z to mz < 0 by free diffusion: the mean is ln(2)/D, late times decay with 2D
    const experiment = {
      magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
      ensemble: 4000,
      time: { duration: 1e-8 },
      observables: [{ type: "firstPassage", until: "mz < 0" }],
    };
    const result = await run(experiment, { backend: "reference" });
    const [passage] = result.observables;
    const exact = result.fokkerPlanck?.firstPassage;
    if (passage.type !== "firstPassage" || !passage.rate || !exact?.hazard || !exact.mean)
      throw new Error("a first passage expected");
    const diffusion = Math.LN2 / exact.mean;
    const late = exact.hazard.value.findLast((h) => h !== null) as number;
    expect(late / (2 * diffusion)).toBeCloseTo(1, 2);
    // the mean within the run and the whole mean, both within five of their errors of the exact ones
    const within = passage.restrictedMean;
    if (!within) throw new Error("a mean within the run expected");
    expect(Math.abs(within.value - (exact.restrictedMean as number))).toBeLessThan(5 * within.standardError);
    expect(Math.abs((passage.mean as number) - exact.mean)).toBeLessThan(
      5 * (passage.meanStandardError as number),
    );
    // passages over time watched
    expect(passage.rate.value * within.value * (passage.passed + passage.censored)).toBeCloseTo(
      passage.passed,
      6,
    );
    expect(passage.rate.low).toBeLessThan(passage.rate.value);
    expect(passage.rate.high).toBeGreaterThan(passage.rate.value);
    // a diffusing spin must first go somewhere: no exponential law, and the hazard begins at zero
    expect(passage.exponentiality?.pValue).toBeLessThan(1e-6);
    expect(passage.hazard.value[0]).toBeLessThan(0.3 * late);
    const median = passage.quantiles["0.5"] as number;
    // five standard errors of a median of 4000: 5·(1/2)/√4000 of its density times the mean
    expect(Math.abs(median / (exact.quantiles?.["0.5"] as number) - 1)).toBeLessThan(0.06);
  });

  it("hold the not-switched probability, and draw it with the closed forms", () => {
    const result = fokkerPlanck({
      magnet: { delta: 60, alpha: 0.1 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      torques: [{ type: "spinTransfer", dampingLike: 0.2, polarizer: [0, 0, 1] }],
      initial: { type: "well", m: [0, 0, 1] },
      time: { duration: 120 },
      observables: [{ type: "moments", times: 6 }],
    });
    const exact = result.fokkerPlanck;
    expect(exact?.notSwitched?.side).toBe("up");
    const p = exact?.notSwitched?.probability as number;
    const last = exact?.evolution?.[5];
    expect(p).toBe(last?.probabilityUp);
    expect((last?.probabilityUp as number) + (last?.probabilityDown as number)).toBeCloseTo(1, 6);
    expect(result.theoryCurves.map(({ name }) => name)).toEqual([
      "Butler, write error",
      "Write error, linear noise and exact flow",
      "Tzoufras, Legendre expansion",
    ]);
    const [butler, , tzoufras] = result.theoryCurves.map(({ value }) => value[value.length - 1] as number);
    expect(tzoufras / p).toBeCloseTo(1, 3);
    // Butler's tail stands 1.55 times too high at twice the critical torque, as its range of validity says
    expect(butler / p).toBeGreaterThan(1.3);
    expect(butler / p).toBeLessThan(2);
    // without an ensemble there are no points to draw, but the closed forms are compared
    expect(figures(result).map(({ title }) => title)).toContain("Closed forms over the exact solution");
  });
});

it("the median passage of an ensemble of which most begin in the set is 0, as the exact one", async () => {
  const result = await run(
    {
      magnet: { delta: 1, alpha: 0.1 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "uniform" },
      ensemble: 400,
      time: { duration: 40 },
      observables: [{ type: "firstPassage", until: "mz < 0.3" }],
    },
    { backend: "wasm" },
  );
  const [passage] = result.observables as unknown as { quantiles: Record<string, number> }[];
  const exact = result.fokkerPlanck?.firstPassage as { quantiles: Record<string, number> } | null;
  expect([passage.quantiles["0.1"], passage.quantiles["0.5"]]).toEqual([0, 0]);
  expect([exact?.quantiles["0.1"], exact?.quantiles["0.5"]]).toEqual([0, 0]);
  expect(passage.quantiles["0.9"]).toBeGreaterThan(1);
});

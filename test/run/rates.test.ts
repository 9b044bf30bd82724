import { describe, expect, it } from "vitest";
import { unitAt } from "../../src/experiment/path-unit.ts";
import { gridOf, readVary, valuesOf } from "../../src/experiment/vary.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { exactRates } from "../../src/run/rates.ts";
import { ratesOver } from "../../src/run/rates-over.ts";

const junction = (more: object = {}) => ({
  magnet: { delta: 60, alpha: 0.02 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  torques: [{ type: "spinTransfer", dampingLike: 0, polarizer: [0, 0, 1] }],
  initial: { type: "well", m: [0, 0, 1] },
  time: { duration: 100 },
  ...more,
});

describe("values to vary", () => {
  it("are lists or ranges, even by steps or by factors", () => {
    expect(readVary("magnet.alpha=0.1,0.2")).toEqual(["magnet.alpha", [0.1, 0.2]]);
    const [path, values] = readVary("time.duration = 1:100:3:log");
    expect(path).toBe("time.duration");
    expect(valuesOf(values).map((x) => Math.round(x))).toEqual([1, 10, 100]);
    expect(gridOf({ "torques[0].J": { from: 0, to: 1, count: 2 }, b: [5, 6] })).toEqual([
      { "torques.0.J": 0, b: 5 },
      { "torques.0.J": 0, b: 6 },
      { "torques.0.J": 1, b: 5 },
      { "torques.0.J": 1, b: 6 },
    ]);
  });
  it("are finite between any two numbers", () => {
    expect(valuesOf({ from: 1e-300, to: 1e300, count: 3, scale: "log" })[1]).toBeCloseTo(1, 12);
    expect(valuesOf({ from: -1.5e308, to: 1.5e308, count: 3 })).toEqual([-1.5e308, 0, 1.5e308]);
  });
  it.each(["x", "x=", "x=1:2", "x=1:2:0", "x=1:2:2.5", "x=a,b", "x=-1:2:3:log"])("refuse %s", (text) => {
    expect(() => readVary(text)).toThrow(RangeError);
  });
});

describe("exact rates over a parameter", () => {
  it("empty a collinear well with the exponent 2 at the critical torque α", () => {
    const { rows, laws } = ratesOver(junction(), {
      "torques.0.dampingLike": { from: 0, to: 0.01, count: 5 },
    });
    const fit = laws.effectiveBarrier.up;
    expect(fit.outcome).toBe("converged");
    const [barrier, critical, exponent] = fit.values;
    // Δ(1 − a/α)²; the prefactor α√(Δ/π)(1 − h²)(1 + h), which the barrier of a rate contains, shifts each by a few per cent
    expect(Math.abs(barrier - 60)).toBeLessThan(1);
    expect(Math.abs(critical / 0.02 - 1)).toBeLessThan(0.04);
    expect(Math.abs(exponent - 2)).toBeLessThan(0.1);
    // Brown's rate with its first correction, 1e-21 and less: escape from the well that is emptied
    const brown = rows[2].theory.find(({ name }) => name.endsWith("escape from +z"));
    expect((rows[2].up?.rate ?? 0) / (brown?.value ?? 0)).toBeCloseTo(1, 1);
    expect(laws.effectiveBarrier.down).toBeUndefined();
  });

  it("give Arrhenius's barrier K v over temperature", () => {
    const [volume, Ku1] = [1e-24, 1e5];
    const experiment = {
      magnet: { Ms: 8e5, volume, alpha: 0.05, temperature: 300 },
      energies: [{ type: "uniaxial", Ku1 }],
      time: { duration: 1e-9 },
    };
    const { laws } = ratesOver(experiment, { "magnet.temperature": [120, 150, 200, 250] });
    const { barrier, attemptTime } = laws.arrhenius.slowest;
    // the prefactor ∝ T^(−1/2) takes half a kT off
    expect(barrier.value / (Ku1 * volume)).toBeGreaterThan(0.95);
    expect(barrier.value / (Ku1 * volume)).toBeLessThan(1);
    expect(barrier.standardError).toBeLessThan(0.01 * barrier.value);
    expect(attemptTime.value).toBeGreaterThan(0);
  });

  it("have a barrier of Δ less the half that Brown's prefactor owns, and say it in kT", () => {
    const { up, eigenvalues, reasons } = exactRates(junction(), {});
    // λ₁ ∝ T^(−1/2)(1 − 1/Δ …) e^(−Δ): d ln λ/d ln T = Δ − 1/2 − 1/Δ …
    expect(up?.barrier).toBeCloseTo(60 - 0.5 - 1 / 60, 2);
    expect((up?.attemptTime ?? 0) * (up?.rate ?? 0)).toBeCloseTo(Math.exp(-(up?.barrier ?? 0)), 30);
    expect(eigenvalues?.[0]).toBeCloseTo(2 * (up?.rate ?? 0), 30);
    expect(reasons).toEqual([]);
  });

  it("say how far each may be off: by quadratures about z and by harmonics about an oblique axis", () => {
    // a cubic term of 1e-9 takes the axial solver away, and shifts rates by as little
    const about = (anisU: readonly number[]) =>
      exactRates(
        junction({
          magnet: { delta: 4, alpha: 0.2 },
          energies: [
            { type: "uniaxial", Ku1: 1, anisU },
            ...(anisU[0] ? [{ type: "cubic", Kc1: 1e-9 }] : []),
          ],
          torques: [],
          initial: { type: "uniform" },
        }),
        {},
      );
    const [axial, oblique] = [about([0, 0, 1]), about([0.6, 0, 0.8])];
    for (const key of ["slowest", "up", "down"] as const) {
      const [a, b] = [axial[key], oblique[key]];
      const apart = Math.abs((a?.rate ?? 0) / (b?.rate ?? 1) - 1);
      expect(a?.errorEstimate).toBeLessThan(1e-11);
      expect(a?.errorEstimate).toBeGreaterThan(0);
      expect(b?.errorEstimate).toBeLessThan(1e-5);
      expect(apart).toBeLessThan((a?.errorEstimate ?? 0) + (b?.errorEstimate ?? 0) + 1e-8);
    }
  });

  it("have barriers off an axis that are those between two temperatures, each solved by itself", () => {
    const at = (delta: number) =>
      exactRates(
        {
          magnet: { delta, alpha: 0.5 },
          energies: [
            { type: "uniaxial", Ku1: 1, anisU: [1, 0, 0] },
            { type: "zeeman", B_ext: [0.1, 0.05, 0] },
          ],
          initial: { type: "boltzmann" },
          time: { duration: 1, step: 0.1 },
        },
        {},
      );
    const [here, cold, warm] = [4, 4 / 0.99, 4 / 1.01].map(at);
    for (const key of ["slowest", "up", "down"] as const) {
      const barrier = Math.log((warm[key]?.rate ?? 0) / (cold[key]?.rate ?? 0)) / Math.log(1.01 / 0.99);
      expect(barrier).toBeGreaterThan(1);
      // the border between the states is drawn on a grid
      expect(Math.abs((here[key]?.barrier ?? 0) / barrier - 1)).toBeLessThan(key === "slowest" ? 1e-7 : 1e-3);
    }
  });

  it("follow the write error down to 1e-20, where ln p falls by 2α(i − 1) per time", () => {
    const experiment = junction({
      torques: [{ type: "spinTransfer", dampingLike: 0.06, polarizer: [0, 0, 1] }],
    });
    const { rows, laws } = ratesOver(experiment, { "time.duration": [300, 500] });
    expect(rows[1].notSwitched ?? 1).toBeLessThan(1e-14);
    // diffusion around the unstable pole takes a few per cent of the rate at Δ = 60
    expect((laws.errorDecay?.value ?? 0) / (2 * 0.02 * 2)).toBeGreaterThan(0.95);
    expect((laws.errorDecay?.value ?? 0) / (2 * 0.02 * 2)).toBeLessThan(1);
    const formulas = rows[0].theory.filter(({ quantity }) => quantity === "not-switched probability");
    expect(formulas.map(({ name }) => name)).toHaveLength(3);
    // Tzoufras's expansion is exact where its rounding allows
    const tzoufras = rows[0].theory.find(({ name }) => name.startsWith("Tzoufras"));
    expect((tzoufras?.value ?? 0) / (rows[0].notSwitched ?? 1)).toBeCloseTo(1, 2);
  });
});

it("paths of an experiment have their units", () => {
  const checked = checkExperiment({
    magnet: { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 300 },
    energies: [{ type: "zeeman", B_ext: [0, 0, 0.1] }],
    torques: [{ type: "spinTransfer", dampingLike: { pulse: { amplitude: 0.01, length: 1e-9 } } }],
    time: { duration: 1e-9 },
  });
  if (!checked.ok) throw new Error("the experiment is sound");
  const units = [
    "magnet.temperature",
    "energies[0].B_ext.2",
    "torques.0.dampingLike.pulse.length",
    "torques.0.dampingLike.pulse.amplitude",
    "time.duration",
    "seed",
  ].map((path) => unitAt(checked.experiment, path));
  expect(units).toEqual(["K", "T", "s", "T", "s", ""]);
});

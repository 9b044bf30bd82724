import { describe, expect, it } from "vitest";
import { constant, mul } from "../../src/expression/expression.ts";
import { autocorrelation, demand, powerSpectrum, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { decaying } from "../../src/fokker-planck/spectrum-of-generator.ts";
import { driven, dynamicsOf, mx, mz, uniaxial } from "./macrospins.ts";

describe("power spectra", () => {
  it("of free precessing diffusion are Lorentzians, sampled or not", () => {
    const [diffusion, omega] = [0.3, 2];
    const solution = demand(
      solveFokkerPlanck({ psi: constant(0), omega: mul(omega, mz), diffusion: constant(diffusion) }),
    );
    const frequencies = [0, 0.1, 0.3183, 1, 3];
    const rate = 2 * diffusion;
    // covariance of mx: exp(−2Dt) cos(ωt)/3
    const continuous = demand(powerSpectrum(solution, mx, frequencies)).oneSidedPower;
    const sampled = demand(powerSpectrum(solution, mx, frequencies, { sampleEvery: 0.1 })).oneSidedPower;
    frequencies.forEach((f, i) => {
      const w = 2 * Math.PI * f;
      const line = (s: number) => rate / (rate * rate + (w + s * omega) ** 2);
      expect(continuous[i]).toBeCloseTo((2 / 3) * (line(1) + line(-1)), 10);
      // 2δ Σ_n C(nδ) e^{−iwnδ}
      let sum = 1 / 3;
      for (let n = 1; n < 1500; n++)
        sum += (2 / 3) * Math.exp(-rate * n * 0.1) * Math.cos(omega * n * 0.1) * Math.cos(w * n * 0.1);
      expect(sampled[i]).toBeCloseTo(0.2 * sum, 10);
    });
  });

  it("of a driven magnet agree with the sum over its autocovariance", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(driven), { tolerance: 1e-9 }));
    const step = 0.5;
    const count = 700;
    const { covariance, variance, mean } = demand(
      autocorrelation(
        solution,
        mx,
        Array.from({ length: count }, (_, n) => n * step),
      ),
    );
    const stationary = demand(solution.stationary());
    expect(mean).toBeCloseTo(stationary.m[0], 12);
    expect(variance).toBeCloseTo(stationary.mm[0] - stationary.m[0] ** 2, 10);
    const frequencies = [0, 0.02, 0.15, 0.6, 1];
    const { oneSidedPower } = demand(powerSpectrum(solution, mx, frequencies, { sampleEvery: step }));
    frequencies.forEach((f, i) => {
      const sum = covariance.reduce(
        (total, c, n) => total + (n === 0 ? 1 : 2) * c * Math.cos(2 * Math.PI * f * n * step),
        0,
      );
      expect(oneSidedPower[i] / (2 * step * sum)).toBeCloseTo(1, 5);
    });
  });

  it("have an integral relaxation time near 1/λ₁ for a symmetric barrier", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf({ delta: 8, alpha: 0.1, energy: uniaxial() })));
    const { correlationTime } = demand(autocorrelation(solution, mz, [0]));
    const product = correlationTime * demand(solution.slowestRate);
    // the share of intrawell motion, of variance 1/(2Δ)² against 1, is missing
    expect(product).toBeGreaterThan(0.98);
    expect(product).toBeLessThan(1);
  });
});

describe("modes of a truncated operator", () => {
  it("that grow are none of the equation; the slowest may be lost in rounding", () => {
    const [slow, fast] = [
      { re: -3e-12, im: 0 },
      { re: 1.2, im: 7 },
    ];
    expect(decaying([{ re: -0.25, im: 0 }, slow, fast])).toEqual([slow, fast]);
  });
});

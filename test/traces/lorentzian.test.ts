import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "./synthetic.ts";

/**
 * Rates' sum k and variance V of a sampled telegraph signal with white noise whose spectrum is likeliest (P. Whittle, 1953):
 * covariance V e^{−k|t|}, summed over samples, is 2 V δ sinh kδ/(cosh kδ − cos 2πfδ).
 */
function fitted(frequencies: readonly number[], power: readonly number[], step: number) {
  const used = frequencies.map((_, i) => i).slice(2, -1);
  const at = (k: number) => {
    const shape = used.map(
      (i) =>
        (2 * step * Math.sinh(k * step)) /
        (Math.cosh(k * step) - Math.cos(2 * Math.PI * frequencies[i] * step)),
    );
    let [variance, white] = [0, 0];
    let model = shape.map(() => 1);
    // least squares, weighted by the model of the round before
    for (let round = 0; round < 8; round++) {
      let [ss, sw, ww, sp, wp] = [0, 0, 0, 0, 0];
      shape.forEach((s, j) => {
        const weight = 1 / model[j] ** 2;
        const p = power[used[j]];
        ss += weight * s * s;
        sw += weight * s;
        ww += weight;
        sp += weight * s * p;
        wp += weight * p;
      });
      const determinant = ss * ww - sw * sw;
      variance = (sp * ww - wp * sw) / determinant;
      white = (wp * ss - sp * sw) / determinant;
      model = shape.map((s) => variance * s + white);
    }
    const deviance = model.reduce((sum, m, j) => sum + Math.log(m) + power[used[j]] / m, 0);
    return { variance, deviance };
  };
  let [low, high] = [Math.log(0.01 / step), Math.log(0.2 / step)];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-4) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (at(Math.exp(a)).deviance < at(Math.exp(b)).deviance) high = b;
    else low = a;
  }
  const k = Math.exp((low + high) / 2);
  return { corner: k / (2 * Math.PI), plateau: (4 * at(k).variance) / k };
}

it("corner and plateau of the spectrum are those of the rates, drawn and found", () => {
  const sampleTime = 2.5e-10;
  const samples = 50_000;
  const ratios = { corner: [] as number[][], plateau: [] as number[][] };
  const k = 1 / 20e-9 + 1 / 10e-9;
  // one-sided: 4 V k/(k² + ω²), V = 2/3·1/3
  const truth = { corner: k / (2 * Math.PI), plateau: (4 * (2 / 9)) / k };
  for (let seed = 1; seed <= 10; seed++) {
    const values = synthetic({
      dwell: [20e-9, 10e-9],
      levels: [0, 1],
      sampleTime,
      samples,
      noise: 0.2,
      seed,
    });
    const { spectrum } = analyseTrace({ values, breaks: [] }, samples, sampleTime, { bandwidth: null });
    const own = fitted(spectrum.frequencies, spectrum.oneSidedPower, sampleTime);
    const named = spectrum.lorentzian as NonNullable<typeof spectrum.lorentzian>;
    for (const of of ["corner", "plateau"] as const)
      ratios[of].push([Math.log(own[of] / truth[of]), Math.log(named[of] / truth[of])]);
  }
  for (const rows of Object.values(ratios))
    for (const values of [
      rows.map(([own]) => own),
      rows.map(([, named]) => named),
      rows.map(([own, named]) => own - named),
    ]) {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      const error = Math.sqrt(
        values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1) / values.length,
      );
      // Student's law of nine: beyond 4.3 once in 500
      expect(Math.abs(mean)).toBeLessThan(4.3 * error);
      expect(error).toBeLessThan(0.04);
    }
});

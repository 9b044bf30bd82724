import { describe, expect, it } from "vitest";
import { fitLorentzian, fitSampledLorentzian } from "../../src/statistics/laws.ts";
import { integralRelaxationTime } from "../../src/statistics/relaxation-time.ts";
import { autocorrelation, expectedSpectrum, powerSpectrum } from "../../src/statistics/spectrum.ts";
import { compareSpectrum } from "../../src/statistics/spectrum-comparison.ts";
import { windowWeights } from "../../src/statistics/window.ts";
import { seeded } from "./seeded.ts";

const interval = 0.02;
const relaxation = 0.5;

/** Records of a stationary exponentially correlated process of unit variance (exact sampling). */
function records(count: number, length: number, seed: number): Float64Array[] {
  const random = seeded(seed);
  const a = Math.exp(-interval / relaxation);
  return Array.from({ length: count }, () => {
    let x = random.normal();
    return Float64Array.from({ length }, () => {
      const now = x;
      x = a * x + Math.sqrt(1 - a * a) * random.normal();
      return now;
    });
  });
}
const covariance = (n: number) =>
  Float64Array.from({ length: n }, (_, j) => Math.exp((-j * interval) / relaxation));

describe("power spectral density", () => {
  it("equals the plain Fourier sum", () => {
    const [record] = records(1, 16, 71);
    for (const window of ["rectangular", "hann"] as const) {
      const { frequencies, oneSidedPower } = powerSpectrum([record], {
        sampleInterval: interval,
        window,
        mean: 0.3,
      });
      const w = windowWeights(window, 16);
      const squares = w.reduce((sum, v) => sum + v * v, 0);
      for (let k = 0; k <= 8; k++) {
        let [re, im] = [0, 0];
        record.forEach((x, i) => {
          re += w[i] * (x - 0.3) * Math.cos((2 * Math.PI * i * k) / 16);
          im += w[i] * (x - 0.3) * Math.sin((2 * Math.PI * i * k) / 16);
        });
        expect(frequencies[k]).toBeCloseTo(k / (16 * interval), 12);
        const factor = k % 8 === 0 ? 1 : 2;
        expect(oneSidedPower[k]).toBeCloseTo((factor * interval * (re * re + im * im)) / squares, 12);
      }
    }
  });

  it("integrates to the variance: a sine of amplitude 3 has 4.5, in one line", () => {
    const sine = Float64Array.from({ length: 1024 }, (_, i) => 3 * Math.sin((2 * Math.PI * i * 100) / 1024));
    const { frequencies, oneSidedPower } = powerSpectrum([sine], { sampleInterval: 1, window: "hann" });
    const sum = oneSidedPower.reduce((a, b) => a + b, 0) * frequencies[1];
    expect(sum).toBeCloseTo(4.5, 10);
    expect(oneSidedPower.indexOf(Math.max(...oneSidedPower))).toBe(100);
  });

  it("has errors of two records no smaller than those of as many Gaussian segments", () => {
    const [record] = records(1, 256, 77);
    const { oneSidedPower, standardError } = powerSpectrum([record, record], {
      sampleInterval: interval,
      segmentLength: 64,
    });
    // seven segments that overlap by half in each
    for (const [k, error] of standardError.entries())
      expect(error).toBeGreaterThan((oneSidedPower[k] / Math.sqrt(14)) * 0.999);
  });

  it("has the expectation that expectedSpectrum states: brute force, and on average over records", () => {
    for (const window of ["rectangular", "hann"] as const) {
      const [c, w] = [covariance(32), windowWeights(window, 32)];
      const squares = w.reduce((sum, v) => sum + v * v, 0);
      const expected = expectedSpectrum(c, 32, interval, window);
      for (let k = 0; k <= 16; k++) {
        let sum = 0;
        for (let i = 0; i < 32; i++)
          for (let j = 0; j < 32; j++)
            sum += w[i] * w[j] * c[Math.abs(i - j)] * Math.cos((2 * Math.PI * (i - j) * k) / 32);
        expect(expected[k]).toBeCloseTo(((k % 16 === 0 ? 1 : 2) * interval * sum) / squares, 12);
      }
    }
    const set = records(400, 256, 72);
    const options = { sampleInterval: interval, segmentLength: 128, mean: 0 };
    const measured = powerSpectrum(set, options);
    const exact = expectedSpectrum(covariance(128), 128, interval);
    const far = measured.oneSidedPower.filter(
      (p, k) => Math.abs(p - exact[k]) > 3 * measured.standardError[k],
    );
    expect(far.length).toBeLessThan(4);
    expect(compareSpectrum("x", measured.perRecord, exact).pValue).toBeGreaterThan(1e-3);
    const wrong = exact.map((p, k) => p * (1 + 0.15 / (1 + k)));
    expect(compareSpectrum("x", measured.perRecord, wrong).pValue).toBeLessThan(0.05);
    expect(
      compareSpectrum(
        "x",
        measured.perRecord,
        exact.map((p) => 1.1 * p),
      ).pValue,
    ).toBeLessThan(1e-8);
    expect(compareSpectrum("x", measured.perRecord.slice(0, 10), exact).pValue).toBeNull();
  });

  it("raises false alarms at the stated rate (fixed seed)", () => {
    const exact = expectedSpectrum(covariance(32), 32, interval);
    let low = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { perRecord } = powerSpectrum(records(100, 32, 900 + seed), {
        sampleInterval: interval,
        mean: 0,
      });
      if ((compareSpectrum("x", perRecord, exact, 4).pValue as number) < 0.05) low++;
    }
    expect(low).toBeLessThan(26);
    expect(low).toBeGreaterThan(2);
  });

  it("says what is wrong with its input", () => {
    expect(() => powerSpectrum([], { sampleInterval: 1 })).toThrow(/at least two samples/);
    expect(() => powerSpectrum([[1, 2], [1]], { sampleInterval: 1 })).toThrow(/differ in length/);
    expect(() => powerSpectrum([[1, 2, 3]], { sampleInterval: 1, segmentLength: 3 })).toThrow(/power of two/);
    expect(() => expectedSpectrum([1], 4, 1)).toThrow(/4 lags/);
  });
});

describe("in time", () => {
  it("has the autocovariance, by brute force and on average", () => {
    const [record] = records(1, 50, 73);
    const { value, times } = autocorrelation([record], { sampleInterval: interval, lags: 20, mean: 0.1 });
    for (let j = 0; j <= 20; j++) {
      let sum = 0;
      for (let i = 0; i + j < 50; i++) sum += (record[i] - 0.1) * (record[i + j] - 0.1);
      expect(value[j]).toBeCloseTo(sum / (50 - j), 12);
      expect(times[j]).toBeCloseTo(j * interval, 14);
    }
    const many = autocorrelation(records(200, 500, 74), { sampleInterval: interval, lags: 60, mean: 0 });
    many.value.forEach((v, j) => {
      expect(Math.abs(v - Math.exp((-j * interval) / relaxation))).toBeLessThan(4.5 * many.standardError[j]);
    });
  });

  it("finds the integral relaxation time", () => {
    const times = Float64Array.from({ length: 2000 }, (_, i) => i * 0.01);
    // Two exponentials: 0.9·1 + 0.1·0.1 = 0.91, where 1/λ₁ is 1. What Sokal's window leaves out is 0.9 e^−6.
    const curve = times.map((t) => 0.9 * Math.exp(-t) + 0.1 * Math.exp(-10 * t));
    expect(integralRelaxationTime(times, curve).value).toBeCloseTo(0.91 - 0.9 * Math.exp(-6 * 0.91), 2);
    expect(integralRelaxationTime(times, curve, { window: 20 }).value).toBeCloseTo(0.91, 4);
    const c = autocorrelation(records(100, 2000, 75), { sampleInterval: interval, lags: 400, mean: 0 });
    const estimate = integralRelaxationTime(c.times, c.value, { standardErrors: c.standardError });
    expect(Math.abs(estimate.value - relaxation)).toBeLessThan(
      3 * estimate.standardError + relaxation * Math.exp(-6),
    );
    expect(estimate.standardError).toBeLessThan(0.06);
  });

  it("fits a Lorentzian", () => {
    const set = powerSpectrum(records(150, 2048, 76), {
      sampleInterval: interval,
      segmentLength: 1024,
      mean: 0,
    });
    const upTo = Math.round(set.frequencies.length / 8);
    const result = fitLorentzian(
      set.frequencies.subarray(2, upTo),
      set.oneSidedPower.subarray(2, upTo),
      set.standardError.subarray(2, upTo),
    );
    expect(result.outcome).toBe("converged");
    const corner = 1 / (2 * Math.PI * relaxation);
    expect(Math.abs(result.values[1] - corner)).toBeLessThan(
      4 * (result.standardErrors[1] as number) + 0.01 * corner,
    );
    expect(result.values[0] / (4 * relaxation)).toBeCloseTo(1, 1);
  });
});

describe("a Lorentzian through a sampled spectrum", () => {
  it("finds the corner of telegraph noise through aliases and windows", () => {
    // rates of leaving such that the corner (up + down)/2π is between the first and the last frequency, poorly resolved
    const [up, down, dt, length, count] = [0.3, 0.1, 1, 256, 400];
    const random = seeded(404);
    const records = Array.from({ length: count }, () => {
      let state = random.uniform() < down / (up + down) ? 1 : -1;
      const chance = (rate: number) => (rate / (up + down)) * -Math.expm1(-(up + down) * dt);
      return Float64Array.from({ length }, () => {
        const now = state;
        if (random.uniform() < chance(state > 0 ? up : down)) state = -state;
        return now;
      });
    });
    const spectrum = powerSpectrum(records, { sampleInterval: dt, segmentLength: 64 });
    const fit = fitSampledLorentzian(spectrum, dt);
    expect(fit.outcome).toBe("converged");
    const corner = (up + down) / (2 * Math.PI);
    // four standard errors; without aliases and window the corner would be 25 % off
    expect(Math.abs(fit.values[1] - corner)).toBeLessThan(4 * (fit.standardErrors[1] as number));
    expect(fit.standardErrors[1] as number).toBeLessThan(0.03 * corner);
    const plain = fitLorentzian(
      spectrum.frequencies.slice(1, -1),
      spectrum.oneSidedPower.slice(1, -1),
      spectrum.standardError.slice(1, -1),
      { floor: true },
    );
    expect(Math.abs(plain.values[1] / corner - 1)).toBeGreaterThan(0.05);
  });

  it.each([0.01, 0.03, 0.08, 0.15])("below the first frequency is found again, errors of %d", (share) => {
    const [plateau, corner, floor, segment] = [790, 5.6e-4, 0.03, 128];
    const variance = (Math.PI / 2) * plateau * corner;
    const covariance = Float64Array.from(
      { length: segment },
      (_, j) => variance * Math.exp(-2 * Math.PI * corner * j),
    );
    const oneSidedPower = expectedSpectrum(covariance, segment, 1).map((power) => power + floor);
    const frequencies = Float64Array.from({ length: segment / 2 + 1 }, (_, i) => i / segment);
    const standardError = oneSidedPower.map((power) => share * power);
    const fit = fitSampledLorentzian({ frequencies, oneSidedPower, standardError }, 1);
    expect(fit.outcome).toBe("converged");
    [plateau, corner, floor].forEach((value, i) => {
      expect(fit.values[i] / value).toBeCloseTo(1, 4);
    });
  });
});

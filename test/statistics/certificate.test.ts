import { describe, expect, it } from "vitest";
import { certify, countedVerdict } from "../../src/statistics/certificate.ts";
import type { Comparison } from "../../src/statistics/comparison.ts";
import { notCompared } from "../../src/statistics/comparison.ts";
import { compareCounts } from "../../src/statistics/counts.ts";
import { compareValue } from "../../src/statistics/moments.ts";
import { seeded } from "./seeded.ts";

const withP = (pValue: number, observable = "x"): Comparison => ({
  observable,
  test: "z-score",
  statistic: 0,
  degreesOfFreedom: null,
  pValue,
});

describe("the certificate", () => {
  it("splits the false-alarm probability evenly over the tests", () => {
    const { certificate, comparisons } = certify([withP(0.3), withP(4e-5), withP(0.9)]);
    expect(certificate.checks.map((c) => c.limit)).toEqual([1e-4 / 3, 1e-4 / 3, 1e-4 / 3]);
    expect(certificate.passed).toBe(true);
    expect(comparisons.map((c) => c.agrees)).toEqual([true, true, true]);
    const failed = certify([withP(0.3), withP(3e-5), withP(0.9)]);
    expect(failed.certificate).toMatchObject({ passed: false, reason: "1 of 3 checks failed: x (z-score)" });
    expect(failed.comparisons.map((c) => c.agrees)).toEqual([true, false, true]);
  });

  it("does not pass on silence or on NaN, and lists what could not be tested", () => {
    expect(certify([]).certificate).toMatchObject({ passed: false, reason: "nothing could be compared" });
    const none = certify([notCompared("mz", "chi-squared", "no samples")]);
    expect(none.certificate).toMatchObject({
      passed: false,
      skipped: [{ name: "mz (chi-squared)", reason: "no samples" }],
    });
    expect(none.comparisons[0].agrees).toBeNull();
    expect(certify([withP(Number.NaN), withP(1)]).certificate.passed).toBe(false);
    expect(certify([withP(Number.NaN), withP(1)]).certificate.checks[0].value).toBeNull();
    expect(certify([withP(0)]).certificate.passed).toBe(false);
  });

  it("holds bounds beside the tests, without a share of the false alarms", () => {
    const bound = (value: number) => ({ name: "exact error", value, limit: 1e-8 });
    expect(certify([withP(0.5)], { bounds: [bound(1e-9)] }).certificate.passed).toBe(true);
    expect(certify([withP(0.5)], { bounds: [bound(1e-7)] }).certificate.passed).toBe(false);
    expect(certify([withP(0.5)], { bounds: [bound(Number.NaN)] }).certificate.passed).toBe(false);
    expect(certify([withP(0.5)], { bounds: [bound(1e-9)] }).certificate.checks[0].limit).toBe(1e-4);
  });

  it("counts apart what was held against the equation of motion alone", () => {
    const ofMotion = { ...withP(0.4), against: "equation of motion" as const };
    const both = certify([withP(0.5), withP(0.6), ofMotion], { noExactSolution: "not said" }).certificate;
    expect(countedVerdict(both)).toBe(
      "2 checks agree with the exact solution, 1 with the equation of motion",
    );
    const alone = certify([ofMotion], { noExactSolution: "too many harmonics" }).certificate;
    expect(alone.passed).toBe(true);
    expect(countedVerdict(alone)).toBe(
      "1 check agrees with the equation of motion; nothing was compared with an exact solution: too many harmonics",
    );
  });

  it("never passes over a figure without a test that is farther off than its error allows", () => {
    const close = certify([withP(0.5)], { untested: [{ name: "mean dwell", pValue: 0.01 }] });
    expect(close.certificate).toMatchObject({ passed: true, untested: 1 });
    expect(countedVerdict(close.certificate)).toBe(
      "1 check agrees with the exact solution, 1 figure could not be tested",
    );
    const far = certify([withP(0.5)], { untested: [{ name: "mean dwell", pValue: 1e-6 }] });
    expect(far.certificate.passed).toBe(false);
    expect(far.certificate.reason).toContain(
      "farther from the exact figure than its error allows: mean dwell",
    );
    // without an error there is nothing to hold it against, but it is counted
    const unknown = certify([withP(0.5)], { untested: [{ name: "median", pValue: null }] });
    expect(unknown.certificate).toMatchObject({ passed: true, untested: 1 });
  });

  it("raises false alarms at most at the stated probability, and not never (fixed seed)", () => {
    const random = seeded(31);
    const p = [0.05, 0.2, 0.3, 0.25, 0.15, 0.05];
    const trials = 3000;
    let alarms = 0;
    for (let trial = 0; trial < trials; trial++) {
      const counts = random.multinomial(400, p);
      const tests = [
        compareCounts("h", counts, p),
        compareValue("first bin", counts[0] / 400, 0.05, Math.sqrt((0.05 * 0.95) / 400)),
        ...Array.from({ length: 6 }, () => compareValue("z", random.normal(), 0, 1)),
      ];
      if (!certify(tests, { falseAlarmProbability: 0.05 }).certificate.passed) alarms++;
    }
    // 0.05 ± 3 standard errors of 0.004.
    expect(alarms / trials).toBeLessThan(0.062);
    expect(alarms / trials).toBeGreaterThan(0.03);
  });

  it("fails for a wrong density among right tests at the default probability", () => {
    const random = seeded(32);
    const right = [0.1, 0.2, 0.4, 0.2, 0.1];
    const counts = random.multinomial(50000, right);
    const wrong = [0.105, 0.195, 0.4, 0.195, 0.105];
    const others = Array.from({ length: 20 }, () => compareValue("z", random.normal(), 0, 1));
    expect(certify([compareCounts("h", counts, right), ...others]).certificate.passed).toBe(true);
    expect(certify([compareCounts("h", counts, wrong), ...others]).certificate.passed).toBe(false);
  });
});

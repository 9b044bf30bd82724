import { describe, expect, it } from "vitest";
import { compareGathered } from "../../src/statistics/gathered-counts.ts";
import { seeded } from "./seeded.ts";

const probabilities = [0.5, 0.3, 0.15, 0.05];

/** Groups of spins, each sampled so often in the same bin: samples that are as dependent as can be. */
function groupsOf(seed: number, drawn: readonly number[], samples = 20): number[][] {
  const source = seeded(seed);
  return Array.from({ length: 16 }, () => source.multinomial(400, drawn).map((count) => samples * count));
}

describe("counts of many samples of the same spins", () => {
  const runs = 400;
  const pValues = (drawn: readonly number[]): number[] =>
    Array.from(
      { length: runs },
      (_, seed) => compareGathered("x", groupsOf(seed, drawn), probabilities).pValue ?? -1,
    );

  it("fails a right law as seldom as it says, however much the samples resemble each other", () => {
    const found = pValues(probabilities);
    // 400 runs at a level of 5 %: 20 expected by Bonferroni at most, 4.5 standard deviations allowed
    expect(found.filter((p) => p < 0.05).length).toBeLessThan(20 + 4.5 * Math.sqrt(19));
    // and it does vary: Bonferroni's bound is not far above
    expect(found.filter((p) => p < 0.3).length).toBeGreaterThan(40);
  });

  it("fails a law that is off by eight per cent in a large bin", () => {
    // 6.4 standard errors of 6400 independent spins; Student's law of 15 degrees of freedom asks for about 4
    const found = pValues([0.54, 0.265, 0.145, 0.05]);
    expect(found.filter((p) => p < 0.01).length).toBeGreaterThan(0.9 * runs);
  });

  it("forgives the bias it is told to, and what the exact side may be off by", () => {
    const groups = groupsOf(1, [0.525, 0.28, 0.145, 0.05]);
    const strict = compareGathered("x", groups, probabilities).pValue as number;
    const lenient = compareGathered("x", groups, probabilities, { allowedBias: 0.1 }).pValue as number;
    const bounded = compareGathered("x", groups, probabilities, { errors: [0.05, 0.05, 0.05, 0.05] })
      .pValue as number;
    expect(strict).toBeLessThan(0.05);
    expect(lenient).toBeGreaterThan(0.2);
    expect(bounded).toBeGreaterThan(0.2);
  });

  it("says when there is too little to compare", () => {
    const few = compareGathered(
      "x",
      groupsOf(1, probabilities, 1).map((counts) => counts.map((n) => n % 3)),
      probabilities,
    );
    expect(few.pValue).toBeNull();
    expect(few.reason).toMatch(/100 counts/);
    expect(compareGathered("x", [[1, 2, 3, 4]], probabilities).pValue).toBeNull();
  });
});

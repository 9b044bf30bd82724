import { describe, expect, it } from "vitest";
import { Interrupted } from "../../src/linear-algebra/interruption.ts";
import { fitLeastSquares } from "../../src/statistics/fit.ts";
import { profileIntervals } from "../../src/statistics/profile.ts";

/** exp(−b t) at four times, whose rate has the error 0.1/√Σ t² exp(−2bt). */
const times = [0.5, 1, 2, 3];
const decay = (b: number): number[] => times.map((t) => Math.exp(-b * t));
const errors = times.map(() => 0.02);
const problem = (model: (values: readonly number[]) => number[]) => ({
  parameters: [{ name: "b", initial: 0.8, low: 0.01, high: 10 }],
  model,
  data: decay(1),
  standardErrors: errors,
});

describe("a profile", () => {
  it("ends where chi-squared has risen by 3.84, after a few evaluations", () => {
    let count = 0;
    const counted = problem(([b]) => {
      count++;
      return decay(b);
    });
    const fit = fitLeastSquares(counted);
    count = 0;
    const [interval] = profileIntervals(counted, fit);
    expect(count).toBeLessThan(14);
    for (const end of [interval?.low, interval?.high]) {
      const rise = decay(end as number).reduce((sum, y, i) => sum + ((y - counted.data[i]) / 0.02) ** 2, 0);
      // half a per cent of a standard error
      expect(Math.abs(Math.sqrt(rise) - Math.sqrt(3.841459))).toBeLessThan(0.006);
    }
  });

  it("has no end where the model fails on the way, and says nothing of what it did not see", () => {
    const fit = fitLeastSquares(problem(([b]) => decay(b)));
    const failing = problem(([b]) => {
      if (b > 1.001) throw new Error("out of reach");
      return decay(b);
    });
    const [interval] = profileIntervals(failing, fit);
    expect(interval?.high).toBeNull();
    expect(interval?.low).toBeLessThan(1);
  });

  it("stops where it is told to, as the fit does: no figure comes of an interruption", () => {
    const stopping = problem(() => {
      throw new Interrupted("enough");
    });
    const fit = fitLeastSquares(problem(([b]) => decay(b)));
    expect(() => profileIntervals(stopping, fit)).toThrow(Interrupted);
    expect(() => fitLeastSquares(stopping)).toThrow(Interrupted);
  });

  it("tells how many of its ends are done", () => {
    const told: string[] = [];
    const of = problem(([b]) => decay(b));
    profileIntervals(of, fitLeastSquares(of), (done, ends) => told.push(`${done}/${ends}`));
    expect(told).toEqual(["1/2", "2/2"]);
  });
});

import { expect, it } from "vitest";
import type { LikelihoodProgress } from "../../src/traces/analysis-progress.ts";
import { AnalysisCount } from "../../src/traces/analysis-progress.ts";

/** An analysis of 100 s of trace: a part of 10 s twice, then the whole 27 times; the clock is given. */
function analysed(each: { part: number; whole: number }): LikelihoodProgress[] {
  let now = 5000;
  const found: LikelihoodProgress[] = [];
  const count = new AnalysisCount(
    100,
    (progress) => found.push(progress),
    () => now,
  );
  const whole = { duration: 100, fineness: 1, parameters: 5 };
  const evaluate = (part: typeof whole | undefined, seconds: number): void => {
    count.evaluation(part);
    now += 1000 * seconds;
  };
  for (let i = 0; i < 2; i++) evaluate({ ...whole, duration: 10, fineness: 2 }, each.part);
  for (let i = 0; i < 27; i++) evaluate(whole, each.whole);
  count.evaluation();
  return found;
}

it("the time left comes from a part of the trace, and then from evaluations over the whole", () => {
  // half as many points over a tenth of the trace: one fortieth of the time
  const found = analysed({ part: 0.1, whole: 4 });
  expect(found[0]).toEqual({ evaluations: 1, seconds: 0, left: null });
  // 3 rounds of 6 evaluations, and 3 others
  expect(found[1].left).toBeCloseTo(84, 9);
  expect(found[2]).toMatchObject({ evaluations: 3, left: expect.closeTo(84, 9) });
  expect(found[12].seconds).toBeCloseTo(40.2, 9);
  expect(found[12].left).toBeCloseTo(4 * 11, 9);
  // one more than usual is always expected
  expect(found[29].left).toBeCloseTo(4, 9);
});

it("an estimate that was wrong is corrected by the first evaluation over the whole", () => {
  const found = analysed({ part: 0.1, whole: 1 });
  expect(found[2].left).toBeCloseTo(84, 9);
  expect(found[3].left).toBeCloseTo(20, 9);
});

import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { seeded } from "../statistics/seeded.ts";

const dwell = [30, 20, 40];

/** Three levels of which the outer two are reached only from the middle one. */
function chain(seed: number): Float64Array {
  const random = seeded(seed);
  let level = 0;
  let change = dwell[0] * random.exponential();
  return Float64Array.from({ length: 8000 }, (_, n) => {
    while (change < n) {
      level = level !== 1 ? 1 : random.uniform() < 0.5 ? 0 : 2;
      change += dwell[level] * random.exponential();
    }
    return [0, 1, 2.2][level] + 0.3 * random.normal();
  });
}

it.each([1, 2, 3, 4])("rates of jumps that never happen stop nothing (seed %d)", (seed) => {
  const values = chain(seed);
  const { perLevel, stationarity, settled, warnings } = analyseTrace(
    { values, breaks: [] },
    values.length,
    1,
    {
      bandwidth: null,
      levels: 3,
    },
  );
  expect(settled).toBe(true);
  perLevel.forEach(({ mean, standardError, rates }, s) => {
    expect(Math.abs(mean - dwell[s])).toBeLessThan(3 * standardError);
    expect(standardError / mean).toBeLessThan(0.2);
    if (s !== 1) expect(rates[2 - s] * mean).toBeLessThan(0.05);
  });
  for (const { course, courseError } of stationarity)
    expect([...course, ...courseError].every(Number.isFinite)).toBe(true);
  expect(warnings).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { BatchSize } from "../../src/sweep/batch-size.ts";

/** Seconds of each of some batches on a machine of which spins of one point fill a share, and which begins a batch in 0.3 s. */
function batches(rate: number, fill: number, spins: number, steps: number, count: number) {
  const size = new BatchSize();
  return Array.from({ length: count }, () => {
    const points = size.points(spins, steps);
    const busy = Math.min(1, (points * spins) / fill);
    const seconds = 0.3 + (points * spins * steps) / (rate * busy);
    size.took(points * spins * steps, seconds);
    return { points, seconds };
  });
}

describe("the size of batches", () => {
  it.each([
    ["float64 JavaScript", 2e6, 1],
    ["a processor", 4e8, 64],
    ["a laptop's GPU", 2e10, 1e4],
    ["a large GPU", 4e11, 3e5],
  ])("comes to some ten seconds on %s", (_, rate, fill) => {
    const run = batches(rate, fill, 1000, 1e5, 12);
    const last = run[run.length - 1];
    // a point is not divided, and spins that fill the device are enough
    const whole = last.points === 1 || last.points === 2097;
    if (!whole) expect(last.seconds).toBeGreaterThan(5);
    if (last.points > 1) expect(last.seconds).toBeLessThan(20);
    // nor does any on the way there take much longer
    for (const { points, seconds } of run) if (points > 1) expect(seconds).toBeLessThan(40);
  });

  it("fills a large GPU with points that would take long one by one", () => {
    expect(batches(4e11, 3e5, 1000, 1e6, 8).map(({ points }) => points)).toEqual([
      1, 8, 64, 512, 2097, 2097, 2097, 2097,
    ]);
  });

  it("is a point at least, and never more spins than memory is sure to hold", () => {
    const size = new BatchSize();
    expect(size.points(1e9, 1e9)).toBe(1);
    expect(size.points(1e6, 1)).toBe(2);
    expect(size.points(1, 1)).toBe(4096);
    size.took(0, 0);
    expect(size.points(1000, 1000)).toBe(1);
  });
});

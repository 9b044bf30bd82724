import { describe, expect, it } from "vitest";
import type { SplittingCounts } from "../../src/ensemble/splitting/counts.ts";
import { believed } from "../../src/observables/rare-event/result.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";
import { exactTail, towards, walkToTail } from "../ensemble/walk-to-tail.ts";

/* Islands that a good and a bad importance function lead in turn, on a walk whose tail is known. */

/** Sixteen islands of each kind in one run. */
function inTurn(seed: number, bad: (s: number, left: number) => number): SplittingCounts {
  const good = walkToTail(seed, 1024, 16, towards).found;
  const other = walkToTail(seed + 5000, 1024, 16, bad).found;
  const found = good.flatMap((island, i) => [island, other[i]]);
  return {
    logs: found.map(({ log }) => log),
    stages: [],
    spins: 2048,
    timeStep: 1,
    steps: 24,
    source: "the good one",
    rival: "the bad one",
    climb: 9,
    seconds: { stepping: 0, resampling: 0 },
  };
}

/** Of many runs: the intervals, and how many hold the exact value with the islands' scatter alone and with what the two kinds differ by. */
function heldBy(bad: (s: number, left: number) => number) {
  let [given, scatter, held, width] = [0, 0, 0, 0];
  for (let seed = 1000; seed < 1120; seed++) {
    const counts = inTurn(seed, bad);
    const { interval, relativeError } = believed(counts);
    if (!interval) continue;
    const holds = ({ low, high }: typeof interval): boolean => low <= exactTail() && exactTail() <= high;
    const plain = summaryOfIslands(counts.logs);
    given++;
    width += (relativeError as number) / (plain.relativeError as number);
    if (plain.interval && holds(plain.interval)) scatter++;
    if (holds(interval)) held++;
  }
  return { given, scatter: scatter / given, held: held / given, width: width / given };
}

describe("two importance functions in turn", () => {
  it("have intervals that hold where one misses what counts, and the islands' scatter alone does not", () => {
    const doubled = heldBy((s) => 2 * towards(s));
    expect(doubled.given).toBeGreaterThan(40);
    expect(doubled.scatter).toBeLessThan(0.88);
    expect(doubled.held).toBeGreaterThan(0.95);
    // leads away from the goal when the end is near
    const turned = heldBy((s, left) => towards(s) * (left > 6 ? 1 : -0.2));
    expect(turned.given).toBeGreaterThan(15);
    expect(turned.scatter).toBeLessThan(0.6);
    expect(turned.held).toBeGreaterThan(0.9);
  });

  it("that are both fit have intervals that are a fifth wider and hold no less often than they say", () => {
    const weaker = heldBy((s) => 0.75 * towards(s));
    expect(weaker.given).toBe(120);
    expect(weaker.held).toBeGreaterThanOrEqual(weaker.scatter);
    expect(weaker.held).toBeGreaterThan(0.93);
    // the mean of |x|, of a normal variate, where it is above 1, and else of 1, is 1.17
    expect(weaker.width).toBeGreaterThan(1.08);
    expect(weaker.width).toBeLessThan(1.3);
  });
});

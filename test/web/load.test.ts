import { describe, expect, it } from "vitest";
import { adapted, Load, thinned } from "../../web/workers/load.ts";

describe("the size of an ensemble", () => {
  it("follows what a run spends of its time", () => {
    const load = new Load();
    load.add(50, 100, 0.7);
    expect(load.share, "half a second is too little to tell").toBeNull();
    load.add(100, 100, 1.4);
    expect(load.share).toBeCloseTo(1.4, 12);
    // unpaced runs take what they can get
    load.add(1e6, Number.POSITIVE_INFINITY, 5);
    expect(load.share).toBeCloseTo(1.4, 12);
  });

  it("shrinks at once where a run falls behind, and grows slowly where it has time, never beyond what was measured", () => {
    expect(adapted(1, null)).toBe(1);
    expect(adapted(1, 0.5)).toBe(1);
    expect(adapted(1, 1.6)).toBeCloseTo(0.25, 12);
    expect(adapted(0.25, 0.1)).toBeCloseTo(0.375, 12);
    expect(adapted(0.9, 0.1)).toBe(1);
    expect(adapted(0.02, 100)).toBe(1 / 64);
  });

  it("keeps spins from all over the state", () => {
    const m = [0, 1, 2].map((k) => Float64Array.from({ length: 10 }, (_, i) => 10 * k + i));
    const few = thinned({ m, step: 7 }, 5);
    expect(few.step).toBe(7);
    expect([...few.m[1]]).toEqual([10, 12, 14, 16, 18]);
    expect(thinned({ m, step: 7 }, 20).m[0]).toHaveLength(10);
  });
});

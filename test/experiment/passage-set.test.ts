import { describe, expect, it } from "vitest";
import { endingCondition, narrowest, passageSet } from "../../src/experiment/passage-set.ts";
import { compileScalar } from "../../src/expression/compile.ts";
import { parse } from "../../src/expression/parse.ts";
import { magnetization } from "../../src/expression/vector.ts";

const initial = { direction: [0.8, 0, 0.6] } as const;
const until = (text: string) => parse(text, { condition: true });

describe("a passage of spins that all start in one direction", () => {
  it.each([
    [
      "between two bands, for neither of which a step is short enough",
      "abs(mz) < 0.005 or abs(mz - 0.9) < 0.005",
      0.005,
      0.895,
    ],
    ["below one band", "abs(mz - 0.9) < 0.005", -1, 0.895],
    ["above one band, whose other part stays below", "mz < -0.9 or abs(mz) < 0.005", 0.005, 1],
  ])("ends beyond the rims of its gap %s", (_, text, low, high) => {
    const ends = compileScalar(endingCondition(until(text), initial), magnetization);
    const at = (mz: number): number => Number(ends(Math.sqrt(1 - mz * mz), 0, mz));
    for (let mz = -0.999; mz < 1; mz += 0.002)
      expect([mz, at(mz)]).toEqual([mz, Number(mz < low || mz > high)]);
  });

  it("ends where its condition says if nothing lies beyond the set", () => {
    const condition = until("mz < 0.5 or mz > 0.9");
    expect(endingCondition(condition, initial)).toBe(condition);
    expect(passageSet(condition, initial)?.isWhole).toBe(true);
  });

  it("has the gap between the rims as its narrowest way, however thin the set is", () => {
    const set = passageSet(until("abs(mz) < 0.005 or abs(mz - 0.9) < 0.005"), initial)?.set;
    expect(set && narrowest(set, initial)).toBeCloseTo(Math.acos(0.005) - Math.acos(0.895), 12);
  });
});

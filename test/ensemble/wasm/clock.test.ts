import { describe, expect, it } from "vitest";
import { clocked } from "../../../src/ensemble/wasm/clock.ts";
import { compileScalar } from "../../../src/expression/compile.ts";
import { add, mul, variable } from "../../../src/expression/expression.ts";
import { parse } from "../../../src/expression/parse.ts";
import { substitute } from "../../../src/expression/rewrite.ts";

/** A formula of t after its linear parts have become hands of a clock, and these lines in t again. */
function throughHands(text: string): { value: (t: number) => number; hands: number } {
  const { expressions, hands } = clocked([parse(text, { names: ["t"] })]);
  const lines = [...hands].map(([name, { slope, offset }]) => [name, add(mul(slope, variable("t")), offset)]);
  const [of] = substitute(expressions, Object.fromEntries(lines));
  return { value: compileScalar(of, ["t"]), hands: hands.size };
}

describe("hands of the clock", () => {
  it.each(["t + floor(t)", "floor(3*t) - t", "sin(t + floor(t))", "2*(t - 3)/4", "cos(5*t - 1)*t"])(
    "%s keeps its value",
    (text) => {
      const of = compileScalar(parse(text, { names: ["t"] }), ["t"]);
      const { value } = throughHands(text);
      for (const t of [0, 0.4, 1.7, 12.9]) expect(value(t)).toBeCloseTo(of(t), 12);
    },
  );

  it("are read from sums of multiples of t", () => {
    expect(throughHands("sin(2*(t - 3)/4)").hands).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { add, constant, mul, sin, sub, variable } from "../../src/expression/expression.ts";
import { merged, sizeOf } from "../../src/expression/merge.ts";

const copy = () => sin(mul(2, variable("x")));

describe("merging", () => {
  it("makes one node of equal ones, in all expressions together", () => {
    const [a, b] = merged([add(copy(), variable("y")), copy()]);
    expect(a.kind === "apply" && a.operands[0]).toBe(b);
    expect(sizeOf([a, b])).toBe(6);
  });

  it("keeps values, the order of operands, and the sign of zero", () => {
    const of = sub(add(copy(), mul(copy(), variable("y"))), variable("x"));
    const [found] = merged([of]);
    const [before, after] = [of, found].map((f) => compileScalar(f, ["x", "y"]));
    expect(after(0.3, -1.7)).toBe(before(0.3, -1.7));
    const zeros = merged([constant(0), constant(-0)]);
    expect(zeros.map((zero) => zero.kind === "constant" && Object.is(zero.value, -0))).toEqual([false, true]);
  });
});

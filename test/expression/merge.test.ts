import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { add, constant, cos, div, mul, neg, sin, sub, variable } from "../../src/expression/expression.ts";
import { merged, sizeOf } from "../../src/expression/merge.ts";

const copy = () => sin(mul(2, variable("x")));

describe("merging", () => {
  it("makes one node of equal ones, in all expressions together", () => {
    const [a, b] = merged([add(copy(), variable("y")), copy()]);
    expect(a.kind === "apply" && a.operands[0]).toBe(b);
    expect(sizeOf([a, b])).toBe(6);
  });

  it("keeps apart what differs in its operator, the order of its operands or their number alone", () => {
    const [x, y] = [variable("x"), variable("y")];
    const different = [sin(x), cos(x), sub(x, y), sub(y, x), div(x, y), neg(x), sub(x, 1), sub(x, 2)];
    const found = merged(different);
    expect(new Set(found).size).toBe(different.length);
    const at = (f: Expression) => compileScalar(f, ["x", "y"])(0.3, -1.7);
    expect(found.map(at)).toEqual(different.map(at));
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

import { describe, expect, it } from "vitest";
import * as e from "../../src/expression/expression.ts";
import { javascript } from "../../src/expression/javascript.ts";
import { print } from "../../src/expression/print.ts";
import { wgsl } from "../../src/expression/wgsl.ts";

const [a, b, c, d, x, y] = ["a", "b", "c", "d", "x", "y"].map((name) => e.variable(name));
const fused = { ...wgsl, fuses: true };
const printed = (of: e.Expression): string => print([of], fused).outputs[0];

describe("sums for processors that multiply and add at once", () => {
  it.each([
    [e.add(x, e.sub(e.mul(a, b), e.mul(c, d))), "((x + (a * b)) - (c * d))"],
    [e.sub(e.mul(a, b), e.add(x, y)), "(((-x) - y) + (a * b))"],
    [e.add(e.sub(e.mul(a, b), x), y), "((y - x) + (a * b))"],
    [e.sub(e.mul(a, b), e.mul(c, d)), "((a * b) - (c * d))"],
    [e.neg(e.add(x, e.mul(a, b))), "((-x) - (a * b))"],
    [e.sub(x, e.sub(y, e.mul(a, b))), "((x - y) + (a * b))"],
  ])("begin with what is no product: %#", (sum, text) => {
    expect(printed(sum)).toBe(text);
  });

  it("keep what is read twice whole", () => {
    const shared = e.add(x, e.mul(a, b));
    const { lines, outputs } = print([e.add(e.mul(c, shared), e.mul(d, y), shared)], fused);
    expect(lines).toEqual([expect.stringMatching(/^let v\d+ = \(x \+ \(a \* b\)\);$/)]);
    const name = lines[0].split(" ")[1];
    expect(outputs[0].startsWith(`((${name} + `)).toBe(true);
  });

  it("have the value of the sum as it is written", () => {
    const sum = e.sub(
      e.add(e.neg(e.mul(a, e.sub(x, e.mul(b, y)))), e.mul(c, c), 3),
      e.neg(e.sub(e.mul(d, x), e.add(y, e.mul(a, d), -2))),
    );
    const values = [0.3, -1.7, 2.9, 0.11, -0.6, 5.1];
    const evaluate = (fuses: boolean): number =>
      new Function(
        "a",
        "b",
        "c",
        "d",
        "x",
        "y",
        `return ${print([sum], { ...javascript, fuses }).outputs[0]};`,
      )(...values) as number;
    expect(evaluate(true)).toBeCloseTo(evaluate(false), 12);
  });
});

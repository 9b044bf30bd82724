import { describe, expect, it } from "vitest";
import * as e from "../../src/expression/expression.ts";
import { javascript } from "../../src/expression/javascript.ts";
import { call } from "../../src/expression/notation.ts";
import type { Language } from "../../src/expression/print.ts";
import { print, printNested } from "../../src/expression/print.ts";
import { wgsl } from "../../src/expression/wgsl.ts";

const [a, b, c, d, x, y] = ["a", "b", "c", "d", "x", "y"].map((name) => e.variable(name));
const fused = { ...wgsl, fuse: call("fma") };
const printed = (of: e.Expression): string => print([of], fused).outputs[0];

describe("sums for processors that multiply and add at once", () => {
  it.each([
    [e.add(x, e.sub(e.mul(a, b), e.mul(c, d))), "fma((-c), d, fma(a, b, x))"],
    [e.sub(e.mul(a, b), e.add(x, y)), "fma(a, b, ((-x) - y))"],
    [e.add(e.sub(e.mul(a, b), x), y), "fma(a, b, (y - x))"],
    [e.sub(e.mul(a, b), e.mul(c, d)), "fma((-c), d, (a * b))"],
    [e.neg(e.add(x, e.mul(a, b))), "fma((-a), b, (-x))"],
    [e.sub(x, e.sub(y, e.mul(a, b))), "fma(a, b, (x - y))"],
  ])("begin with what is no product: %#", (sum, text) => {
    expect(printed(sum)).toBe(text);
  });

  it("keep what is read twice whole", () => {
    const shared = e.add(x, e.mul(a, b));
    const { lines, outputs } = print([e.add(e.mul(c, shared), e.mul(d, y), shared)], fused);
    expect(lines).toEqual([expect.stringMatching(/^let v\d+ = fma\(a, b, x\);$/)]);
    const name = lines[0].split(" ")[1];
    expect(outputs).toEqual([`fma(d, y, fma(c, ${name}, ${name}))`]);
  });

  it("take a product whole into each sum, whoever else reads it", () => {
    const product = e.mul(a, b);
    expect(print([e.add(x, product), e.add(y, product)], fused).outputs).toEqual([
      "fma(a, b, x)",
      "fma(a, b, y)",
    ]);
    const { outer, blocks } = printNested([e.add(x, product)], [[product]], fused);
    expect(outer.outputs).toEqual(["fma(a, b, x)"]);
    expect(blocks[0].outputs).toEqual(["(a * b)"]);
  });

  it("have the value of the sum as it is written", () => {
    const sum = e.sub(
      e.add(e.neg(e.mul(a, e.sub(x, e.mul(b, y)))), e.mul(c, c), 3),
      e.neg(e.sub(e.mul(d, x), e.add(y, e.mul(a, d), -2))),
    );
    const values = [0.3, -1.7, 2.9, 0.11, -0.6, 5.1];
    const fuse = (a: string, b: string, c: string): string => `(${a} * ${b} + ${c})`;
    const evaluate = (language: Language): number =>
      new Function("a", "b", "c", "d", "x", "y", `return ${print([sum], language).outputs[0]};`)(
        ...values,
      ) as number;
    expect(evaluate({ ...javascript, fuse })).toBeCloseTo(evaluate(javascript), 12);
  });
});

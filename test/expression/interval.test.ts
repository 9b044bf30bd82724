import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { decided } from "../../src/expression/decide.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { uses } from "../../src/expression/expression.ts";
import type { Interval } from "../../src/expression/interval.ts";
import { interval, point } from "../../src/expression/interval.ts";
import { intervalProgram } from "../../src/expression/interval-program.ts";
import { parse } from "../../src/expression/parse.ts";

const names = ["x", "y"];
const typed = (text: string) => parse(text, { names, withoutMagnetization: true });
const texts = [
  "x + y*3 - 2*x*y",
  "x^2 - y^3 + x^7",
  "x / (y^2 + 0.3) - 1/(3 + x)",
  "1 / x + y / (x - y)",
  "sqrt(x) + sqrt(1 - y^2)",
  "sin(5*x) * cos(40*y + 1) + tan(x)",
  "asin(x / 3) + acos(y / 2)",
  "atan2(y, x) + atan2(x - 2, y)",
  "exp(-x^2) * log(1 + y^2) + log1p(x) + tanh(y) + log(x)",
  "abs(x - y) + floor(3*x) - floor(y) * x",
  "min(x, y^2) * max(x*y, 0.2)",
  "exp(200*x) - exp(-200*y)",
];
const side = fc
  .tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }))
  .map(([low, width]) => interval(low, low + width));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const at = ({ low, high }: { low: number; high: number }, s: number) =>
  Math.min(high, Math.max(low, low + s * (high - low)));

const enclosure = (of: Expression, variables: Readonly<Record<string, Interval>> = {}): Interval =>
  intervalProgram([of]).evaluate(variables)[0];

describe("interval arithmetic", () => {
  it.each(texts)("holds every value of %s", (text) => {
    const of = typed(text);
    const evaluate = compileScalar(of, names);
    fc.assert(
      fc.property(side, side, share, share, (x, y, s, r) => {
        const value = evaluate(at(x, s), at(y, r));
        fc.pre(Number.isFinite(value));
        const { low, high } = enclosure(of, { x, y });
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it("takes decided choices, and the values stay", () => {
    const of = typed("max(0, x - 2) * sin(y) + min(x, 5) + abs(x - 1) + floor(x / 10)");
    const box = { x: interval(2, 4), y: interval(-9, 9) };
    const [plain] = decided([of], box);
    const [a, b] = [compileScalar(of, names), compileScalar(plain, names)];
    for (const x of [2, 2.7, 4]) expect(b(x, 1.3)).toBe(a(x, 1.3));
    expect(uses("y", decided([of], { x: interval(-5, 1.9) }))).toBe(false);
    expect(JSON.stringify(plain)).not.toMatch(/max|min|abs|floor/);
  });

  it("is nearly exact at a point", () => {
    for (const text of texts) {
      const value = compileScalar(typed(text), names)(0.37, 0.21);
      const { low, high } = enclosure(typed(text), { x: point(0.37), y: point(0.21) });
      expect(high - low).toBeLessThan(2e-13 * Math.max(1, Math.abs(value)));
    }
  });

  it("knows nothing where a divisor may vanish or nothing lies in the domain", () => {
    const { low, high } = enclosure(typed("1 / x"), { x: interval(-1, 1) });
    expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(enclosure(typed("log(x)"), { x: interval(-2, -1) }).high).toBe(Number.POSITIVE_INFINITY);
    expect(enclosure(typed("1 / x"), { x: interval(0, 4) })).toEqual({
      low: expect.closeTo(0.25, 12),
      high: Number.POSITIVE_INFINITY,
    });
  });

  it("tells the branch of every choice", () => {
    const program = intervalProgram([typed("max(0, x - 2) + abs(y) + floor(x)")]);
    program.evaluate({ x: interval(2.5, 2.6), y: interval(-3, -2) });
    expect(program.branches().sort()).toEqual(["-", "2", "<"]);
    expect(program.mayJump()).toBe(false);
    program.evaluate({ x: interval(1.5, 2.6), y: interval(-3, 2) });
    expect(program.branches()).toEqual(["?", "?", "?"]);
    expect(program.mayJump()).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import * as e from "../../src/expression/expression.ts";
import {
  type Expression,
  evaluateOperator,
  type Operator,
  variable,
} from "../../src/expression/expression.ts";
import { schedule } from "../../src/expression/schedule.ts";
import { absorbScales } from "../../src/expression/webassembly/absorb-scales.ts";
import { signed, unsigned } from "../../src/expression/webassembly/binary.ts";
import { dependsOn } from "../../src/expression/webassembly/dependence.ts";
import { FunctionBuilder } from "../../src/expression/webassembly/function.ts";
import { i32, v128 } from "../../src/expression/webassembly/instructions.ts";
import { assembleModule } from "../../src/expression/webassembly/module.ts";
import { LanePrinter } from "../../src/expression/webassembly/print.ts";
import { splitting } from "../../src/integrators/splitting.ts";

/** Evaluates an expression of x and y lane by lane over whole arrays. */
function evaluate(of: Expression, x: Float32Array, y: Float32Array): Float32Array {
  const size = x.byteLength;
  const f = new FunctionBuilder([]);
  const program = schedule([of]);
  f.loop(
    i32.constant(size),
    (i) => {
      const printer = new LanePrinter(f, program, (name) => v128.load(i, name === "x" ? 0 : size));
      f.add(v128.store(i, printer.value(program.outputs[0]), 2 * size));
    },
    16,
  );
  const module = new WebAssembly.Module(assembleModule({ run: f }, 3 * size));
  const { memory, run } = new WebAssembly.Instance(module).exports as {
    memory: WebAssembly.Memory;
    run: () => void;
  };
  new Float32Array(memory.buffer, 0, x.length).set(x);
  new Float32Array(memory.buffer, size, x.length).set(y);
  run();
  return new Float32Array(memory.buffer, 2 * size, x.length).slice();
}

const count = 20000;
const spread = (low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
/** Both signs and all magnitudes from 10^low to 10^high. */
const magnitudes = (low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (i % 2 ? 1 : -1) * 10 ** (low + ((high - low) * i) / count));

type Case = [operator: Operator, x: Float32Array, y: Float32Array, absolute: number, relative: number];
const none = new Float32Array(count);
const scrambled = (x: Float32Array): Float32Array => x.map((_, i) => x[(i * 7919) % count]);
const positive = (x: Float32Array): Float32Array => x.map(Math.abs);
/** Half a unit in the last place is 6e-8. */
const ulps = 2e-7;
const tiny = 1.5e-45;

const cases: Case[] = [
  ["add", spread(-3, 5), scrambled(spread(-4, 4)), 1e-6, 0],
  ["sub", spread(-3, 5), scrambled(spread(-4, 4)), 1e-6, 0],
  ["mul", spread(-3, 5), scrambled(spread(-4, 4)), 0, ulps],
  ["div", spread(-3, 5), scrambled(spread(1, 4)), 0, ulps],
  ["neg", spread(-3, 5), none, 0, 0],
  ["abs", spread(-3, 5), none, 0, 0],
  ["floor", spread(-30, 50), none, 0, 0],
  ["min", spread(-3, 5), scrambled(spread(-3, 5)), 0, 0],
  ["max", spread(-3, 5), scrambled(spread(-3, 5)), 0, 0],
  ["sqrt", spread(0, 50), none, 0, ulps],
  ["sin", spread(-7, 7), none, ulps, 0],
  ["sin", spread(-0.7, 0.7), none, 0, ulps],
  ["sin", magnitudes(-10, 9), none, ulps, 0],
  ["cos", spread(-7, 7), none, ulps, 0],
  ["cos", magnitudes(-10, 9), none, ulps, 0],
  ["asin", spread(-1, 1), none, 0, 2.5e-7],
  ["asin", magnitudes(-20, 0), none, 0, 2.5e-7],
  ["acos", spread(-1, 1), none, ulps, 2.5e-7],
  ["atan2", spread(-2, 3), scrambled(spread(-3, 2)), 0, 3e-7],
  ["atan2", magnitudes(-18, 18), scrambled(magnitudes(-18, 18)), 1e-37, 3e-7],
  ["exp", spread(-87, 88), none, 0, 2.5e-7],
  ["exp", spread(-103, -87), none, tiny, 2.5e-7],
  ["exp", magnitudes(-10, 0), none, 0, ulps],
  ["log", positive(magnitudes(-37, 38)), none, 0, ulps],
  ["log", spread(0.5, 2), none, 0, 2.5e-7],
  ["log1p", spread(-0.99, 10), none, 0, 2.5e-7],
  ["log1p", positive(magnitudes(-30, 38)), none, 0, ulps],
  ["tanh", spread(-12, 12), none, 0, 2.5e-7],
  ["tanh", magnitudes(-20, 3), none, 0, 2.5e-7],
];

describe("operators in WebAssembly against float64", () => {
  it.each(cases)("%s", (operator, x, y, absolute, relative) => {
    const operands = y === none ? [variable("x")] : [variable("x"), variable("y")];
    const actual = evaluate({ kind: "apply", operator, operands }, x, y);
    const exact = evaluateOperator[operator] as (...x: number[]) => number;
    let [worst, at] = [-1, 0];
    for (let i = 0; i < count; i++) {
      const expected = exact(x[i], y[i]);
      const excess = Math.abs(actual[i] - expected) - absolute - relative * Math.abs(expected);
      if (!(excess <= worst)) [worst, at] = [excess, i];
    }
    expect(worst, `at ${x[at]}, ${y[at]}: ${actual[at]} for ${exact(x[at], y[at])}`).toBeLessThanOrEqual(0);
  });

  it("keeps the limits of functions", () => {
    const at = (of: (x: Expression) => Expression, x: number): number =>
      evaluate(of(variable("x")), new Float32Array(4).fill(x), new Float32Array(4))[0];
    const infinity = Number.POSITIVE_INFINITY;
    expect(at(e.log, 0)).toBe(-infinity);
    expect(at(e.log, -1)).toBeNaN();
    expect(at(e.log, infinity)).toBe(infinity);
    expect(at(e.log1p, -1)).toBe(-infinity);
    expect(at(e.log, 1e-42)).toBeCloseTo(Math.log(Math.fround(1e-42)), 4);
    expect(at(e.exp, infinity)).toBe(infinity);
    expect(at(e.exp, -infinity)).toBe(0);
    expect(at(e.exp, Number.NaN)).toBeNaN();
    expect(at(e.tanh, infinity)).toBe(1);
    expect(at((x) => e.atan2(0, x), -1)).toBeCloseTo(Math.PI, 6);
    expect(at((x) => e.atan2(x, x), 0)).toBe(0);
  });

  it("treats truth values as lane masks", () => {
    const [x, y] = [variable("x"), variable("y")];
    const inside = e.and(e.lessEqual(x, y), e.not(e.less(x, -1)));
    const actual = evaluate(
      e.select(e.or(inside, e.less(2, x)), 1, 0),
      Float32Array.of(-2, -1, 0.5, 3),
      Float32Array.of(0, 0, 0.25, 0),
    );
    expect([...actual]).toEqual([0, 1, 0, 1]);
  });
});

describe("absorbing constant factors", () => {
  const [mx, my, mz, xi1, drive] = ["mx", "my", "mz", "xi1", "drive"].map(variable);
  const varies = (name: string): boolean => name.startsWith("m") || name.startsWith("xi");
  const names = ["mx", "my", "mz", "xi1", "xi2", "xi3", "drive"];
  const absorb = (outputs: readonly Expression[]) => absorbScales(outputs, varies, (name) => name === "xi1");
  const multiplications = (outputs: readonly Expression[]): number => {
    const program = schedule(outputs);
    const varying = dependsOn(program, varies);
    return program.values.filter((x, i) => x.kind === "apply" && x.operator === "mul" && varying[i]).length;
  };
  const field = e.sub(e.mul(3, mx), e.add(0.5, e.mul(drive, 7)));
  const shared = e.add(0.1, e.mul(mx, my));

  it.each<[string, Expression[], number]>([
    ["a field times a step", [e.mul(0.2, field)], 1],
    ["both factors of a sum of products", [e.mul(0.2, e.sub(e.mul(mx, field), e.mul(my, e.mul(4, mz))))], 4],
    ["a value wanted at two scales", [e.mul(0.2, shared), e.mul(0.3, shared)], 3],
    ["a value wanted as it is too", [e.mul(0.2, e.add(1, e.mul(3, mx))), e.add(1, e.mul(3, mx))], 2],
    ["x + x", [e.mul(5, e.add(mx, mx)), e.add(xi1, xi1)], 2],
    [
      "quotients, signs and choices",
      [e.mul(3, e.select(e.less(mx, 0), e.div(e.mul(2, my), mz), e.neg(e.mul(4, mx))))],
      2,
    ],
    [
      "functions and squares",
      [e.mul(2, e.sin(e.mul(3, mx))), e.mul(2, mx, mx), e.mul(0.5, e.mul(field, field))],
      6,
    ],
  ])("%s", (_, outputs, expected) => {
    const absorbed = absorb(outputs);
    expect(multiplications(absorbed)).toBeLessThanOrEqual(expected);
    const point = [0.3, -0.7, 0.6, 1.2, -0.4, 0.9, 0.35];
    outputs.forEach((output, i) => {
      const value = compileScalar(absorbed[i], names)(...point);
      expect(value).toBeCloseTo(compileScalar(output, names)(...point), 13);
    });
  });

  it("saves multiplications in a time step and keeps its value", () => {
    const energy = e.sub(e.mul(-0.5, mz, mz), e.add(e.mul(0.2, mx), e.mul(drive, mz)));
    const dynamics = { psi: e.mul(0.1, energy), omega: energy, diffusion: e.constant(0.02) };
    const { step } = splitting.build(dynamics, 0.3, "dyadic");
    const absorbed = absorbScales(step, varies, (name) => name.startsWith("xi"));
    expect(multiplications(absorbed)).toBeLessThanOrEqual(multiplications(step) - 5);
    const point = [0.48, -0.6, 0.64, 0.7, -2.2, 0.7, 0.3];
    step.forEach((output, i) => {
      const value = compileScalar(absorbed[i], names)(...point);
      expect(value).toBeCloseTo(compileScalar(output, names)(...point), 13);
    });
  });
});

it("encodes integers as LEB128", () => {
  expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
  expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
  expect(signed(64)).toEqual([0xc0, 0]);
  expect(signed(-1)).toEqual([0x7f]);
});

import { expect, it } from "vitest";
import { compileColumns, compileScalar, compileSteps, compileVector } from "../../src/expression/compile.ts";
import * as e from "../../src/expression/expression.ts";

it("a function of columns has the values of the function of numbers, for constants of each call", () => {
  const [mx, my, mz, time] = ["mx", "my", "mz", "t"].map(e.variable);
  const of = e.add(e.square(mx), e.mul(5, my, e.exp(e.neg(e.div(mx, e.add(1, time))))), e.sin(mz));
  const [scalar, fill] = [
    compileScalar(of, ["mx", "my", "mz", "t"]),
    compileColumns(of, ["mx", "my", "mz"], ["t"]),
  ];
  const columns = [0, 1, 2].map((k) => Float64Array.from({ length: 50 }, (_, i) => Math.cos(3 * i + k)));
  const out = new Float64Array(50);
  for (const t of [0, 2]) {
    fill(columns, out, t);
    expect(Array.from(out)).toEqual(
      Array.from(out, (_, i) => scalar(columns[0][i], columns[1][i], columns[2][i], t)),
    );
  }
  expect(() => compileColumns(of, ["mx", "my"], ["t"])).toThrow("no value is given for mz");
});

it("a formula of many factors is nested in no text deeper than its parser allows", () => {
  const x = e.variable("x");
  let nested: e.Expression = x;
  for (let i = 0; i < 1000; i++) nested = e.sin(e.add(nested, x));
  const value = (at: number): number => {
    let result = at;
    for (let i = 0; i < 1000; i++) result = Math.sin(result + at);
    return result;
  };
  expect(compileScalar(nested, ["x"])(0.4)).toBe(value(0.4));
});

it("steps in one loop end where single steps do, which read the state before them", () => {
  const [x, y, noise, rate] = ["x", "y", "noise", "rate"].map(e.variable);
  // each component reads the other: one that was replaced already would show
  const next = [e.add(e.mul(rate, y), noise), e.sub(e.sin(x), e.mul(rate, noise))];
  const step = compileVector(next, ["x", "y", "noise", "rate"]);
  const walk = compileSteps(next, ["x", "y"], ["noise"], ["rate"]);
  const column = Float64Array.from({ length: 20 }, (_, i) => Math.cos(3 * i));
  const [single, walked] = [Float64Array.of(0.3, -0.2), Float64Array.of(0.3, -0.2)];
  for (let i = 5; i < 20; i++) step(single, 0, single[0], single[1], column[i], 0.7);
  walk(walked, [column], 5, 12, 0.7);
  walk(walked, [column], 12, 20, 0.7);
  expect(walked).toEqual(single);
  expect(() => compileSteps(next, ["x", "y"], ["noise"])).toThrow("no value is given for rate");
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { gradient } from "../../src/expression/differentiate.ts";
import { constantValue, variablesOf } from "../../src/expression/expression.ts";
import { ExpressionError, parse } from "../../src/expression/parse.ts";
import { rewrite } from "../../src/expression/rewrite.ts";

const names = ["Ka", "t"];
const at = (text: string, theta: number, phi: number, Ka = 2, t = 3) =>
  compileScalar(parse(text, { names }), ["mx", "my", "mz", ...names])(
    Math.sin(theta) * Math.cos(phi),
    Math.sin(theta) * Math.sin(phi),
    Math.cos(theta),
    Ka,
    t,
  );

describe("numbers", () => {
  const [theta, phi] = [0.8, 2.1];
  const [mx, my, mz] = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
  it.each<[string, number]>([
    ["-Ka*mx^2 + 3 mz", -2 * mx ** 2 + 3 * mz],
    ["-mz^2", -(mz ** 2)],
    ["2^-1 * Ka^0.5", 0.5 * Math.SQRT2],
    ["pi/2 + 1e-3", Math.PI / 2 + 1e-3],
    ["atan2(my, mx)", phi],
    [
      "acos(mz) + asin(mx) + log(Ka) + log1p(t) + exp(-t) + tanh(mx)",
      theta + Math.asin(mx) + Math.log(2) + Math.log(4) + Math.exp(-3) + Math.tanh(mx),
    ],
    ["min(mx, my) + max(mx, my) + abs(mx) + floor(2.5)", mx + my + Math.abs(mx) + 2],
    ["theta + phi", theta + phi],
    ["cos(theta)", mz],
    ["sin(theta)^2*cos(2*phi)", mx * mx - my * my],
    ["sin(theta)*sin(phi)", my],
    ["sin(3*theta) - cos(2*theta)", Math.sin(3 * theta) - Math.cos(2 * theta)],
    ["cos(phi - 0.4) + sin(0.4 - 2*phi)", Math.cos(phi - 0.4) + Math.sin(0.4 - 2 * phi)],
    ["cos(phi - Ka*t)", Math.cos(phi - 6)],
    ["tan(theta)", Math.tan(theta)],
    ["sin(theta)^3 + 1/sin(theta)", Math.sin(theta) ** 3 + 1 / Math.sin(theta)],
    ["sin(theta*phi)", Math.sin(theta * phi)],
    ["sin(2*pi*t/7)", Math.sin((2 * Math.PI * 3) / 7)],
  ])("%s", (text, value) => {
    expect(at(text, theta, phi)).toBeCloseTo(value, 12);
  });
});

describe("angles", () => {
  it("leave no root and no quotient where the function is a polynomial of m", () => {
    for (const text of [
      "sin(theta)*cos(phi)",
      "sin(theta)^2",
      "sin(theta)^2*cos(2*phi - 0.3)",
      "cos(theta)*sin(theta)*sin(phi)",
      "sin(theta)^2*cos(phi)^2 + cos(theta)^2",
    ]) {
      const operators = new Set<string>();
      rewrite([parse(text)], (node) => {
        if (node.kind === "apply") operators.add(node.operator);
        return undefined;
      });
      for (const forbidden of ["sqrt", "div", "atan2", "sin", "cos"])
        expect(operators).not.toContain(forbidden);
    }
  });
  it("keep the gradient of sin(theta) finite at the poles", () => {
    const [x] = gradient(parse("sin(theta)"), ["mx"]);
    expect(compileScalar(x, ["mx", "my", "mz"])(0, 0, 1)).toBe(0);
    expect(compileScalar(x, ["mx", "my", "mz"])(0.6, 0, 0.8)).toBeCloseTo(1, 12);
  });
});

describe("conditions", () => {
  const holds = (text: string, mx: number, mz: number) =>
    Boolean(compileScalar(parse(text, { condition: true }), ["mx", "my", "mz"])(mx, 0, mz));
  it.each<[string, number, number, boolean]>([
    ["mz < -0.5", 0, -0.6, true],
    ["mz < -0.5", 0, -0.4, false],
    ["mz >= 0.5 and mx > 0", 0.1, 0.5, true],
    ["mz >= 0.5 and mx > 0", -0.1, 0.5, false],
    ["mz > 0.9 or not (mx > 0)", -0.1, 0, true],
    ["-0.5 < mz < 0.5", 0, 0, true],
    ["-0.5 < mz < 0.5", 0, 0.6, false],
    ["theta > 3*pi/4", 0, -1, true],
  ])("%s at mx = %f, mz = %f", (text, mx, mz, result) => {
    expect(holds(text, mx, mz)).toBe(result);
  });
});

describe("errors", () => {
  const error = (text: string, options = {}): ExpressionError => {
    try {
      parse(text, { names, ...options });
    } catch (thrown) {
      if (thrown instanceof ExpressionError) return thrown;
      throw thrown;
    }
    throw new Error(`${text} was accepted`);
  };
  it("name what is unknown, where, and what was probably meant", () => {
    expect(error("2*mz + ka*3")).toMatchObject({ position: 8, suggestion: "Ka" });
    expect(error("sim(mz)")).toMatchObject({ position: 1, suggestion: "sin" });
    expect(error("tehta")).toMatchObject({ suggestion: "theta" });
    expect(error("mz + (")).toMatchObject({ position: 7 });
  });
  it.each([
    "",
    "mz = 3",
    "f(x) = x",
    "[mx, my]",
    "{a: 1}",
    "mz; mx",
    '"text"',
    "a.b",
    "mz'",
    "5!",
    "mz % 2",
    "mz & 1",
    "mz ? 1 : 2",
    "mz < 0",
    "sin",
    "sin(1, 2)",
    "constructor",
    "__proto__",
    "toString()",
    "constructor('return 1')()",
    "import('fs')",
    "eval(mz)",
    "1/0*1e400",
    "i",
    "mz to kg",
    "true",
    "mx[1]",
    "1 == 1",
    "1:3",
    "mz < 0 + 1",
    `${"(".repeat(1500)}1${")".repeat(1500)}`,
    "1+".repeat(5000),
  ])("refuse %j", (text) => {
    expect(error(text).message).not.toBe("");
  });
  it("refuse a number where a condition is wanted", () => {
    expect(error("mz", { condition: true }).message).toMatch(/condition/);
  });
  it("refuse m where only t is known", () => {
    expect(error("mz*t", { withoutMagnetization: true }).message).toMatch(/unknown name mz/);
  });
});

it("either understands any text or refuses it with an ExpressionError, and knows no other names", () => {
  const words = [
    "mx",
    "theta",
    "phi",
    "t",
    "Ka",
    "sin",
    "(",
    ")",
    "+",
    "*",
    "^",
    "/",
    "2",
    "1e3",
    "<",
    "and",
    ",",
    "[",
    "=",
    ".",
    "constructor",
    " ",
    "$",
    ";",
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((x) => x.join("")),
  );
  fc.assert(
    fc.property(text, (typed) => {
      try {
        const known = [...variablesOf(parse(typed, { names }))];
        expect(["mx", "my", "mz", ...names]).toEqual(expect.arrayContaining(known));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ExpressionError);
      }
    }),
    { seed: 11, numRuns: 400 },
  );
});

it("folds what is constant", () => {
  expect(constantValue(parse("2*pi*1e9"))).toBeCloseTo(2e9 * Math.PI, 0);
});

import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { uses } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { hasPeriod } from "../../src/expression/period.ts";
import { m } from "../../src/expression/vector.ts";
import { seeded } from "../statistics/seeded.ts";
import { drivenParticle, workOverAxes } from "./driven-particle.ts";

describe("the state that a periodic drive keeps up", () => {
  it("is Debye's for free spins", () => {
    const { chi, work } = drivenParticle({ sigma: 5, xi: 0.01, omega: 1, alpha: 1 });
    // 1/3/(1 + iωτ_N), up to ξ²
    expect(chi[0]).toBeCloseTo(1 / 6, 5);
    expect(chi[1]).toBeCloseTo(1 / 6, 5);
    expect(work / (Math.PI * 0.01 ** 2 * chi[1])).toBeCloseTo(1, 5);
  });

  it("has the susceptibility along the axis of a particle", () => {
    const { chi, error } = drivenParticle({ sigma: 5, xi: 0.01, omega: 0.1, alpha: 1, axis: [0, 0, 1] });
    // computed independently of this project
    expect(chi[0]).toBeCloseTo(0.246715, 5);
    expect(chi[1]).toBeCloseTo(0.350535, 5);
    expect(error).toBeLessThan(1e-4);
  });

  it("has no response across an axis that the field is along, and the same work", () => {
    const particle = { sigma: 5, xi: 0.01, omega: 0.1, alpha: 1, axis: [0, 0, 1] };
    const [across, along] = [drivenParticle({ ...particle, of: m[0] }), drivenParticle(particle)];
    for (const value of [...across.loop, ...across.cosine]) expect(Math.abs(value)).toBeLessThan(1e-14);
    expect(across.work / along.work).toBeCloseTo(1, 3);
  });

  it("has that of axes at random where the axis is at the magic angle", () => {
    const magic = [Math.sqrt(2 / 3), 0, Math.sqrt(1 / 3)];
    const { chi } = drivenParticle({ sigma: 5, xi: 0.01, omega: 0.1, alpha: 1, axis: magic });
    // computed independently of this project
    expect(chi[0]).toBeCloseTo(0.160804, 5);
    expect(chi[1]).toBeCloseTo(0.118163, 5);
  });

  it("has the static susceptibility of axes at random, 1/3, without a frequency", () => {
    const magic = [Math.sqrt(2 / 3), 0, Math.sqrt(1 / 3)];
    const { chi } = drivenParticle({ sigma: 5, xi: 0.01, omega: 1e-4, alpha: 1, axis: magic });
    expect(chi[0]).toBeCloseTo(1 / 3, 5);
  });

  it("has the loop of axes at random under ξ = 1; `npm run random-axes` has the one under ξ = 5", () => {
    // computed independently of this project; three nodes leave three parts in 10⁵
    expect(Math.abs(workOverAxes(1, 3) / 0.37101 - 1)).toBeLessThan(1e-4);
  });

  it("forgets the start of a run, and knows how much of it is left", () => {
    const up = { type: "direction", m: [0, 0, 1] };
    const strong = { sigma: 3, xi: 2, omega: 1, alpha: 0.3, axis: [0, 0, 1], initial: up };
    const [first, later] = [0, 6].map((before) => drivenParticle({ ...strong, before }));
    expect(first.run.mean - first.mean).toBeGreaterThan(0.05);
    expect(later.run.mean).toBeCloseTo(later.mean, 4);
    expect(later.run.work).toBeCloseTo(later.work, 4);
  });
});

describe("a period", () => {
  const inTime = (text: string) => parse(text, { names: ["t"] });

  it.each([
    "sin(t)",
    "exp(-sin(2*t + 1)^2)",
    "mz*cos(t) + 3",
    "abs(sin(t))",
    "2",
    "exp(-sin(t/2)^2/0.01)",
    "sin(t/2)*cos(3*t/2 + 1)",
    "t - 2*pi*floor(t/(2*pi) + 0.3)",
    "floor(t/pi) - 2*floor(t/(2*pi))",
    "1 - 2*(floor(t/pi) - 2*floor(floor(t/pi)/2))",
    "cos(pi*floor(t/pi + 0.2))",
    "exp(-(t - pi*floor(t/pi))/3)*mz",
    "asin(sin(t)) + (acos(cos(t/2)) - pi/2)^2",
    "atan2(sin(t), cos(t))",
    "tan(t/2) - sqrt(1 + cos(t)^2)",
    "min(t, 0.3 + t) - t + abs(sin(t/2) - 2*sin(t/2))",
    "max(-1, min(1, 20*sin(t - mx)))",
    "sin(t + sin(3*t - pi*floor(t/pi)))",
    "sin(t - 3*pi*floor(t/(2*pi)))^2",
    "tanh(3 - (3 - cos(t/2)))^2",
    "(1 - (1 - cos(t/2)))*sin(t/2)",
    "1/(sin(t/2)*cos(t/2))",
    "log1p(0.5*abs(cos(t/2)))",
  ])("is one of %s", (text) => {
    expect(hasPeriod(inTime(text), 2 * Math.PI)).toBe(true);
  });

  it.each([
    "sin(1.001*t)",
    "t",
    "sin(t^2)",
    "sin(t) + 1e-9*t",
    "cos(t/2)",
    "sin(t/2)*cos(t)",
    "exp(sin(t/2))",
    "sin(t/4)^2",
    "t - 6.28*floor(t/6.28)",
    "t - 2*pi*floor(t/(2*pi)) + 1e-9*t",
    "floor(t/3)",
    "floor(t/(2*pi))",
    "floor(t/(4*pi)) - 2*floor(t/(8*pi))",
    "t*floor(t/(2*pi))",
    "cos(pi*floor(t/(2*pi)))",
    "sin(t - pi*floor(t/(2*pi)))",
    "min(sin(t/2), 0)",
    "max(t, 3) - t",
    "floor(sin(t/2))",
    "acos(cos(t/2)) + sin(t/2)",
    "atan2(cos(t/2), sin(t/2))",
    "sin(cos(t/2))",
    "log(t) - log(2*pi*floor(t/(2*pi)))",
    "sin(1e-10*t)",
    "sqrt(1 + sin(t/2))",
  ])("is none of %s", (text) => {
    expect(hasPeriod(inTime(text), 2 * Math.PI)).toBe(false);
  });

  it("that is proved is one, of random formulas at random times", () => {
    const { uniform: random } = seeded(7);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
    const formula = (depth: number): string => {
      if (depth === 0) return pick(["t", "t/2", "3*t", "0.7", "2", "mx", "pi"]);
      const [a, b] = [formula(depth - 1), formula(depth - 1)];
      return pick([
        `(${a} + ${b})`,
        `(${a} - ${b})`,
        `(${a} - 2*pi*floor(${a}/(2*pi)))`,
        `(${a})*(${b})`,
        `(${a})/(2 + ${b})`,
        ...["sin", "cos", "abs", "tanh", "floor", "asin(sin", "acos(cos"].map(
          (name) => `${name}(${a})${name.includes("(") ? ")" : ""}`,
        ),
        `floor((${a})/pi)`,
        `min(${a}, ${b})`,
        `max(${a}, ${b})`,
        `atan2(${a}, ${b})`,
        `exp(-(${a})^2)`,
      ]);
    };
    const period = 2 * Math.PI;
    let proved = 0;
    for (let k = 0; k < 2000; k++) {
      const text = formula(2 + Math.floor(random() * 3));
      const expression = inTime(text);
      if (!uses("t", [expression]) || !hasPeriod(expression, period)) continue;
      proved++;
      const f = compileScalar(expression, ["t", "mx"]);
      for (let i = 0; i < 8; i++) {
        const [t, x] = [40 * random(), random()];
        const [here, later] = [f(t, x), f(t + period, x)];
        if (Number.isFinite(here))
          expect(Math.abs(later - here), text).toBeLessThan(1e-6 * (1 + Math.abs(here)));
      }
    }
    expect(proved).toBeGreaterThan(150);
  });
});

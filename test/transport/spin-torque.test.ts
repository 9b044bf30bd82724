import { describe, expect, test } from "vitest";
import { constantValue } from "../../src/expression/expression.ts";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { magnetoresistance } from "../../src/transport/magnetoresistance.ts";
import type { OfCosine } from "../../src/transport/rational.ts";
import { solveStack } from "../../src/transport/solve-stack.ts";
import { spinTorqueFromStack } from "../../src/transport/spin-torque.ts";
import type { StackInput } from "../../src/transport/stack-schema.ts";
import { solveNode } from "./spacer-node.ts";

/** With a 3 nm polarizer both sides are alike, which makes the torque Slonczewski's. */
const symmetricCobaltCopperCobalt = {
  ...cobaltCopperCobalt,
  layers: cobaltCopperCobalt.layers.map((layer) =>
    layer.name === "polarizer" ? { ...layer, thickness: 3e-9 } : layer,
  ),
} satisfies StackInput;

/** Of cobalt, A/m. */
const cobaltMagnetization = 1.42e6;
const magnet = { Ms: cobaltMagnetization, alpha: 0.01 };
const gamma = 1.76085963e11;
const reducedGamma = gamma / (1 + magnet.alpha ** 2);
const J0 = 1e11;
const G = 0.55e15;
const [hbar, e] = [1.054571817e-34, 1.602176634e-19];
const at = (of: OfCosine, c: number): number => constantValue(of(c))!;
const cosines = [-1, -0.7, -0.2, 0, 0.5, 0.9, 1];
const rounding = 1e-12;
const near = (value: number, expected: number, relative = rounding) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

/** The spacer so thin that its own resistance to spin is below rounding of what is compared. */
const withSpacer = (stack: StackInput, thickness: number): StackInput => ({
  ...stack,
  layers: stack.layers.map((layer) => (layer.name === "spacer" ? { ...layer, thickness } : layer)),
});

describe("the Co/Cu/Co example, worked out by hand in another program", () => {
  // digits as printed there
  test("has the polarizations and resistances of its two sides", () => {
    const { polarizer, free, gain } = spinTorqueFromStack(cobaltCopperCobalt, magnet);
    expect(polarizer.p).toBeCloseTo(0.2535, 5);
    expect(polarizer.r * 1e15).toBeCloseTo(7.9753, 4);
    expect(free.p).toBeCloseTo(0.22815, 5);
    expect(free.r * 1e15).toBeCloseTo(7.6532, 4);
    expect(gain).toBeCloseTo(42.49, 3);
    expect((gain * reducedGamma) / 1e12).toBeCloseTo(7.48, 2);
  });

  test.each([
    ["8 nm and 3 nm", cobaltCopperCobalt, [1.1416, 1.5949, 4.0645], 0.45177],
    ["3 nm and 3 nm", symmetricCobaltCopperCobalt, [0.8813, 1.4242, 3.7096], 0.39838],
  ])("%s: has the torque fields and the change of resistance", (_, stack, fields, difference) => {
    const torque = spinTorqueFromStack(stack, magnet);
    [1, 0, -1].forEach((c, i) => {
      expect(at(torque.a, c) * 1e3).toBeCloseTo(fields[i], 4);
    });
    expect((at(torque.resistance, -1) - at(torque.resistance, 1)) * 1e15).toBeCloseTo(difference, 5);
  });

  test("has the spacer accumulation of the full collinear solution, parallel and antiparallel", () => {
    const torque = spinTorqueFromStack(cobaltCopperCobalt, magnet);
    for (const [magnetization, c, printed] of [
      ["up", 1, 9.9016e-6],
      ["down", -1, 1.8811e-4],
    ] as const) {
      const circuit = J0 * (at(torque.x, c) + c * at(torque.y, c));
      near(circuit, printed, 1e-5);
      const layers = cobaltCopperCobalt.layers.map((layer) =>
        layer.name === "free" ? { ...layer, magnetization } : layer,
      );
      const thin = withSpacer({ ...cobaltCopperCobalt, layers }, 1e-17);
      const thinness = 1e-9; // 2ρ*t of the spacer over r, about 1e-11, times the ratio of AP to P accumulation
      near(solveStack(thin).accumulation(8e-9), circuit, thinness);
    }
  });
});

describe("resistance against angle", () => {
  test("R_AP − R_P is that of two full collinear solutions", () => {
    const thin = withSpacer(cobaltCopperCobalt, 1e-17);
    const torque = spinTorqueFromStack(thin, magnet);
    const { parallel, antiparallel } = magnetoresistance(thin);
    near(at(torque.resistance, 1), parallel);
    near(at(torque.resistance, -1), antiparallel, 1e-9);
  });

  test("identical sides have p²r(1−c)/[(Λ²+1)+(Λ²−1)c]", () => {
    const torque = spinTorqueFromStack(symmetricCobaltCopperCobalt, magnet);
    const { p, r } = torque.free;
    const lambda2 = G * r;
    expect(lambda2).toBeCloseTo(4.2093, 4);
    const parallel = at(torque.resistance, 1);
    for (const c of cosines.slice(0, -1))
      near(
        at(torque.resistance, c) - parallel,
        (p ** 2 * r * (1 - c)) / (lambda2 + 1 + (lambda2 - 1) * c),
        1e-11,
      );
  });
});

describe("torque", () => {
  test("of identical sides is Slonczewski's with Λ² = Gr and Pol = p/2", () => {
    const torque = spinTorqueFromStack(symmetricCobaltCopperCobalt, magnet);
    const { p, r } = torque.free;
    const [lambda2, Pol] = [G * r, p / 2];
    expect(Pol).toBeCloseTo(0.11408, 5);
    // mumax3: β_S = ħJ/(e Ms t), ε = P Λ²/((Λ²+1)+(Λ²−1)c); J0 > 0 here pushes m away from p, as its J < 0
    const betaS = (hbar * J0) / (e * cobaltMagnetization * 3e-9);
    for (const c of cosines) {
      near(at(torque.a, c), (betaS * Pol * lambda2) / (lambda2 + 1 + (lambda2 - 1) * c), 1e-9);
      expect(at(torque.b, c)).toBe(0);
    }
    // ∫ε dc in closed form
    const integral = (c: number) =>
      ((Pol * lambda2) / (lambda2 - 1)) * Math.log1p((c * (lambda2 - 1)) / (lambda2 + 1));
    for (const c of [-1, 0.5, 1]) near(at(torque.integralOfA, c), betaS * integral(c), 1e-9);
  });

  test("is Eq. 49: ∂χ/∂θ = −λU⊥ = −λ cot(θ/2) J0 R(θ)/p", () => {
    const torque = spinTorqueFromStack(symmetricCobaltCopperCobalt, magnet);
    const lambda = reducedGamma * torque.gain;
    const parallel = at(torque.resistance, 1);
    for (const theta of [0.3, 1.2, 2, 3]) {
      const [c, s] = [Math.cos(theta), Math.sin(theta)];
      const slope = -s * at(torque.chiSlope, c);
      near(slope, -lambda * J0 * at(torque.x, c) * s);
      const angular = at(torque.resistance, c) - parallel;
      near(slope, (-lambda * J0 * angular) / (torque.free.p * Math.tan(theta / 2)), 1e-9);
    }
    // a(0) = κG J0 R(c=0)/p
    near(at(torque.a, 0), (torque.gain * J0 * (at(torque.resistance, 0) - parallel)) / torque.free.p, 1e-10);
  });

  test("solves the spacer's node equations, written out as vectors, with Im G of any size", () => {
    for (const ratio of [0, 0.05, -0.4, 1.5]) {
      const stack = { ...cobaltCopperCobalt, mixingConductance: { re: G, im: ratio * G } };
      const torque = spinTorqueFromStack(stack, magnet);
      for (const c of [-0.95, -0.3, 0.2, 0.8]) {
        const node = solveNode(torque, G, ratio * G, c);
        near(at(torque.x, c), node.x, 1e-11);
        near(at(torque.y, c), node.y, 1e-11);
        near(at(torque.a, c), torque.kappa * J0 * node.dampingLike, 1e-11);
        expect(Math.abs(at(torque.b, c) + torque.kappa * J0 * node.fieldLike)).toBeLessThan(
          1e-11 * Math.abs(at(torque.a, c)),
        );
      }
    }
  });

  test("has b = −½κJ0 G_i(x+y) up to the second order in Im G", () => {
    const first = spinTorqueFromStack(cobaltCopperCobalt, magnet);
    const error = (ratio: number) => {
      const stack = { ...cobaltCopperCobalt, mixingConductance: { re: G, im: ratio * G } };
      const { b } = spinTorqueFromStack(stack, magnet);
      const linear = -0.5 * first.kappa * J0 * ratio * G * (at(first.x, 0.3) + at(first.y, 0.3));
      return Math.abs(at(b, 0.3) / linear - 1);
    };
    expect(error(0.02)).toBeLessThan(1e-3);
    expect(error(0.02) / error(0.01)).toBeCloseTo(4, 2);
  });

  test("of identical sides with Im G is that with 1/Re(1/G↑↓), and has no field-like part", () => {
    const im = 0.5 * G;
    const torque = spinTorqueFromStack(
      { ...symmetricCobaltCopperCobalt, mixingConductance: { re: G, im } },
      magnet,
    );
    const effective = spinTorqueFromStack(
      { ...symmetricCobaltCopperCobalt, mixingConductance: { re: G + im ** 2 / G } },
      magnet,
    );
    for (const c of cosines) {
      near(at(torque.a, c), at(effective.a, c), 1e-11);
      expect(Math.abs(at(torque.b, c))).toBeLessThan(1e-12 * at(torque.a, c));
    }
  });

  test("comes as χ' = γ'(a+αb) and Φ' = γ'(b−αa), and χ, Φ are their integrals", () => {
    const alpha = 0.2;
    const stack = { ...cobaltCopperCobalt, mixingConductance: { re: G, im: 0.3 * G } };
    const torque = spinTorqueFromStack(stack, { ...magnet, alpha });
    const prime = gamma / (1 + alpha ** 2);
    for (const c of cosines) {
      near(at(torque.chiSlope, c), prime * (at(torque.a, c) + alpha * at(torque.b, c)));
      near(at(torque.phiSlope, c), prime * (at(torque.b, c) - alpha * at(torque.a, c)), 1e-10);
      const [A, B] = [at(torque.integralOfA, c), at(torque.integralOfB, c)];
      expect(Math.abs(at(torque.chi, c) - prime * (A + alpha * B))).toBeLessThan(1e-11 * prime * 1e-3);
      expect(Math.abs(at(torque.phi, c) - prime * (B - alpha * A))).toBeLessThan(1e-11 * prime * 1e-3);
    }
  });

  test("is the same for the stack seen from behind with the current turned", () => {
    const behind = {
      ...cobaltCopperCobalt,
      layers: cobaltCopperCobalt.layers.toReversed(),
      interfaces: cobaltCopperCobalt.interfaces.toReversed(),
      currentDensity: -J0,
    };
    const [front, back] = [cobaltCopperCobalt, behind].map((stack) => spinTorqueFromStack(stack, magnet));
    for (const c of cosines) {
      near(at(back.a, c), at(front.a, c));
      near(at(back.resistance, c), at(front.resistance, c));
    }
    expect(back.currentDensity).toBe(J0);
  });

  test("does not ask which way the magnetizations of the file point", () => {
    const front = spinTorqueFromStack(cobaltCopperCobalt, magnet);
    for (const [first, second] of [
      ["down", "down"],
      ["down", "up"],
      ["up", "down"],
    ] as const) {
      const [polarizer, spacer, free] = cobaltCopperCobalt.layers;
      const layers = [{ ...polarizer, magnetization: first }, spacer, { ...free, magnetization: second }];
      const turned = spinTorqueFromStack({ ...cobaltCopperCobalt, layers }, magnet);
      near(at(turned.a, 0.4), at(front.a, 0.4));
      near(at(turned.resistance, 0.4), at(front.resistance, 0.4));
    }
  });

  test("pushes m away from p where carriers run from the polarizer to the free layer, and pulls for the reverse", () => {
    const push = spinTorqueFromStack(cobaltCopperCobalt, magnet);
    const pull = spinTorqueFromStack({ ...cobaltCopperCobalt, currentDensity: -J0 }, magnet);
    for (const c of cosines) {
      expect(at(push.a, c)).toBeGreaterThan(0);
      near(at(pull.a, c), -at(push.a, c));
    }
  });
});

describe("the paper's own law", () => {
  const [longitudinal, transverse] = [3e12, 2e12];
  const stack: StackInput = {
    ...cobaltCopperCobalt,
    law: "onsager",
    onsagerCoefficients: { longitudinal, transverse },
  };
  const torque = spinTorqueFromStack(stack, magnet);
  const circuit = spinTorqueFromStack(cobaltCopperCobalt, magnet);

  test("has dχ/dc = (2l/β)J0[R(c)−R(1)] and dΦ/dc = l J0 R^trans, without γ' or damping", () => {
    for (const c of cosines) {
      const angular = at(circuit.resistance, c) - at(circuit.resistance, 1);
      const size = (2 * longitudinal * J0 * at(circuit.resistance, 1)) / 0.46;
      expect(Math.abs(at(torque.chiSlope, c) - ((2 * longitudinal) / 0.46) * J0 * angular)).toBeLessThan(
        1e-13 * size,
      );
      near(at(torque.phiSlope, c), transverse * J0 * at(circuit.x, c));
    }
    expect(Math.abs(at(torque.chiSlope, 1))).toBeLessThan(1e-14 * Math.abs(at(torque.chiSlope, -1)));
  });

  test("turns m away from p for l > 0 and J0 > 0", () => {
    for (const c of cosines.slice(0, -1)) expect(at(torque.chiSlope, c)).toBeGreaterThan(0);
  });

  test("gives a and b as the Gilbert torque with the same χ and Φ", () => {
    for (const c of cosines) {
      const [chi, phi] = [at(torque.chiSlope, c), at(torque.phiSlope, c)];
      const size = Math.abs(at(torque.chiSlope, -1));
      const fromFields = reducedGamma * (at(torque.a, c) + magnet.alpha * at(torque.b, c));
      expect(Math.abs(fromFields - chi)).toBeLessThan(rounding * size);
      near(reducedGamma * (at(torque.b, c) - magnet.alpha * at(torque.a, c)), phi, 1e-9);
    }
  });
});

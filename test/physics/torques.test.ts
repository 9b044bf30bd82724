import { describe, expect, it } from "vitest";
import { dynamicsOf } from "../../src/experiment/model.ts";
import { drift, sum as sumOfDynamics } from "../../src/physics/dynamics.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { energyExamples, magnet, modelWith, torqueExamples, valuesAt } from "./terms.ts";
import type { V } from "./vectors.ts";
import {
  cross,
  directions,
  dot,
  norm,
  numericalGradient,
  scale,
  solveGilbert,
  sum,
  unit,
} from "./vectors.ts";

const driftOf = (energies: readonly Record<string, unknown>[], list: readonly Record<string, unknown>[]) =>
  valuesAt(drift(sumOfDynamics(dynamicsOf(modelWith(energies, list)))));

it("has an example of every torque, and every name is its type", () => {
  expect(new Set(torqueExamples.map(({ torque }) => torque.type))).toEqual(new Set(Object.keys(torques)));
  for (const [name, entry] of Object.entries(torques)) expect(entry.type).toBe(name);
});

describe.each(torqueExamples)("$torque.type $torque", (example) => {
  const { gamma, alpha, Ms } = magnet;
  // p_i and r_i of the stack are given to four digits
  const tolerance = example.torque.type === "spinAccumulation" ? 2e-4 : 1e-9;

  it("has the drift that the Gilbert equation gives when it is solved for dm/dt", () => {
    const energy = energyExamples[0];
    const computed = driftOf([energy.energy], [example.torque]);
    for (const m of directions) {
      const B = scale(-1 / Ms, numericalGradient(energy.density, m));
      let f = scale(-gamma, cross(m, B));
      if (example.a && example.b) {
        const p = example.polarizer!;
        const c = dot(m, p);
        const mxp = cross(m, p);
        f = sum(f, scale(gamma * example.a(c), cross(m, mxp)), scale(gamma * example.b(c), mxp));
      }
      if (example.gilbertTorque) f = sum(f, example.gilbertTorque(m));
      const expected = sum(solveGilbert(f, m, alpha), example.drift?.(m) ?? [0, 0, 0]);
      const [x, y, z] = computed(m);
      expect(norm(sum([x, y, z], scale(-1, expected)))).toBeLessThan(tolerance * gamma * 0.1);
    }
  });

  it("is tangent to the sphere", () => {
    const computed = driftOf([], [example.torque]);
    for (const m of directions) expect(Math.abs(dot(m, computed(m) as unknown as V))).toBeLessThan(1e-3);
  });
});

describe("signs", () => {
  const p = unit([2, -1, 3]);
  const towards = (torque: Record<string, unknown>): number[] => {
    const computed = driftOf([], [torque]);
    return directions.map((m) => dot(computed(m) as unknown as V, p));
  };
  const base = { Pol: 0.5, Lambda: 1.7, FixedLayer: [2, -1, 3], thickness: 2e-9 };

  it("turns m towards the fixed layer for J > 0 and away from it for J < 0", () => {
    for (const rate of towards({ type: "slonczewski", J: 1e11, ...base })) expect(rate).toBeGreaterThan(0);
    for (const rate of towards({ type: "slonczewski", J: -1e11, ...base })) expect(rate).toBeLessThan(0);
  });

  it("turns m towards the injected moment for θ_SH J > 0, and away from the polarizer for a > 0", () => {
    const spinOrbit = { type: "spinOrbit", J: 1e11, spinHallAngle: 0.2, polarizer: p, thickness: 1e-9 };
    for (const rate of towards(spinOrbit)) expect(rate).toBeGreaterThan(0);
    for (const rate of towards({ type: "spinTransfer", dampingLike: 0.01, polarizer: p }))
      expect(rate).toBeLessThan(0);
  });
});

describe("Slonczewski's efficiency near Λ = 1", () => {
  // slope of χ along the polarizer is γ'a(c) without a field-like part
  const slope = (Lambda: unknown) => {
    const torque = { type: "slonczewski", J: 1e11, Pol: 0.5, Lambda, FixedLayer: [0, 0, 1], thickness: 2e-9 };
    return driftOf([], [torque]);
  };
  it("is continuous across the change from series to logarithm", () => {
    const exact = (Lambda: number, c: number) => {
      const beta = (6.582119569e-16 * 1e11) / (8e5 * 2e-9);
      return (-beta * 0.5 * Lambda ** 2) / (Lambda ** 2 + 1 + (Lambda ** 2 - 1) * c);
    };
    for (const Lambda of [1, 1 + 1e-9, 1 + 4.9e-5, 1 + 5.1e-5, 1 - 4.9e-5, 1.01, 3, 0.3]) {
      const computed = slope(Lambda);
      for (const m of directions) {
        const f = scale(magnet.gamma * exact(Lambda, m[2]), cross(m, cross(m, [0, 0, 1])));
        const expected = solveGilbert(f, m, magnet.alpha);
        const [x, y, z] = computed(m);
        const error = norm(sum([x, y, z], scale(-1, expected)));
        // ħ/e above has ten digits
        expect(error).toBeLessThan(3e-10 * magnet.gamma * Math.abs(exact(Lambda, m[2])) + 1e-4);
      }
    }
  });
});

describe("axial magnet", () => {
  const K = 4e4;
  const field = 0.02;
  const BK = (2 * K) / magnet.Ms;
  const axial = [
    { type: "uniaxial", Ku1: K },
    { type: "zeeman", B_ext: [0, 0, field] },
  ];
  const nearNorth: V = [Math.sin(1e-4), 0, Math.cos(1e-4)];

  it("loses the state m = +p at a_c = α(B_K + B·p − b)", () => {
    const b = 0.004;
    const critical = magnet.alpha * (BK + field - b);
    const growth = (a: number) =>
      driftOf(axial, [{ type: "spinTransfer", dampingLike: a, fieldLike: b, polarizer: [0, 0, 1] }])(
        nearNorth,
      )[0];
    expect(growth(critical * (1 - 1e-6))).toBeLessThan(0);
    expect(growth(critical * (1 + 1e-6))).toBeGreaterThan(0);
  });

  it("feels a and b in its relaxation as the field −(a/α + b) along p", () => {
    const [a, b] = [0.006, 0.002];
    const transfer = { type: "spinTransfer", dampingLike: a, fieldLike: b, polarizer: [0, 0, 1] };
    const driven = driftOf(axial, [transfer]);
    const equivalent = { type: "zeeman", B_ext: [0, 0, -(a / magnet.alpha + b)] };
    const still = driftOf([...axial, equivalent], []);
    for (const m of directions) expect(driven(m)[2] / still(m)[2]).toBeCloseTo(1, 9);
  });

  it("precesses faster by −γb at the pole for a field-like torque alone", () => {
    const b = 0.004;
    const rateOf = (list: Record<string, unknown>[]) => {
      const [x, y] = driftOf(axial, list)(nearNorth);
      return (nearNorth[0] * y - nearNorth[1] * x) / (nearNorth[0] ** 2 + nearNorth[1] ** 2);
    };
    const change = rateOf([{ type: "spinTransfer", dampingLike: 0, fieldLike: b }]) - rateOf([]);
    expect(change / ((-magnet.gamma * b) / (1 + magnet.alpha ** 2))).toBeCloseTo(1, 6);
  });

  it("has the barriers Δ(1 − a/a_c)² from +p and Δ(1 + a/a_c)² from −p", () => {
    const critical = magnet.alpha * BK;
    const a = 0.3 * critical;
    const model = modelWith(
      [{ type: "uniaxial", Ku1: K }],
      [{ type: "spinTransfer", dampingLike: a, polarizer: [0, 0, 1] }],
    );
    const { psi, diffusion } = sumOfDynamics(dynamicsOf(model));
    const value = valuesAt([psi, diffusion]);
    const profile = Array.from({ length: 20_001 }, (_, i) => {
      const z = -1 + i / 10_000;
      const [p, d] = value([Math.sqrt(Math.max(0, 1 - z * z)), 0, z]);
      return p / d;
    });
    const top = Math.max(...profile);
    const delta = (K * magnet.volume) / (1.380649e-23 * magnet.temperature);
    expect(top - profile[20_000]).toBeCloseTo(delta * 0.7 ** 2, 6);
    expect(top - profile[0]).toBeCloseTo(delta * 1.3 ** 2, 6);
  });
});

it("has the diffusion constant D = α γ' kT/(Ms v) of Brown", () => {
  const { diffusion } = sumOfDynamics(dynamicsOf(modelWith([], [])));
  const expected = (0.13 * 1.76e11 * 1.380649e-23 * 300) / ((1 + 0.13 ** 2) * 8e5 * 4e-25);
  expect(valuesAt([diffusion])([0, 0, 1])[0] / expected).toBeCloseTo(1, 12);
});

it("has β_S = 41.138 mT at 1e11 A/m² in 2 nm of 8e5 A/m", () => {
  // at Λ = 1, P = 1: a = −β_S/2; χ(p) − χ(−p) = γ'·2a
  const torque = { type: "slonczewski", J: 1e11, Pol: 1, FixedLayer: [0, 0, 1], thickness: 2e-9 };
  const [{ chi }] = modelWith([], [torque]).torques;
  const value = valuesAt([chi]);
  const gammaPrime = magnet.gamma / (1 + magnet.alpha ** 2);
  expect((value([0, 0, 1])[0] - value([0, 0, -1])[0]) / gammaPrime).toBeCloseTo(-0.04113825, 8);
});

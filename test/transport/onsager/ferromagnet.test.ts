import { describe, expect, test } from "vitest";
import { ferromagnet, fullCoupling } from "../../../src/transport/onsager/ferromagnet.ts";
import type { CoefficientMatrix, Vector3 } from "../../../src/transport/onsager/onsager-pair.ts";
import { onsagerSystem } from "../../../src/transport/onsager/onsager-system.ts";
import { solveDense } from "../dense.ts";

const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const digits = 12;

describe("a ferromagnet alone", () => {
  const [alpha, mobility, density] = [0.1, 3e30, 0.2];
  const system = ferromagnet({ alpha, mobility, density });

  test("has the flux J = −αρL∇μ + ρL m×∇μ in the order (φ, θ)", () => {
    const { magneticFluxPhi, magneticFluxTheta } = system.fluxes({ magneticForceTheta: -1e-20 });
    // ∇μ = θ̂·1e-20 J; m×θ̂ = φ̂: energy falls along −θ̂, precession runs along φ̂
    expect(magneticFluxTheta / (-alpha * density * mobility * 1e-20)).toBeCloseTo(1, digits);
    expect(magneticFluxPhi / (density * mobility * 1e-20)).toBeCloseTo(1, digits);
  });

  test("dissipates by damping alone", () => {
    const forces = { magneticForcePhi: 2e-20, magneticForceTheta: -1e-20 };
    expect(system.dissipatedPower(forces) / (alpha * density * mobility * 5e-40)).toBeCloseTo(1, digits);
    expect(system.secondLaw()).toMatchObject({ holds: true });
    expect(ferromagnet({ alpha: 0, mobility }).dissipatedPower(forces)).toBe(0);
  });

  test("is reciprocal because precession is odd in m, and would not be if it were even", () => {
    expect(system.reciprocity().holds).toBe(true);
    const even = onsagerSystem({ ...system, coefficients: system.matrix(), state: system.state });
    expect(even.reciprocity().violations.map(({ pair }) => pair)).toEqual([
      ["magneticFluxPhi", "magneticFluxTheta"],
    ]);
  });
});

describe("the full coupling of Eq. 42", () => {
  const parameters = {
    alpha: 0.02,
    mobility: 2e30,
    conductance: 1.5,
    asymmetry: 0.4,
    transverseConductance: 0.8,
    spinFlipConductance: 0.1,
  };
  const couplings = { phiPhi: 3e12, phiTheta: -1e12, thetaPhi: 2e12, thetaTheta: 5e12 };

  test("is reciprocal: damping-like pairs symmetric, field-like pairs antisymmetric", () => {
    const system = fullCoupling({ ...parameters, couplings });
    const L = system.matrix();
    expect(system.reciprocity().holds).toBe(true);
    expect([L[1][3], L[3][1], L[0][2], L[2][0]]).toEqual([10e12, 10e12, 6e12, -6e12]);
    for (const [i, j] of [
      [1, 3],
      [0, 2],
      [1, 2],
      [0, 3],
    ]) {
      const wrong = L.map((row, r) => row.map((v, c) => (r === j && c === i ? -v : v)));
      const broken = onsagerSystem({ ...system, coefficients: wrong }).reciprocity();
      expect(broken.violations.some(({ pair }) => pair.includes(system.pairs[i].flux.name))).toBe(true);
    }
  });

  test("bounds l_θθ by 4l² ≤ αL·G(1−β²), and names what breaks beyond", () => {
    const { alpha, mobility, conductance, asymmetry } = parameters;
    const bound = Math.sqrt(alpha * mobility * conductance * (1 - asymmetry ** 2)) / 2;
    const at = (thetaTheta: number) => fullCoupling({ ...parameters, couplings: { thetaTheta } }).secondLaw();
    expect(at(0.999 * bound).holds).toBe(true);
    const { holds, words, direction } = at(1.001 * bound);
    expect(holds).toBe(false);
    expect(words).toContain("−∂μ^F/∂θ");
    expect(words).toContain("∫−∂Δμ/2e");
    expect(direction).toHaveLength(6);
  });

  test("field-like couplings dissipate nothing, however large", () => {
    const system = fullCoupling({ ...parameters, couplings: { phiPhi: 1e20 } });
    expect(system.secondLaw().holds).toBe(true);
  });

  test("every product of flux and force is in watts", () => {
    const system = fullCoupling(parameters);
    const units = system.pairs.map(({ flux, force }) => `${flux.unit}·${force.unit}`);
    expect(units).toEqual(["1/s·J", "1/s·J", "A·V", "A·V", "A·V", "A·V"]);
  });
});

/*
 * Where l comes from, without Onsager: a magnet in contact with a spin accumulation U (V, a vector). Gilbert's
 * equation with the absorbed spin current as torque, and the interface's spin current with the accumulation that
 * the moving magnetization pumps:
 *
 *   ṁ = −(γ/Ms v) m×F + α m×ṁ − η δI,   η = γħ/(2e Ms v),   F = −∇V
 *   δI = A[G W⊥ + G_i m×W],   W = U − (ħ/e) m×ṁ
 *
 * Solved for (ṁ, δI) by (F, U/2), the coefficients must come out reciprocal and positive.
 */
describe("spin transfer and spin pumping", () => {
  const [hbar, e, gamma] = [1.054571817e-34, 1.602176634e-19, 1.76085963e11];
  const [Ms, area, thickness, alpha] = [8e5, 1e-14, 2e-9, 0.01];
  const moment = Ms * area * thickness;
  const eta = (gamma * hbar) / (2 * e * moment);

  const coefficients =
    (re: number, im: number, pumped = 1) =>
    ({ m }: { m: Vector3 }): CoefficientMatrix => {
      /** x× as a matrix. */
      const crossMatrix = (x: Vector3): number[][] => [
        [0, -x[2], x[1]],
        [x[2], 0, -x[0]],
        [-x[1], x[0], 0],
      ];
      const M = crossMatrix(m);
      const product = (a: number[][], b: number[][]) =>
        a.map((row) => [0, 1, 2].map((c) => row.reduce((sum, v, k) => sum + v * b[k][c], 0)));
      const M2 = product(M, M);
      // δI = Y W, Y = A(−G m×m× + G_i m×)
      const Y = M.map((row, i) => row.map((v, j) => area * (im * v - re * M2[i][j])));
      const YM = product(Y, M);
      const unit = (i: number, j: number) => (i === j ? 1 : 0);
      // (1 − αM − pumped·η(ħ/e) Y M) ṁ = −(γ/Ms v) M F − ηY U
      const left = M.map((row, i) =>
        row.map((v, j) => unit(i, j) - alpha * v - pumped * eta * (hbar / e) * YM[i][j]),
      );
      const columns = Array.from({ length: 6 }, (_, k) => {
        const F = [0, 1, 2].map((i) => unit(i, k));
        const U = [0, 1, 2].map((i) => 2 * unit(i, k - 3)); // the force is U/2
        const right = F.map((_, i) =>
          [0, 1, 2].reduce((sum, j) => sum - (gamma / moment) * M[i][j] * F[j] - eta * Y[i][j] * U[j], 0),
        );
        const velocity = solveDense(left, right);
        const W = U.map(
          (u, i) => u - pumped * (hbar / e) * M[i].reduce((sum, v, j) => sum + v * velocity[j], 0),
        );
        return [...velocity, ...Y.map((row) => row.reduce((sum, v, j) => sum + v * W[j], 0))];
      });
      return [0, 1, 2, 3, 4, 5].map((i) => columns.map((column) => column[i]));
    };
  const system = (re: number, im: number, pumped?: number) =>
    onsagerSystem({
      name: "magnet and accumulation",
      powerUnit: "W",
      pairs: ["x", "y", "z", "Ux", "Uy", "Uz"].map((name, i) => ({
        flux: { name, symbol: name, unit: i < 3 ? "1/s" : "A" },
        force: { name, symbol: name, unit: i < 3 ? "J" : "V" },
        parity: -1 as const, // spin is odd, whether of the magnet or accumulated
      })),
      coefficients: coefficients(re, im, pumped),
      state: { m: [0.6, 0, 0.8] },
    });

  test("are reciprocal, with Re G and Im G", () => {
    expect(system(5e14, 0).reciprocity()).toEqual({ holds: true, violations: [] });
    expect(system(5e14, 1e14).reciprocity()).toEqual({ holds: true, violations: [] });
  });

  test("obey the second law together, and torque without pumping does not even obey reciprocity", () => {
    expect(system(5e14, 1e14).secondLaw().holds).toBe(true);
    expect(system(5e14, 1e14, 0).reciprocity().holds).toBe(false);
  });

  test("give to first order in G the l of the table: along θ̂ symmetric, −ηAG beside each other", () => {
    const G = 1e9; // so small that pumping does not add to the damping
    const L = system(G, 0).matrix();
    const perForce = -2 * eta * area * G; // by U/2
    const m: Vector3 = [0.6, 0, 0.8];
    const y: Vector3 = [0, 1, 0];
    const t = cross(y, m); // both tangent
    const entry = (a: Vector3, b: Vector3, rows: number, columns: number) =>
      a.reduce((sum, u, i) => sum + u * b.reduce((s, w, j) => s + w * L[i + rows][j + columns], 0), 0);
    const damped = 1 / (1 + alpha ** 2);
    const small = 5; // digits; G is 1e-5 of what would double the damping
    for (const direction of [y, t]) {
      expect(entry(direction, direction, 0, 3) / (perForce * damped)).toBeCloseTo(1, small);
      expect(entry(direction, direction, 3, 0) / (perForce * damped)).toBeCloseTo(1, small);
    }
  });
});

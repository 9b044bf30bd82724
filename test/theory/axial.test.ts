import { describe, expect, it } from "vitest";
import { effectiveField } from "../../src/theory/axial-drive.ts";
import {
  axialBarrierFromDown,
  axialBarrierFromUp,
  axialCriticalTorque,
  filmCriticalTorque,
  liZhang,
} from "../../src/theory/barriers.ts";
import {
  axialEscapeRate,
  brownCorrected,
  brownEscapeFromUp,
  brownHighBarrier,
  brownLowBarrier,
  cregg,
} from "../../src/theory/brown.ts";
import { theory } from "../../src/theory/catalogue.ts";
import type { ClosedForm } from "../../src/theory/closed-form.ts";
import { evaluateForm } from "../../src/theory/closed-form.ts";
import { integralRelaxation } from "../../src/theory/integral-relaxation.ts";
import { axialEigenvalue, axialRelaxation } from "./axial-reference.ts";

const alpha = 0.1;
/** D in γ'B_K. */
const diffusion = (delta: number) => alpha / (2 * delta);
const relative = (value: number, exact: number) => Math.abs(value / exact - 1);

describe("the reference of these tests", () => {
  it("has free diffusion, λ₁ = 2D, and the eigenvalue of Δ = 10 found with Legendre polynomials", () => {
    expect(relative(axialEigenvalue(0), 2)).toBeLessThan(1e-9);
    expect(relative(axialEigenvalue(10), 2 * 0.001441083334692419)).toBeLessThan(1e-7);
    expect(relative(axialEigenvalue(10, 0.3), 2 * 0.0682338946752801)).toBeLessThan(1e-7);
  });
});

describe("Brown's rates, each within the error it states", () => {
  const exact = (delta: number, field = 0) => axialEigenvalue(delta, field) * diffusion(delta);

  it("low barrier: 0.3 % up to Δ = 1, 4 % at 2, third order small", () => {
    for (const [delta, error] of [
      [0.1, 2e-6],
      [0.5, 3e-4],
      [1, 3e-3],
      [2, 0.04],
    ])
      expect(relative(brownLowBarrier.value({ delta, alpha }), exact(delta))).toBeLessThan(error);
    expect(brownLowBarrier.inRange({ delta: 1.5, alpha })).toBe(false);
  });

  it("high barrier: 26 % at 5, 12.5 % at 10, 3 % at 40, with and without the 1/Δ", () => {
    for (const [delta, error, corrected] of [
      [5, 0.26, 0.02],
      [10, 0.125, 0.013],
      [20, 0.06, 0.004],
      [40, 0.03, 0.001],
    ]) {
      expect(relative(brownHighBarrier.value({ delta, alpha }), exact(delta))).toBeLessThan(error);
      expect(relative(brownCorrected.value({ delta, alpha }), exact(delta))).toBeLessThan(corrected);
    }
  });

  it("high barrier in a field, and with the torque that acts as that field", () => {
    const direct = brownHighBarrier.value({ delta: 20, alpha, field: 0.2 });
    expect(relative(direct, exact(20, 0.2))).toBeLessThan(0.09);
    const torque = { delta: 20, alpha, field: 0.1, dampingLike: -0.02, fieldLike: 0.1 };
    expect(effectiveField(torque)).toBeCloseTo(0.2, 14);
    expect(relative(brownHighBarrier.value(torque), direct)).toBeLessThan(1e-12);
    expect(brownHighBarrier.inRange({ delta: 20, alpha, field: 0.6 })).toBe(false);
    expect(evaluateForm(brownHighBarrier, { delta: 20, alpha, field: 1.2 })).toMatchObject({
      value: null,
      inRange: false,
    });
  });

  it("escape rates obey detailed balance of the wells to 1/Δ", () => {
    const drive = { delta: 30, alpha, field: 0.1 };
    // Populations of the wells: ∫ near each pole of exp Δ(z²+2hz), to leading order 1/(1±h) e^{±2Δh}.
    const balance = Math.log(axialEscapeRate(drive, -1) / axialEscapeRate(drive, 1));
    expect(balance).toBeCloseTo(4 * 30 * 0.1 + Math.log(0.9 / 1.1), 12);
    expect(brownEscapeFromUp.value(drive)).toBe(axialEscapeRate(drive, 1));
  });

  it("all barriers: 9 %", () => {
    for (const delta of [0.01, 0.5, 1, 2, 3, 5, 8, 15, 30])
      expect(relative(cregg.value({ delta, alpha }), exact(delta))).toBeLessThan(0.09);
  });
});

describe("integral relaxation time", () => {
  it("agrees with the Fokker–Planck cells over barriers, fields and torques", () => {
    for (const delta of [0.01, 1, 5, 20, 40])
      for (const field of [0, 0.05, 0.3, -0.3, 1.2]) {
        const exact = axialRelaxation(delta, field) / diffusion(delta);
        expect(relative(integralRelaxation.value({ delta, alpha, field }), exact)).toBeLessThan(2e-5);
      }
    // 30-digit quadrature; the cells lose digits to cancellation in a field.
    for (const [delta, field, exact] of [
      [5, 0.3, 1.19535838128332],
      [5, 1.2, 0.0264651930132163],
      [20, 1.2, 0.00587369198402449],
    ])
      expect(
        relative(integralRelaxation.value({ delta, alpha, field }) * diffusion(delta), exact),
      ).toBeLessThan(1e-13);
    const field = integralRelaxation.value({ delta: 10, alpha, field: 0.2 });
    expect(relative(integralRelaxation.value({ delta: 10, alpha, dampingLike: -0.02 }), field)).toBeLessThan(
      1e-12,
    );
  });

  it("is τ_N for free diffusion, 1/λ₁ without field, and far below it once a field empties a well", () => {
    expect(relative(integralRelaxation.value({ delta: 1e-6, alpha }), 1e-6 / alpha)).toBeLessThan(1e-6);
    const inverse = (delta: number, field = 0) => 1 / (axialEigenvalue(delta, field) * diffusion(delta));
    expect(relative(integralRelaxation.value({ delta: 20, alpha }), inverse(20))).toBeLessThan(3e-3);
    expect(integralRelaxation.value({ delta: 20, alpha, field: 0.3 })).toBeLessThan(0.05 * inverse(20, 0.3));
  });
});

describe("critical torques and barriers", () => {
  it("vanish where linear stability is lost", () => {
    const critical = axialCriticalTorque.value({ alpha, field: 0.2, fieldLike: 0.05 });
    expect(critical).toBeCloseTo(0.1 * 1.15, 14);
    const drive = { delta: 30, alpha, field: 0.2, fieldLike: 0.05, dampingLike: critical };
    expect(axialBarrierFromUp.value(drive)).toBeCloseTo(0, 12);
    expect(axialBarrierFromUp.value({ delta: 30, alpha, dampingLike: 0.05 })).toBeCloseTo(30 / 4, 12);
    expect(axialBarrierFromDown.value({ delta: 30, alpha, dampingLike: 0.05 })).toBeCloseTo((30 * 9) / 4, 12);
    expect(liZhang.value({ delta: 30, torqueRatio: 0.5 })).toBe(15);
    expect(liZhang.value({ delta: 30, torqueRatio: 1.5 })).toBe(0);
  });

  it("film: the linearized motion is marginal at a_c", () => {
    // Easy axis x (polarizer x), hard axis z: e = −mx² + d mz²; around +x tangent curvatures c_y = 2, c_z = 2 + 2d.
    const d = 25;
    const film = 0.01;
    const a = filmCriticalTorque.value({ alpha: film, demagnetizing: d });
    // Trace of −½α(c_y + c_z) + 2 a (χ = a c with a saddle of curvature −a in both directions) vanishes.
    expect(-0.5 * film * (2 + 2 + 2 * d) + 2 * a).toBeCloseTo(0, 14);
  });
});

describe("the catalogue", () => {
  it("gives every entry a name, a source and a sentence, each name once", () => {
    const entries = Object.values(theory).flat() as ClosedForm<never>[];
    expect(new Set(entries.map((form) => form.name)).size).toBe(entries.length);
    for (const form of entries) {
      expect(form.validWhen).toMatch(/\.$/);
      expect(form.cite.length).toBeGreaterThan(10);
      expect(["1", "γ'B_K", "1/(γ'B_K)", "B_K", "kT"]).toContain(form.unit);
    }
  });
});

import { describe, expect, it } from "vitest";
import {
  depopulation,
  kramersLanger,
  langerRate,
  melnikovMeshkov,
  transitionStateRate,
  veryLowDamping,
} from "../../src/theory/kramers.ts";
import type { ObliqueMagnet } from "../../src/theory/oblique-landscape.ts";
import { obliqueLandscape } from "../../src/theory/oblique-landscape.ts";
import { separatrixActions } from "../../src/theory/separatrix-action.ts";

const magnet = (delta: number, field: number, fieldAngle: number, alpha: number): ObliqueMagnet => ({
  delta,
  field,
  fieldAngle,
  alpha,
});
const quarter = Math.PI / 4;

/**
 * λ₁ in γ'B_K of the full Fokker–Planck equation in spherical harmonics, computed apart from this code (l up to 64 at
 * α ≥ 0.1, 100 at 0.01, 130 at 0.001; the last digit given is safe).
 */
const reference: [number, number, number, number, number][] = [
  [10, 0.1, quarter, 1, 4.14288e-4],
  [20, 0.2, quarter, 1, 2.320308e-5],
  [20, 0.2, quarter, 0.1, 8.59419e-6],
  [20, 0.2, quarter, 0.01, 2.282e-6],
  [20, 0.2, quarter, 0.001, 3.08e-7],
  [20, 0.2, Math.PI / 2, 1, 1.950232e-6],
  [20, 0.2, Math.PI / 2, 0.1, 8.39697e-7],
  [20, 0.2, Math.PI / 2, 0.01, 2.362e-7],
];

describe("energy landscape", () => {
  it("finds wells and saddle where energy is stationary, and none beyond the astroid or along the axis", () => {
    const p = magnet(20, 0.2, quarter, 0.1);
    const landscape = obliqueLandscape(p);
    if (landscape === null) throw new Error("no landscape");
    const e = (t: number) => -(Math.cos(t) ** 2) - 0.4 * Math.cos(t - quarter);
    for (const { theta, along } of [...landscape.wells, landscape.saddle]) {
      const d = 1e-4;
      expect((e(theta + d) - e(theta - d)) / (2 * d)).toBeCloseTo(0, 7);
      expect((e(theta + d) - 2 * e(theta) + e(theta - d)) / (d * d)).toBeCloseTo(along, 5);
    }
    // At 45° the astroid is at h = ½.
    expect(obliqueLandscape(magnet(20, 0.49, quarter, 0.1))).not.toBeNull();
    expect(obliqueLandscape(magnet(20, 0.51, quarter, 0.1))).toBeNull();
    expect(obliqueLandscape(magnet(20, 0.2, 0, 0.1))).toBeNull();
    expect(melnikovMeshkov.value(magnet(20, 0.51, quarter, 0.1))).toBeNaN();
  });

  it("has the transverse field in closed form: barrier (1−h)², wells at sinθ = h", () => {
    const landscape = obliqueLandscape(magnet(20, 0.2, Math.PI / 2, 0.1));
    if (landscape === null) throw new Error("no landscape");
    const [first, second] = landscape.wells;
    expect(landscape.saddle.energy - first.energy).toBeCloseTo(0.64, 10);
    expect(Math.abs(Math.sin(second.theta))).toBeCloseTo(0.2, 10);
    const [a, b] = separatrixActions(magnet(20, 0.2, Math.PI / 2, 0.1), landscape);
    expect(a).toBeCloseTo(b, 10);
  });

  it("has the action of the separatrix by following the orbit just inside it", () => {
    const p = magnet(20, 0.2, quarter, 0.1);
    const landscape = obliqueLandscape(p);
    if (landscape === null) throw new Error("no landscape");
    const [bx, bz] = [0.4 * Math.sin(quarter), 0.4 * Math.cos(quarter)];
    // m' = m×∇e, ∇e = (−bx, 0, −2mz − bz).
    const rate = ([x, y, z]: number[]) => {
      const g = -2 * z - bz;
      return [y * g, -z * bx - x * g, y * bx];
    };
    const step = (m: number[], dt: number) => {
      const shift = (k: number[], f: number) => m.map((v, i) => v + f * k[i]);
      const k1 = rate(m);
      const k2 = rate(shift(k1, dt / 2));
      const k3 = rate(shift(k2, dt / 2));
      const k4 = rate(shift(k3, dt));
      return m.map((v, i) => v + (dt / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    };
    separatrixActions(p, landscape).forEach((action, i) => {
      const towards = Math.sign(landscape.wells[i].theta - landscape.saddle.theta);
      const start = landscape.saddle.theta + towards * 1e-4;
      let m = [Math.sin(start), 0, Math.cos(start)];
      const dt = 2e-3;
      let sum = 0;
      let half = 0;
      for (let n = 0; n < 100000 && half < 2; n++) {
        const next = step(m, dt);
        const [a, b] = [rate(m), rate(next)];
        sum += (dt / 2) * (a[0] ** 2 + a[1] ** 2 + a[2] ** 2 + b[0] ** 2 + b[1] ** 2 + b[2] ** 2);
        // The orbit crosses the plane y = 0 at the turning point and again at its start.
        if (n > 0 && m[1] * next[1] < 0) half++;
        m = next;
      }
      expect(half).toBe(2);
      expect(Math.abs(sum / action - 1)).toBeLessThan(1e-4);
    });
  });
});

describe("depopulation factor", () => {
  it("has its limits: δ[1 + ζ(½)√(δ/π)] when small, 1 when large", () => {
    for (const d of [1e-6, 1e-4])
      expect(
        Math.abs(depopulation(d) / (d * Math.exp(-1.4603545088 * Math.sqrt(d / Math.PI))) - 1),
      ).toBeLessThan(d);
    expect(depopulation(60)).toBeCloseTo(1, 6);
    expect(depopulation(0)).toBe(0);
  });

  it("equals the plain integral", () => {
    for (const d of [0.1, 1, 10]) {
      let sum = 0;
      const n = 400000;
      for (let i = 0; i < n; i++) {
        const lambda = 40 * ((i + 0.5) / n);
        sum += (Math.log(-Math.expm1(-d * (lambda ** 2 + 0.25))) / (lambda ** 2 + 0.25)) * (40 / n);
      }
      expect(Math.abs(depopulation(d) / Math.exp(sum / Math.PI) - 1)).toBeLessThan(1e-8);
    }
  });
});

describe("Kramers' problem on the sphere", () => {
  it("Langer's rate tends to the undamped attempts as α → 0", () => {
    const well = { along: 2, across: 3 };
    const saddle = { along: -1.5, across: 0.7 };
    const weak = langerRate({ alpha: 1e-9, well, saddle, barrier: 4 });
    expect(Math.abs(weak / transitionStateRate(well, 4) - 1)).toBeLessThan(1e-8);
  });

  it("the bridge meets the full Fokker–Planck eigenvalue within 10 % over three decades of damping", () => {
    for (const [delta, field, angle, alpha, exact] of reference)
      expect(Math.abs(melnikovMeshkov.value(magnet(delta, field, angle, alpha)) / exact - 1)).toBeLessThan(
        0.1,
      );
  });

  it("Langer's rate meets it where its range begins, and not at low damping", () => {
    for (const [delta, field, angle, alpha, exact] of reference) {
      const p = magnet(delta, field, angle, alpha);
      const error = Math.abs(kramersLanger.value(p) / exact - 1);
      if (kramersLanger.inRange(p)) expect(error).toBeLessThan(0.12);
      if (alpha <= 0.01) expect(error).toBeGreaterThan(1);
    }
    expect(kramersLanger.inRange(magnet(20, 0.2, quarter, 1))).toBe(true);
    expect(kramersLanger.inRange(magnet(20, 0.2, quarter, 0.01))).toBe(false);
    expect(kramersLanger.inRange(magnet(20, 0.01, quarter, 1))).toBe(false);
  });

  it("the very-low-damping rate is the bridge's limit, linear in α", () => {
    const at = (alpha: number) => magnet(20, 0.2, Math.PI / 2, alpha);
    expect(Math.abs(veryLowDamping.value(at(1e-6)) / melnikovMeshkov.value(at(1e-6)) - 1)).toBeLessThan(0.02);
    expect(veryLowDamping.value(at(2e-3)) / veryLowDamping.value(at(1e-3))).toBeCloseTo(2, 12);
    expect(veryLowDamping.inRange(at(1e-3))).toBe(true);
    expect(veryLowDamping.inRange(at(1e-2))).toBe(false);
  });
});

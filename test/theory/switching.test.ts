import { describe, expect, it } from "vitest";
import { processorSeconds } from "../../src/cli/processor-seconds.ts";
import { evaluateForm } from "../../src/theory/closed-form.ts";
import {
  butler,
  butlerNonlinear,
  butlerSwitchingTime,
  linearAngleSquared,
  sun,
  sunThermal,
} from "../../src/theory/spin-torque-switching.ts";
import { legendreNotSwitched, tzoufras } from "../../src/theory/tzoufras.ts";
import { seeded } from "../statistics/seeded.ts";

const alpha = 0.02;
const pulse = (delta: number, overdrive: number, decays: number) => ({
  delta,
  alpha,
  overdrive,
  time: decays / (overdrive - 1) / alpha,
});

/** Time to the equator of θ' = α sinθ (i − cosθ), by Runge–Kutta. */
function timeByIntegration(overdrive: number, start: number): number {
  const rate = (t: number) => alpha * Math.sin(t) * (overdrive - Math.cos(t));
  const dt = 0.01;
  let [theta, time] = [start, 0];
  for (;;) {
    const k1 = rate(theta);
    const k2 = rate(theta + (dt / 2) * k1);
    const k3 = rate(theta + (dt / 2) * k2);
    const next = theta + (dt / 6) * (k1 + 2 * k2 + 2 * k3 + rate(theta + dt * k3));
    if (next >= Math.PI / 2) return time + (dt * (Math.PI / 2 - theta)) / (next - theta);
    theta = next;
    time += dt;
  }
}

describe("switching times", () => {
  it("are the integral of the motion", () => {
    for (const [overdrive, initialAngle] of [
      [1.2, 0.1],
      [2, 0.3],
      [3, 0.01],
    ]) {
      const exact = timeByIntegration(overdrive, initialAngle);
      expect(butlerSwitchingTime.value({ alpha, overdrive, initialAngle }) / exact).toBeCloseTo(1, 6);
    }
    // Sun's linear growth: right to leading logarithm.
    const far = { alpha, overdrive: 3, initialAngle: 1e-6 };
    expect(sun.value(far) / butlerSwitchingTime.value(far)).toBeCloseTo(1, 1);
    expect(linearAngleSquared(Math.cos(1e-3), 2)).toBeCloseTo(1e-6, 11);
    expect(sun.value({ alpha, overdrive: 0.9, initialAngle: 0.1 })).toBeNaN();
  });

  it("averages Sun's time over a thermal start", () => {
    const random = seeded(91);
    let sum = 0;
    const n = 20000;
    for (let i = 0; i < n; i++)
      sum += sun.value({ alpha, overdrive: 2, initialAngle: Math.sqrt(random.exponential() / 40) }) / n;
    // The logarithm of a Rayleigh angle has variance π²/24.
    const error = Math.sqrt(Math.PI ** 2 / 24 / n) / alpha;
    expect(Math.abs(sum - sunThermal.value({ delta: 40, alpha, overdrive: 2 }))).toBeLessThan(4 * error);
  });
});

describe("write errors", () => {
  it("Legendre expansion: conserves probability, starts at 1, agrees with simulated spins", () => {
    expect(legendreNotSwitched({ ...pulse(20, 2, 0), time: 0 })).toBeCloseTo(1, 7);
    // Without torque a high barrier holds; with a strong field against it all switch.
    expect(legendreNotSwitched({ delta: 30, alpha, overdrive: 0, time: 200 })).toBeCloseTo(1, 7);
    // Thermal start of weight e^{Δz²} on z > 0 and Euler–Maruyama for z with the Itô drift.
    const random = seeded(92);
    const [delta, overdrive, time] = [12, 2, 3 / alpha];
    const dt = 0.01 / alpha;
    let held = 0;
    const spins = 8000;
    for (let spin = 0; spin < spins; spin++) {
      let z = 0;
      do z = random.uniform();
      while (random.uniform() > Math.exp(delta * (z * z - 1)));
      for (let t = 0; t < time - dt / 2; t += dt) {
        const diffusion = alpha / (2 * delta);
        const drift = alpha * (1 - z * z) * (z - overdrive) - 2 * diffusion * z;
        z += drift * dt + Math.sqrt(Math.max(0, 2 * diffusion * (1 - z * z)) * dt) * random.normal();
        if (Math.abs(z) > 1) z = Math.sign(z) * (2 - Math.abs(z));
      }
      if (z > 0) held++;
    }
    const exact = legendreNotSwitched({ delta, alpha, overdrive, time });
    // Four standard errors and the bias of the step, about one step of the decay.
    expect(Math.abs(held / spins - exact)).toBeLessThan(
      4 * Math.sqrt((exact * (1 - exact)) / spins) + 0.03 * exact,
    );
  });

  it("is not given where its expansion would take minutes", () => {
    // a torque of 650 critical ones
    const strong = { delta: 60, alpha: 6e-5, overdrive: 650, time: 5e4 };
    const began = processorSeconds();
    expect(legendreNotSwitched(strong)).toBeNaN();
    expect(evaluateForm(tzoufras, strong)).toMatchObject({ value: null, inRange: false });
    expect(processorSeconds() - began).toBeLessThan(1);
  });

  it("Butler's formula stands above the exact error by the factor it states", () => {
    for (const [overdrive, factor] of [
      [2, 1.55],
      [3, 1.07],
    ]) {
      const p = pulse(60, overdrive, 6);
      const exact = tzoufras.value(p);
      expect(butler.value(p) / exact / factor).toBeGreaterThan(0.98);
      expect(butler.value(p) / exact / factor).toBeLessThan(1.15);
    }
    expect(butler.value({ ...pulse(60, 2, 1), overdrive: 0.9 })).toBeNaN();
    expect(butler.inRange(pulse(60, 1.1, 4))).toBe(false);
  });

  it("with the exact flow to the equator it agrees: 1 % at i = 3, better with Δ", () => {
    for (const decays of [4, 9]) {
      const p = pulse(60, 3, decays);
      expect(butlerNonlinear.value(p) / tzoufras.value(p)).toBeCloseTo(1, 2);
    }
    const error = (delta: number) =>
      Math.abs(butlerNonlinear.value(pulse(delta, 2, 4)) / tzoufras.value(pulse(delta, 2, 4)) - 1);
    expect(error(40)).toBeLessThan(0.6 * error(20));
    expect(tzoufras.inRange(pulse(60, 3, 30))).toBe(false);
  });
});

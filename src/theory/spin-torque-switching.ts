import type { ClosedForm } from "./closed-form.ts";

/**
 * Uniaxial magnet reversed from +z by a collinear damping-like torque a = overdrive × a_c, a_c = αB_K, without field:
 * θ' = α sinθ (i − cosθ), i the overdrive. `time` is the pulse length in 1/(γ'B_K).
 */
export interface SwitchingPulse {
  readonly delta: number;
  readonly alpha: number;
  /** a/a_c. */
  readonly overdrive: number;
  readonly time: number;
}

/**
 * The squared angle that linear growth e^{α(i−1)t} from small angles would have reached at the time when the spin is at
 * cosθ = c: A² = 2(1−c) [(1+c)/2]^{−(i−1)/(i+1)} [(i−c)/(i−1)]^{−2/(i+1)}, an exact integral of θ' = α sinθ (i − cosθ).
 */
export function linearAngleSquared(cosine: number, overdrive: number): number {
  const i = overdrive;
  return (
    2 * (1 - cosine) * ((1 + cosine) / 2) ** (-(i - 1) / (i + 1)) * ((i - cosine) / (i - 1)) ** (-2 / (i + 1))
  );
}

/**
 * P(θ² < limit) after the pulse in the linear theory: a thermal start with ⟨θ²⟩ = 1/Δ grows, driven by torque and
 * noise, to ⟨θ²⟩ = [i e^{2α(i−1)t} − 1]/(Δ(i−1)); θ stays Rayleigh distributed.
 */
function notSwitched({ delta, alpha, overdrive, time }: SwitchingPulse, limit: number): number {
  if (!(overdrive > 1)) return Number.NaN;
  const grown = overdrive * Math.exp(2 * alpha * (overdrive - 1) * time) - 1;
  return -Math.expm1((-limit * delta * (overdrive - 1)) / grown);
}

const shared = { quantity: "not-switched probability", unit: "1" };
const strong = ({ delta, overdrive }: SwitchingPulse) => overdrive >= 1.2 && delta * (overdrive - 1) >= 10;

export const butler: ClosedForm<SwitchingPulse> = {
  ...shared,
  name: "Butler, write error",
  cite: "W. H. Butler et al., IEEE Trans. Magn. 48 (2012) 4684",
  validWhen:
    "Collinear uniaxial magnet, no field, overdrive ≥ 1.2 and Δ(i−1) ≥ 10; decays correctly with the pulse length, but is too high in the tail (1.55 times at i = 2, 1.07 at i = 3), because it counts linear growth up to θ = π/2.",
  inRange: strong,
  value: (pulse) => notSwitched(pulse, Math.PI ** 2 / 4),
};

export const butlerNonlinear: ClosedForm<SwitchingPulse> = {
  ...shared,
  name: "Write error, linear noise and exact flow",
  cite: "Butler's noise (IEEE Trans. Magn. 48 (2012) 4684) with the exact growth from small angles to the equator, derived in the source: A²(0) = 2^{2i/(i+1)} [(i−1)/i]^{2/(i+1)} in place of π²/4",
  validWhen:
    "Collinear uniaxial magnet, no field, overdrive ≥ 1.2 and Δ(i−1) ≥ 10; the remaining error grows with the pulse length as αt/(Δ(i−1)): at Δ = 60 and 1e-9 0.3 % at i = 3, 18 % at i = 2.",
  inRange: strong,
  value: (pulse) => notSwitched(pulse, linearAngleSquared(0, pulse.overdrive)),
};

/** `initialAngle` in rad from +z. */
export interface SwitchingStart {
  readonly alpha: number;
  readonly overdrive: number;
  readonly initialAngle: number;
}

const time = { quantity: "time to the equator", unit: "1/(γ'B_K)" };

export const sun: ClosedForm<SwitchingStart> = {
  ...time,
  name: "Sun, switching time",
  cite: "J. Z. Sun, Phys. Rev. B 62 (2000) 570",
  validWhen:
    "Collinear uniaxial magnet at zero temperature, overdrive well above 1, small initial angle; linear growth up to θ = π/2.",
  inRange: ({ overdrive, initialAngle }) => overdrive >= 1.5 && initialAngle > 0 && initialAngle <= 0.3,
  value: ({ alpha, overdrive, initialAngle }) =>
    overdrive > 1 ? Math.log(Math.PI / (2 * initialAngle)) / (alpha * (overdrive - 1)) : Number.NaN,
};

export const butlerSwitchingTime: ClosedForm<SwitchingStart> = {
  ...time,
  name: "Butler, switching time",
  cite: "W. H. Butler et al., IEEE Trans. Magn. 48 (2012) 4684; the integral of θ' = α sinθ (i − cosθ)",
  validWhen: "Collinear uniaxial magnet at zero temperature, overdrive above 1; exact.",
  inRange: ({ overdrive, initialAngle }) => overdrive > 1 && initialAngle > 0 && initialAngle < Math.PI / 2,
  value: ({ alpha, overdrive, initialAngle }) =>
    overdrive > 1
      ? Math.log(linearAngleSquared(0, overdrive) / linearAngleSquared(Math.cos(initialAngle), overdrive)) /
        (2 * alpha * (overdrive - 1))
      : Number.NaN,
};

const euler = 0.5772156649015329;

/** ⟨ln(π/2θ₀)⟩ over a thermal start of ⟨θ₀²⟩ = 1/Δ is ½[C + ln(π²Δ/4)], C Euler's constant. */
export const sunThermal: ClosedForm<Omit<SwitchingPulse, "time">> = {
  name: "Sun, mean switching time of a thermal start",
  quantity: "mean time to the equator",
  unit: "1/(γ'B_K)",
  cite: "J. Z. Sun, Phys. Rev. B 62 (2000) 570; D. C. Worledge et al., Appl. Phys. Lett. 98 (2011) 022501",
  validWhen:
    "Collinear uniaxial magnet, overdrive ≥ 1.5, Δ ≥ 20; thermal start but no noise during the pulse.",
  inRange: ({ delta, overdrive }) => overdrive >= 1.5 && delta >= 20,
  value: ({ delta, alpha, overdrive }) =>
    overdrive > 1
      ? (euler + Math.log((Math.PI ** 2 * delta) / 4)) / (2 * alpha * (overdrive - 1))
      : Number.NaN,
};

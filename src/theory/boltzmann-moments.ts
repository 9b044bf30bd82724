import { mz } from "../expression/vector.ts";
import { dawson } from "../numerics/dawson.ts";
import { integrate } from "../numerics/gauss-legendre.ts";
import type { ClosedForm } from "./closed-form.ts";

/** Uniaxial magnet of barrier `delta` in an axial field (over B_K, default 0): V/kT = −Δ(mz² + 2h mz). */
export interface AxialMagnet {
  readonly delta: number;
  readonly field?: number;
}

/**
 * ⟨mz⟩ and ⟨mz²⟩ of exp[Δ(z² + 2hz)] on [−1, 1]. With u = z + h everything follows from ∫₀^x e^{Δu²} du = e^{Δx²} F(√Δ
 * x)/√Δ, F Dawson's integral: Z = e^{Δ(1+h)²}F(√Δ(1+h)) + e^{Δ(1−h)²}F(√Δ(1−h)) over √Δ, ⟨u⟩ = (e^{Δ(1+h)²} −
 * e^{Δ(1−h)²})/(2ΔZ), ⟨u²⟩ = [(1+h)e^{Δ(1+h)²} + (1−h)e^{Δ(1−h)²}]/(2ΔZ) − 1/(2Δ). Below Δ = 2 these cancel, and Gauss
 * quadrature takes their place.
 */
export function boltzmannMoments({ delta, field = 0 }: AxialMagnet): {
  readonly z: number;
  readonly zz: number;
} {
  if (delta < 2) {
    const top = Math.max(0, delta) + 2 * Math.abs(delta * field);
    const weight = (z: number) => Math.exp(delta * z * (z + 2 * field) - top);
    const panels =
      8 + Math.ceil(Math.sqrt(Math.abs(delta) * (1 + Math.abs(field))) + Math.abs(delta * field));
    const moment = (power: number) => integrate((z) => z ** power * weight(z), -1, 1, panels);
    const norm = moment(0);
    return { z: moment(1) / norm, zz: moment(2) / norm };
  }
  const root = Math.sqrt(delta);
  const [up, down] = [1 + field, 1 - field];
  const top = delta * Math.max(up * up, down * down);
  const [a, b] = [Math.exp(delta * up * up - top), Math.exp(delta * down * down - top)];
  const norm = (a * dawson(root * up) + b * dawson(root * down)) / root;
  const u = (a - b) / (2 * delta * norm);
  const uu = (up * a + down * b) / (2 * delta * norm) - 1 / (2 * delta);
  return { z: u - field, zz: uu - 2 * field * u + field * field };
}

const shared = {
  unit: "1",
  cite: "W. F. Brown, Phys. Rev. 130 (1963) 1677; NIST DLMF 7.2(ii) for Dawson's integral",
  validWhen: "Equilibrium of a uniaxial magnet with any field along its axis; exact.",
  inRange: ({ delta }: AxialMagnet) => delta >= 0,
};

export const meanAxialMoment: ClosedForm<AxialMagnet> = {
  ...shared,
  name: "Boltzmann, uniaxial, first moment",
  quantity: `mean ${mz}`,
  value: (magnet) => boltzmannMoments(magnet).z,
};

export const meanSquaredAxialMoment: ClosedForm<AxialMagnet> = {
  ...shared,
  name: "Boltzmann, uniaxial, second moment",
  quantity: `mean ${mz}²`,
  value: (magnet) => boltzmannMoments(magnet).zz,
};

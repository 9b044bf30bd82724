import type { AxialDrive } from "./axial-drive.ts";
import { effectiveField } from "./axial-drive.ts";
import type { ClosedForm } from "./closed-form.ts";

export const axialCriticalTorque: ClosedForm<Omit<AxialDrive, "delta" | "dampingLike">> = {
  name: "Critical torque, axial",
  quantity: "damping-like field that destabilizes +z",
  unit: "B_K",
  cite: "J. C. Slonczewski, J. Magn. Magn. Mater. 159 (1996) L1; linear stability: a_c = α(1 + h − b)",
  validWhen: "Uniaxial magnet, field and polarizer along its axis, zero temperature; exact.",
  inRange: () => true,
  value: ({ alpha, field = 0, fieldLike = 0 }) => alpha * (1 + field - fieldLike),
};

/** In-plane easy axis with a hard axis normal to the film; `demagnetizing` = μ0Ms N/B_K of the normal (over B_K). */
export interface FilmDrive {
  readonly alpha: number;
  readonly demagnetizing: number;
  /** Along the easy axis, over B_K; default 0. */
  readonly field?: number;
}

export const filmCriticalTorque: ClosedForm<FilmDrive> = {
  name: "Critical torque, in-plane film",
  quantity: "damping-like field that destabilizes the easy direction",
  unit: "B_K",
  cite: "J. Z. Sun, Phys. Rev. B 62 (2000) 570: a_c = α(B_K + B + ½μ0Ms)",
  validWhen: "In-plane uniaxial film, polarizer and field along the easy axis, zero temperature; α ≪ 1.",
  inRange: ({ alpha }) => alpha <= 0.1,
  value: ({ alpha, demagnetizing, field = 0 }) => alpha * (1 + field + demagnetizing / 2),
};

const axialBarrier = (side: 1 | -1): ClosedForm<AxialDrive> => ({
  name: `Effective barrier, axial, from ${side > 0 ? "+z" : "−z"}`,
  quantity: `barrier from ${side > 0 ? "+z" : "−z"}`,
  unit: "kT",
  cite: "Z. Li, S. Zhang, Phys. Rev. B 69 (2004) 134416 for spin torque in thermal switching; here Δ(1 ± h_eff)² with h_eff = h − a/α − b, so Δ(1 ∓ a/a_c)² without field",
  validWhen: "Uniaxial magnet, field and polarizer along its axis, |h_eff| < 1; exact exponent.",
  inRange: (drive) => Math.abs(effectiveField(drive)) < 1,
  value: (drive) => {
    const depth = 1 + side * effectiveField(drive);
    return depth > 0 ? drive.delta * depth * depth : 0;
  },
});
export const axialBarrierFromUp = axialBarrier(1);
export const axialBarrierFromDown = axialBarrier(-1);

/** `torqueRatio` = a/a_c of the well left, its sign such that positive lowers the barrier. */
export interface FilmBarrier {
  readonly delta: number;
  readonly torqueRatio: number;
  /** Against the well left, over B_K; default 0. */
  readonly opposingField?: number;
}

export const liZhang: ClosedForm<FilmBarrier> = {
  name: "Li–Zhang effective barrier",
  quantity: "effective barrier",
  unit: "kT",
  cite: "Z. Li, S. Zhang, Phys. Rev. B 69 (2004) 134416: E = E_b(1 − a/a_c); R. H. Koch, J. A. Katine, J. Z. Sun, Phys. Rev. Lett. 92 (2004) 088302",
  validWhen:
    "In-plane film, hard axis much stronger than the easy one, polarizer along the easy axis, α ≪ 1, |a| well below a_c.",
  inRange: ({ torqueRatio }) => Math.abs(torqueRatio) <= 0.8,
  value: ({ delta, torqueRatio, opposingField = 0 }) =>
    torqueRatio < 1 && opposingField < 1 ? delta * (1 - opposingField) ** 2 * (1 - torqueRatio) : 0,
};

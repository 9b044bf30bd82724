import type { AxialDrive } from "./axial-drive.ts";
import { effectiveField } from "./axial-drive.ts";
import type { ClosedForm } from "./closed-form.ts";

/** λ₁ τ_N = 1 − (2/5)Δ + (48/875)Δ² without field. */
export const brownLowBarrier: ClosedForm<AxialDrive> = {
  name: "Brown, low barrier",
  quantity: "smallest eigenvalue",
  unit: "γ'B_K",
  cite: "W. F. Brown, Phys. Rev. 130 (1963) 1677",
  validWhen: "No axial field or torque, Δ ≤ 1; within 0.3 % of the exact eigenvalue there, 4 % at Δ = 2.",
  inRange: (drive) => drive.delta <= 1 && effectiveField(drive) === 0,
  value: ({ delta, alpha }) => (alpha / delta) * (1 - (2 / 5) * delta + (48 / 875) * delta * delta),
};

/**
 * Escape rate over the barrier from the well at +z (side +1) or −z (side −1), in γ'B_K:
 * (α/Δ) √(Δ³/π) (1−h²)(1±h) exp[−Δ(1±h)²]. NaN without a second well, |h| ≥ 1.
 */
export function axialEscapeRate(drive: AxialDrive, side: 1 | -1): number {
  const h = effectiveField(drive);
  if (!(Math.abs(h) < 1)) return Number.NaN;
  const { delta, alpha } = drive;
  const depth = 1 + side * h;
  return alpha * Math.sqrt(delta / Math.PI) * (1 - h * h) * depth * Math.exp(-delta * depth * depth);
}

/** Barrier of the shallower well in kT, Δ(1−|h|)². */
const lowerBarrier = (drive: AxialDrive): number => drive.delta * (1 - Math.abs(effectiveField(drive))) ** 2;

const highBarrierCite = "W. F. Brown, Phys. Rev. 130 (1963) 1677";

export const brownHighBarrier: ClosedForm<AxialDrive> = {
  name: "Brown, high barrier",
  quantity: "smallest eigenvalue",
  unit: "γ'B_K",
  cite: highBarrierCite,
  validWhen:
    "Field and torque along the axis, lower barrier Δ(1−|h|)² ≥ 5; high by about 1/Δ(1−|h|)² or a little more (25 % at 5, 12 % at 10).",
  inRange: (drive) => Math.abs(effectiveField(drive)) < 1 && lowerBarrier(drive) >= 5,
  value: (drive) => axialEscapeRate(drive, 1) + axialEscapeRate(drive, -1),
};

const escapeForm = (side: 1 | -1): ClosedForm<AxialDrive> => ({
  name: `Brown, high barrier, escape from ${side > 0 ? "+z" : "−z"}`,
  quantity: `rate ${side > 0 ? "+z to −z" : "−z to +z"}`,
  unit: "γ'B_K",
  cite: highBarrierCite,
  validWhen: "Field and torque along the axis, barrier Δ(1±h)² of this well and Δ(1−|h|)² both ≥ 5.",
  inRange: (drive) => Math.abs(effectiveField(drive)) < 1 && lowerBarrier(drive) >= 5,
  value: (drive) => axialEscapeRate(drive, side),
});
export const brownEscapeFromUp = escapeForm(1);
export const brownEscapeFromDown = escapeForm(-1);

export const brownCorrected: ClosedForm<AxialDrive> = {
  name: "Brown, high barrier with 1/Δ",
  quantity: "smallest eigenvalue",
  unit: "γ'B_K",
  cite: "W. F. Brown, Physica B+C 86–88 (1977) 1423",
  validWhen: "No axial field or torque, Δ ≥ 5; within 2 % of the exact eigenvalue.",
  inRange: (drive) => drive.delta >= 5 && effectiveField(drive) === 0,
  value: (drive) =>
    2 * axialEscapeRate({ delta: drive.delta, alpha: drive.alpha }, 1) * (1 - 1 / drive.delta),
};

export const cregg: ClosedForm<AxialDrive> = {
  name: "Cregg, Crothers and Wickstead, all barriers",
  quantity: "smallest eigenvalue",
  unit: "γ'B_K",
  cite: "P. J. Cregg, D. S. F. Crothers, A. W. Wickstead, J. Appl. Phys. 76 (1994) 4900",
  validWhen: "No axial field or torque, any Δ; within 9 % of the exact eigenvalue.",
  inRange: (drive) => drive.delta > 0 && effectiveField(drive) === 0,
  value: ({ delta, alpha }) =>
    (alpha / delta) *
    ((2 * delta) / Math.expm1(delta)) *
    ((delta / (1 + delta)) * Math.sqrt(delta / Math.PI) + 2 ** (-delta - 1)),
};

import type { ClosedForm } from "./closed-form.ts";

/** L(x) = coth x − 1/x. */
export function langevin(x: number): number {
  if (Math.abs(x) < 0.3) {
    const s = x * x;
    // Bernoulli numbers: error below 1e-15 here.
    return (
      x * (1 / 3 - s * (1 / 45 - s * (2 / 945 - s * (1 / 4725 - s * (2 / 93555 - (s * 1382) / 638512875)))))
    );
  }
  return 1 / Math.tanh(x) - 1 / x;
}

/** `fieldEnergy`: x = Ms v B/kT = 2Δh. */
export const langevinFunction: ClosedForm<{ readonly fieldEnergy: number }> = {
  name: "Langevin function",
  quantity: "mean magnetization along the field",
  unit: "1",
  cite: "P. Langevin, Ann. Chim. Phys. 5 (1905) 70",
  validWhen: "Equilibrium of a magnet without anisotropy in a field; exact.",
  inRange: ({ fieldEnergy }) => Number.isFinite(fieldEnergy),
  value: ({ fieldEnergy }) => langevin(fieldEnergy),
};

import type { ClosedForm } from "./closed-form.ts";
import type { EscapeOverSaddles } from "./escape-over-saddles.ts";
import { depopulation } from "./kramers.ts";

const shared = { quantity: "smallest eigenvalue", unit: "γ'B_K" };
const narrow = "Two wells, barrier ≥ 5 kT, saddles narrower than the sphere (curvature across ≥ 5 kT)";
const common = `${narrow} and equally high or 4 kT apart`;

const isNarrow = ({ barrier, across }: EscapeOverSaddles): boolean => barrier >= 5 && across >= 5;

export const kramersLangerOverSaddles: ClosedForm<EscapeOverSaddles> = {
  ...shared,
  name: "Kramers–Langer, intermediate to high damping, any two wells",
  cite: "J. S. Langer, Ann. Phys. 54 (1969) 258; W. F. Brown, IEEE Trans. Magn. 15 (1979) 1196; curvatures and growth rates from Ψ and Ω",
  validWhen: `${narrow}, energy lost between two approaches to saddles ≥ 10 kT in both wells; high by 5 % at a barrier of 10 kT, 3 % at 20 kT.`,
  inRange: (found) => isNarrow(found) && Math.min(...found.losses) >= 10,
  value: ({ langer }) => langer,
};

export const veryLowDampingOverSaddles: ClosedForm<EscapeOverSaddles> = {
  ...shared,
  name: "Kramers, very low damping, any two wells",
  cite: "I. Klik, L. Gunther, J. Stat. Phys. 60 (1990) 473; action by the pieces of the separatrix from saddle to saddle",
  validWhen: `${common}, energy lost between two approaches to saddles ≤ 0.1 kT in both wells; the next order is the root of that.`,
  inRange: (found) => isNarrow(found) && found.isClear && Math.max(...found.losses) <= 0.1,
  /**
   * The flux from each well is its energy loss times its attempt rate; a spin at a saddle then falls into a well with
   * probability proportional to that well's loss.
   */
  value: ({ attempts, losses: [first, second] }) => ((first * second) / (first + second)) * attempts,
};

export const melnikovOverSaddles: ClosedForm<EscapeOverSaddles> = {
  ...shared,
  name: "Mel'nikov–Meshkov bridge, all damping, any two wells",
  cite: "V. I. Mel'nikov, S. V. Meshkov, J. Chem. Phys. 85 (1986) 1018; W. T. Coffey, D. A. Garanin, D. J. McCarthy, Adv. Chem. Phys. 117 (2001) 483",
  validWhen: `${common}, any damping; high by up to 27 % at a barrier of 5 kT, 15 % at 10 kT, 5 % at 20 kT, 1 % at 40 kT.`,
  inRange: (found) => isNarrow(found) && found.isClear,
  value: ({ langer, losses: [first, second] }) =>
    (langer * depopulation(first) * depopulation(second)) / depopulation(first + second),
};

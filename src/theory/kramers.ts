import { integrate } from "../numerics/gauss-legendre.ts";
import type { ClosedForm } from "./closed-form.ts";
import type { ObliqueMagnet, StationaryPoint, TwoWells } from "./oblique-landscape.ts";
import { obliqueLandscape } from "./oblique-landscape.ts";
import { separatrixActions } from "./separatrix-action.ts";

/** Curvatures (in Kv) of a well and a saddle, for any energy; barrier in kT. */
export interface SaddlePassage {
  readonly alpha: number;
  readonly well: { readonly along: number; readonly across: number };
  readonly saddle: { readonly along: number; readonly across: number };
  readonly barrier: number;
}

/**
 * Langer's rate over one saddle, γ'B_K: (λ₊/2π) √(det well/|det saddle|) e^{−barrier}, λ₊ the growth rate at
 * the saddle of the damped motion u' = −½(α c₁ u + c₂ v), v' = ½(c₁ u − α c₂ v):
 * λ₊ = ¼ [−α(c₁+c₂) + √(α²(c₁−c₂)² − 4c₁c₂)].
 */
export function langerRate({ alpha, well, saddle, barrier }: SaddlePassage): number {
  const [a, b] = [saddle.along, saddle.across];
  const growth = (-alpha * (a + b) + Math.sqrt(alpha * alpha * (a - b) ** 2 - 4 * a * b)) / 4;
  return (
    (growth / (2 * Math.PI)) * Math.sqrt((well.along * well.across) / Math.abs(a * b)) * Math.exp(-barrier)
  );
}

/** Rate without damping, γ'B_K: (ω_A/2π) e^{−barrier}, ω_A = ½√(c₁c₂) of the well. */
export const transitionStateRate = (
  well: Pick<StationaryPoint, "along" | "across">,
  barrier: number,
): number => (Math.sqrt(well.along * well.across) / (4 * Math.PI)) * Math.exp(-barrier);

/**
 * Mel'nikov's depopulation factor A(δ) = exp{(1/π) ∫₀^∞ ln[1 − e^{−δ(λ²+¼)}] dλ/(λ²+¼)}, δ the energy lost on one
 * turn in kT: δ for weak damping, 1 for strong. With λ = ½tan(φ) it is (2/π)∫₀^{π/2} ln[1 − e^{−δ/(4cos²φ)}] dφ.
 */
export function depopulation(loss: number): number {
  if (!(loss > 0)) return 0;
  // At weak damping the integrand is ln of a small number except in a layer of width √δ at φ = π/2, and φ = (π/2)(1 − y²)
  // crowds the nodes there.
  const f = (y: number) => {
    const cosine = Math.sin((Math.PI / 2) * y * y);
    return cosine === 0 ? 0 : Math.log(-Math.expm1(-loss / (4 * cosine * cosine))) * Math.PI * y;
  };
  return Math.exp((2 / Math.PI) * integrate(f, 0, 1, 64, 16));
}

interface Rates {
  readonly landscape: TwoWells;
  /** Barriers in kT, deeper well first. */
  readonly barriers: readonly [number, number];
  /** Energy lost on one turn at the saddle, kT. */
  readonly losses: readonly [number, number];
}

function prepare(magnet: ObliqueMagnet): Rates | null {
  const landscape = obliqueLandscape(magnet);
  if (landscape === null) return null;
  const barrier = (well: StationaryPoint) => magnet.delta * (landscape.saddle.energy - well.energy);
  const [first, second] = separatrixActions(magnet, landscape);
  const scale = magnet.alpha * magnet.delta;
  return {
    landscape,
    barriers: [barrier(landscape.wells[0]), barrier(landscape.wells[1])],
    losses: [scale * first, scale * second],
  };
}

/** λ₁ as the sum of the two escape rates, each of Langer's form. */
function intermediateToHigh(magnet: ObliqueMagnet, { landscape, barriers }: Rates): number {
  const { wells, saddle } = landscape;
  return wells.reduce(
    (sum, well, i) => sum + langerRate({ alpha: magnet.alpha, well, saddle, barrier: barriers[i] }),
    0,
  );
}

/** Whether the barrier is high enough, and the saddle narrow enough (Δ × curvature across it) not to be a ring. */
function wellDefined(magnet: ObliqueMagnet): Rates | null {
  const rates = prepare(magnet);
  if (rates === null) return null;
  const { across } = rates.landscape.saddle;
  return rates.barriers[1] >= 5 && magnet.delta * across >= 5 ? rates : null;
}

const shared = { quantity: "smallest eigenvalue", unit: "γ'B_K" };
const common =
  "Field oblique to the axis, lower barrier ≥ 5 kT, saddle narrower than the sphere (Δ × its curvature across ≥ 5)";

export const kramersLanger: ClosedForm<ObliqueMagnet> = {
  ...shared,
  name: "Kramers–Langer, intermediate to high damping",
  cite: "W. F. Brown, IEEE Trans. Magn. 15 (1979) 1196; D. A. Smith, F. A. de Rozario, J. Magn. Magn. Mater. 3 (1976) 219",
  validWhen: `${common}, energy lost on one turn ≥ 10 kT in both wells; within about 10 % there (15 % high at 5 kT).`,
  inRange: (magnet) => {
    const rates = wellDefined(magnet);
    return rates !== null && Math.min(...rates.losses) >= 10;
  },
  value: (magnet) => {
    const rates = prepare(magnet);
    return rates === null ? Number.NaN : intermediateToHigh(magnet, rates);
  },
};

export const veryLowDamping: ClosedForm<ObliqueMagnet> = {
  ...shared,
  name: "Kramers, very low damping",
  cite: "I. Klik, L. Gunther, J. Stat. Phys. 60 (1990) 473",
  validWhen: `${common}, energy lost on one turn ≤ 0.1 kT in both wells.`,
  inRange: (magnet) => {
    const rates = wellDefined(magnet);
    return rates !== null && Math.max(...rates.losses) <= 0.1;
  },
  /**
   * The flux from each well is αS times its rate without damping; a spin at the saddle then falls into a well with
   * probability proportional to that well's loss.
   */
  value: (magnet) => {
    const rates = prepare(magnet);
    if (rates === null) return Number.NaN;
    const [first, second] = rates.losses;
    const attempts = rates.landscape.wells.reduce(
      (sum, well, i) => sum + transitionStateRate(well, rates.barriers[i]),
      0,
    );
    return ((first * second) / (first + second)) * attempts;
  },
};

export const melnikovMeshkov: ClosedForm<ObliqueMagnet> = {
  ...shared,
  name: "Mel'nikov–Meshkov bridge, all damping",
  cite: "W. T. Coffey, D. A. Garanin, D. J. McCarthy, Adv. Chem. Phys. 117 (2001) 483; V. I. Mel'nikov, S. V. Meshkov, J. Chem. Phys. 85 (1986) 1018",
  validWhen: `${common}, any damping; within 10 % of the exact eigenvalue at Δ = 20, α = 0.001 to 1.`,
  inRange: (magnet) => wellDefined(magnet) !== null,
  /** Langer's rate times A(αS₁)A(αS₂)/A(αS₁+αS₂). */
  value: (magnet) => {
    const rates = prepare(magnet);
    if (rates === null) return Number.NaN;
    const [first, second] = rates.losses;
    const factor = (depopulation(first) * depopulation(second)) / depopulation(first + second);
    return factor * intermediateToHigh(magnet, rates);
  },
};

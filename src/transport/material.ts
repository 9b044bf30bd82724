import { z } from "zod";
import { anyNumber, insideUnit, positive } from "./check.ts";
import { elementaryCharge } from "./constants.ts";

const waysToResistivity = ["resistivity", "rhoStar", "conductivity", "meanConductivity"] as const;
const waysToLength = ["diffusionLength", "spinFlipCoefficient"] as const;

/** The keys that describe a metal in the two-channel model (Eq. 31, with Eq. 10's where heat flows). */
export const materialShape = {
  resistivity: positive("Ω m", "ordinary, measured resistivity ρ; σ0 = 1/(2ρ)").optional(),
  rhoStar: positive("Ω m", "Valet and Fert's ρ* = ρ/(1−β²); σ0 = 1/(2ρ*(1−β²))").optional(),
  conductivity: positive("S/m", "ordinary, measured conductivity 1/ρ = 2σ0").optional(),
  meanConductivity: positive("S/m", "the paper's σ0, the mean of the two channels").optional(),
  asymmetry: insideUnit("1", "β of the conductivities, σ = σ0(1±β), + for the majority").default(0),
  diffusionLength: positive("m", "spin diffusion length l of Eq. 38").optional(),
  spinFlipCoefficient: positive(
    "A/(m³ J)",
    "the paper's L of Eq. 8, Ψ̇ = LΔμ as an electric current",
  ).optional(),
  magnetization: z
    .enum(["up", "down"], { error: "must be up or down" })
    .meta({ description: "direction of the majority moment; turned over, β and ΔS change sign" })
    .optional(),
  seebeck: anyNumber("V/K", "mean Seebeck coefficient S̄ = (S_α+S_γ)/2 of the channels").default(0),
  seebeckDifference: anyNumber("V/K", "ΔS = S_majority − S_minority").default(0),
  thermalConductivity: positive("W/(m K)", "κ = κ_α+κ_γ; needed where `heat` is given").optional(),
};

type Ways = {
  readonly [K in (typeof waysToResistivity)[number] | (typeof waysToLength)[number]]?: number | undefined;
};

/** Rules between keys, as messages. */
export function materialProblems(material: Ways): string[] {
  return [waysToResistivity, waysToLength].flatMap((ways) => {
    const given = ways.filter((way) => material[way] !== undefined);
    if (given.length === 1) return [];
    return [`must have exactly one of ${ways.join(", ")}, got ${given.join(" and ") || "none"}`];
  });
}

const plainMaterial = z.object(materialShape);
export type Material = z.output<typeof plainMaterial>;

/** A metal in the form for the solver, in the fixed frame whose first channel is "up". */
export interface Metal {
  /** β, signed: negative if the magnetization is down. */
  readonly asymmetry: number;
  /** σ0 = (σ_α+σ_γ)/2, S/m. */
  readonly meanConductivity: number;
  /** σ0(1−β²), the conductivity for spin diffusion, S/m. */
  readonly spinConductivity: number;
  /** l, m. */
  readonly diffusionLength: number;
  readonly seebeck: number;
  /** S_up − S_down, V/K, signed. */
  readonly seebeckDifference: number;
  /** κ in W/(m K); 0 where it was not given. */
  readonly thermalConductivity: number;
}

/** A metal is magnetic if it has an asymmetry or gives the direction of its magnetization. */
export const isMagnetic = (material: Material): boolean =>
  material.asymmetry !== 0 || material.seebeckDifference !== 0 || material.magnetization !== undefined;

/** Whether any property is given that is not at its default. */
export const hasMaterial = (material: Material): boolean =>
  Object.keys(materialShape).some((key) => ![undefined, 0].includes(material[key as keyof Material] as 0));

function meanConductivity(material: Material): number {
  if (material.resistivity !== undefined) return 1 / (2 * material.resistivity);
  if (material.rhoStar !== undefined) return 1 / (2 * material.rhoStar * (1 - material.asymmetry ** 2));
  return material.meanConductivity ?? material.conductivity! / 2;
}

/** The metal of a checked material, with all quantities in SI units. */
export function metal(material: Material): Metal {
  const sign = material.magnetization === "down" ? -1 : 1;
  const sigma0 = meanConductivity(material);
  const spinConductivity = sigma0 * (1 - material.asymmetry ** 2);
  return {
    asymmetry: sign * material.asymmetry,
    meanConductivity: sigma0,
    spinConductivity,
    // below Eq. 38: 1/l² = 2eL/(σ0(1−β²))
    diffusionLength:
      material.diffusionLength ??
      Math.sqrt(spinConductivity / (2 * elementaryCharge * material.spinFlipCoefficient!)),
    seebeck: material.seebeck,
    seebeckDifference: sign * material.seebeckDifference,
    thermalConductivity: material.thermalConductivity ?? 0,
  };
}

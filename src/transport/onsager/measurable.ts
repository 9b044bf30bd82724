import type { OnsagerSystem } from "./onsager-system.ts";

/** Measurable parameters from the coefficients. */
export interface MeasurableParameter {
  readonly name: string;
  readonly symbol: string;
  readonly unit: string;
  readonly value: number;
}

/** L by the names of two fluxes: the first is driven by the force of the second. */
type Coefficients = (flux: string, cause: string) => number;

interface Rule {
  readonly name: string;
  readonly symbol: string;
  readonly unit: string;
  /** Fluxes that the system must have under these names. */
  readonly needs: readonly string[];
  readonly needsTemperature?: true;
  readonly value: (L: Coefficients, temperature: number) => number;
}

/** L_ff at zero flux g, when the force of g adjusts. */
const without = (L: Coefficients, f: string, g: string): number => L(f, f) - (L(f, g) * L(g, f)) / L(g, g);

const channels = ["spinCurrent", "wholeCurrent"];

/** Eq. 1–10, 20, 37 and 38 inverted: parameters from coefficients. */
const rules: readonly Rule[] = [
  {
    name: "conductivity",
    symbol: "σ",
    unit: "S/m",
    needs: ["current"],
    value: (L) => L("current", "current"),
  },
  {
    name: "peltier",
    symbol: "Π",
    unit: "V",
    needs: ["current", "heatCurrent"],
    value: (L) => L("heatCurrent", "current") / L("current", "current"),
  },
  {
    name: "seebeck",
    symbol: "S",
    unit: "V/K",
    needs: ["current", "heatCurrent"],
    needsTemperature: true,
    value: (L, T) => L("current", "heatCurrent") / (L("current", "current") * T),
  },
  {
    name: "thermalConductivity",
    symbol: "κ at zero current",
    unit: "W/(m K)",
    needs: ["current", "heatCurrent"],
    needsTemperature: true,
    value: (L, T) => without(L, "heatCurrent", "current") / T,
  },
  {
    name: "figureOfMerit",
    symbol: "ZT",
    unit: "1",
    needs: ["current", "heatCurrent"],
    value: (L) => L("heatCurrent", "heatCurrent") / without(L, "heatCurrent", "current") - 1,
  },
  {
    name: "meanConductivity",
    symbol: "σ0 = (σ_α+σ_γ)/2",
    unit: "S/m",
    needs: channels,
    value: (L) => L("wholeCurrent", "wholeCurrent") / 2, // the forces carry ½
  },
  {
    name: "asymmetry",
    symbol: "β",
    unit: "1",
    needs: channels,
    value: (L) => L("spinCurrent", "wholeCurrent") / L("wholeCurrent", "wholeCurrent"),
  },
  {
    name: "asymmetry",
    symbol: "β",
    unit: "1",
    needs: ["currentUp", "currentDown"],
    value: (L) => {
      const [up, down] = [L("currentUp", "currentUp"), L("currentDown", "currentDown")];
      return (up - down) / (up + down);
    },
  },
  {
    // ∂J0 = 0 and ∂δJ = −2Ψ̇ give Δμ'' = Δμ/l² with δJ = −(L/2e)∂Δμ at constant J0, Ψ̇ = LΔμ/e
    name: "diffusionLength",
    symbol: "l_diff",
    unit: "m",
    needs: [...channels, "spinFlip"],
    value: (L) => Math.sqrt(without(L, "spinCurrent", "wholeCurrent") / (4 * L("spinFlip", "spinFlip"))),
  },
  {
    name: "damping",
    symbol: "α",
    unit: "1",
    needs: ["magneticFluxPhi", "magneticFluxTheta"],
    value: (L) =>
      L("magneticFluxTheta", "magneticFluxTheta") /
      Math.abs((L("magneticFluxTheta", "magneticFluxPhi") - L("magneticFluxPhi", "magneticFluxTheta")) / 2),
  },
];

/**
 * Measurable parameters of a system, identified by the names of its fluxes. Those that need the temperature (K) are
 * present only if it is given. Values that are not finite (division by a zero coefficient) are left out.
 */
export function measurables(system: OnsagerSystem, temperature: number | undefined): MeasurableParameter[] {
  const names = system.pairs.map(({ flux }) => flux.name);
  const matrix = system.matrix();
  const L: Coefficients = (flux, cause) => matrix[names.indexOf(flux)][names.indexOf(cause)];
  return rules.flatMap(({ name, symbol, unit, needs, needsTemperature, value }) => {
    if (!needs.every((flux) => names.includes(flux))) return [];
    if (needsTemperature && temperature === undefined) return [];
    // lumped systems have the same pairs in other units
    if (unit !== "1" && !system.powerUnit.endsWith("/m³")) return [];
    const found = value(L, temperature ?? 0);
    return Number.isFinite(found) ? [{ name, symbol, unit, value: found }] : [];
  });
}

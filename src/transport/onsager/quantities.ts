import type { OnsagerPair, Quantity } from "./onsager-pair.ts";

const quantity = (name: string, symbol: string, unit: string): Quantity => ({ name, symbol, unit });
const pair = (flux: Quantity, force: Quantity, parity: 1 | -1 = 1): OnsagerPair => ({ flux, force, parity });

/*
 * Pairs whose products add up to the dissipated power. Δμ = μ_α − μ_γ, µ0 = μ_α + μ_γ, both of positive carriers; J_α
 * μ_α' + J_γ μ_γ' = ½(J0 µ0' + δJ Δμ'), so each force of a sum or a difference carries ½ (the paper's Eq. 14 and 41
 * lack it, and with it their power is that of Eq. 7 and 30). The channels α and γ refer to the magnetization and
 * reverse with it, so their currents are even under time reversal.
 */

/** Charge by a field, W/m³. */
export const charge = pair(quantity("current", "J", "A/m²"), quantity("field", "−∂μ/e", "V/m"));

/** Heat by T∂(1/T) = −∂T/T, W/m³ (Eq. 3). */
export const heat = pair(quantity("heatCurrent", "J^Q", "W/m²"), quantity("heatForce", "T∂(1/T)", "1/m"));

/** One channel alone (Eq. 7). */
export const channel = (name: "Up" | "Down", symbol: "α" | "γ"): OnsagerPair =>
  pair(quantity(`current${name}`, `J_${symbol}`, "A/m²"), quantity(`field${name}`, `−∂μ_${symbol}/e`, "V/m"));

/** Heat in one channel, W/m³ (Eq. 10). */
export const channelHeat = (name: "Up" | "Down", symbol: "α" | "γ"): OnsagerPair =>
  pair(
    quantity(`heatCurrent${name}`, `J^Q_${symbol}`, "W/m²"),
    quantity(`heatForce${name}`, "T∂(1/T)", "1/m"),
  );

/** From channel α into channel γ, as an electric current per volume. */
export const spinFlip = pair(quantity("spinFlip", "Ψ̇", "A/m³"), quantity("accumulation", "Δμ/e", "V"));

/** Spin current δJ by the gradient of the accumulation, W/m³ (Eq. 9). */
export const spinCurrent = pair(
  quantity("spinCurrent", "δJ", "A/m²"),
  quantity("accumulationField", "−∂Δμ/2e", "V/m"),
);

/** Charge current of both channels together, W/m³ (Eq. 9). */
export const wholeCurrent = pair(
  quantity("wholeCurrent", "J0", "A/m²"),
  quantity("meanField", "−∂µ0/2e", "V/m"),
);

/** Transverse spin current by the gradient of the transverse accumulation, W/m³ (Eq. 39). */
export const transverseCurrent = pair(
  quantity("transverseCurrent", "δJ⊥", "A/m²"),
  quantity("transverseField", "−∂Δμ⊥/2e", "V/m"),
);

/** Magnetization along a tangent direction: 1/(s sr) by J, W/sr. */
export const magnetic = (direction: "Phi" | "Theta", unit: string): OnsagerPair => {
  const gradient = direction === "Phi" ? "−∂μ^F/∂φ/sinθ" : "−∂μ^F/∂θ";
  const symbol = direction === "Phi" ? "φ" : "θ";
  return pair(
    quantity(`magneticFlux${direction}`, `j_${symbol}`, unit),
    quantity(`magneticForce${direction}`, gradient, "J"),
    -1,
  );
};

/** The same pair for the whole device: flux in A, force in V, product in W. */
export const lumped = ({ flux, force, parity }: OnsagerPair): OnsagerPair => ({
  flux: { ...flux, unit: "A" },
  force: { ...force, symbol: force.symbol.includes("∂") ? `∫${force.symbol}` : force.symbol, unit: "V" },
  parity,
});

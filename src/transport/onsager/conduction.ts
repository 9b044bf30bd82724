import { z } from "zod";
import { anyNumber, checked, positive } from "../check.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { onsagerSystem } from "./onsager-system.ts";
import { charge, heat } from "./quantities.ts";

const conductivity = positive("S/m", "σ");
const thermalConductivity = positive("W/(m K)", "κ at zero electric current");
const temperature = positive("K", "T");
const seebeck = anyNumber("V/K", "S, by field = S·∂T at zero current");

const ohmSchema = z.strictObject({ conductivity });
/** Eq. 1, 2: J = σ(−∂μ/e). @throws RangeError on bad parameters. */
export function ohm(parameters: z.input<typeof ohmSchema>): OnsagerSystem {
  const sigma = checked(ohmSchema, parameters, "parameters").conductivity;
  return onsagerSystem({ name: "Ohm", powerUnit: "W/m³", pairs: [charge], coefficients: [[sigma]] });
}

const fourierSchema = z.strictObject({ thermalConductivity, temperature });
/** Eq. 3, 4: J^Q = −κ∂T, so the coefficient of T∂(1/T) is κT. @throws RangeError on bad parameters. */
export function fourier(parameters: z.input<typeof fourierSchema>): OnsagerSystem {
  const { thermalConductivity: kappa, temperature: T } = checked(fourierSchema, parameters, "parameters");
  return onsagerSystem({ name: "Fourier", powerUnit: "W/m³", pairs: [heat], coefficients: [[kappa * T]] });
}

/** One conductor's block: J = σ(ε − S∂T), J^Q = TSJ − κ∂T with ∂T = −T·T∂(1/T). */
export const thermoelectricBlock = (sigma: number, S: number, kappa: number, T: number): number[][] => [
  [sigma, sigma * S * T],
  [sigma * S * T, kappa * T + sigma * S * S * T * T],
];

const thermoelectricSchema = z.strictObject({ conductivity, seebeck, thermalConductivity, temperature });
/** Eq. 5, 6 with signs for field = S·∂T at J = 0; Π = TS at uniform temperature. @throws RangeError. */
export function thermoelectric(parameters: z.input<typeof thermoelectricSchema>): OnsagerSystem {
  const given = checked(thermoelectricSchema, parameters, "parameters");
  return onsagerSystem({
    name: "thermoelectric",
    powerUnit: "W/m³",
    pairs: [charge, heat],
    coefficients: thermoelectricBlock(
      given.conductivity,
      given.seebeck,
      given.thermalConductivity,
      given.temperature,
    ),
  });
}

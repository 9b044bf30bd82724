import { z } from "zod";
import { anyNumber, checked, insideUnit, positive } from "../check.ts";
import { elementaryCharge } from "../constants.ts";
import { thermoelectricBlock } from "./conduction.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { onsagerSystem } from "./onsager-system.ts";
import {
  channel,
  channelHeat,
  spinCurrent,
  spinFlip,
  transverseCurrent,
  wholeCurrent,
} from "./quantities.ts";

const channels = {
  meanConductivity: positive("S/m", "σ0 = (σ_α+σ_γ)/2"),
  asymmetry: insideUnit("1", "β = (σ_α−σ_γ)/(2σ0)"),
  spinFlipCoefficient: positive("A/(m³ J)", "L, Ψ̇ = LΔμ as an electric current"),
};
const channelsSchema = z.strictObject(channels);
type Channels = z.input<typeof channelsSchema>;

/** Eq. 7, 8, 30, 31: the two channels separately. @throws RangeError on bad parameters. */
export function separateChannels(parameters: Channels): OnsagerSystem {
  const { meanConductivity, asymmetry, spinFlipCoefficient } = checked(
    channelsSchema,
    parameters,
    "parameters",
  );
  return onsagerSystem({
    name: "two channels, apart",
    powerUnit: "W/m³",
    pairs: [channel("Up", "α"), channel("Down", "γ"), spinFlip],
    coefficients: [
      [meanConductivity * (1 + asymmetry), 0, 0],
      [0, meanConductivity * (1 - asymmetry), 0],
      [0, 0, elementaryCharge * spinFlipCoefficient],
    ],
  });
}

/** Eq. 9, 37: sum and difference of the channels. @throws RangeError on bad parameters. */
export function twoChannel(parameters: Channels): OnsagerSystem {
  const { meanConductivity, asymmetry, spinFlipCoefficient } = checked(
    channelsSchema,
    parameters,
    "parameters",
  );
  const sigma = 2 * meanConductivity; // the forces carry ½
  return onsagerSystem({
    name: "two channels",
    powerUnit: "W/m³",
    pairs: [spinCurrent, wholeCurrent, spinFlip],
    coefficients: [
      [sigma, asymmetry * sigma, 0],
      [asymmetry * sigma, sigma, 0],
      [0, 0, elementaryCharge * spinFlipCoefficient],
    ],
  });
}

const heatSchema = z.strictObject({
  ...channels,
  seebeck: anyNumber("V/K", "(S_α+S_γ)/2"),
  seebeckDifference: anyNumber("V/K", "S_α−S_γ"),
  thermalConductivityUp: positive("W/(m K)", "κ_α"),
  thermalConductivityDown: positive("W/(m K)", "κ_γ"),
  temperature: positive("K", "T, the same in both channels: give both heat forces one value"),
});

/** Eq. 10: both channels with heat, with the signs corrected as in Eq. 6. @throws RangeError on bad parameters. */
export function twoChannelWithHeat(parameters: z.input<typeof heatSchema>): OnsagerSystem {
  const given = checked(heatSchema, parameters, "parameters");
  const block = (sign: 1 | -1, kappa: number) =>
    thermoelectricBlock(
      given.meanConductivity * (1 + sign * given.asymmetry),
      given.seebeck + (sign * given.seebeckDifference) / 2,
      kappa,
      given.temperature,
    );
  const [up, down] = [block(1, given.thermalConductivityUp), block(-1, given.thermalConductivityDown)];
  return onsagerSystem({
    name: "two channels with heat",
    powerUnit: "W/m³",
    pairs: [
      channel("Up", "α"),
      channelHeat("Up", "α"),
      channel("Down", "γ"),
      channelHeat("Down", "γ"),
      spinFlip,
    ],
    coefficients: [
      [...up[0], 0, 0, 0],
      [...up[1], 0, 0, 0],
      [0, 0, ...down[0], 0],
      [0, 0, ...down[1], 0],
      [0, 0, 0, 0, elementaryCharge * given.spinFlipCoefficient],
    ],
  });
}

const transverseSchema = z.strictObject({
  ...channels,
  transverseConductivity: positive("S/m", "σ⊥, δJ⊥ = −(σ⊥/e)∂Δμ⊥; σ0 in a metal without magnetization"),
});

/** Eq. 39, 40: with transverse spin accumulation. @throws RangeError on bad parameters. */
export function transverseAccumulation(parameters: z.input<typeof transverseSchema>): OnsagerSystem {
  const given = checked(transverseSchema, parameters, "parameters");
  const sigma = 2 * given.meanConductivity;
  return onsagerSystem({
    name: "two channels with transverse accumulation",
    powerUnit: "W/m³",
    pairs: [spinCurrent, wholeCurrent, transverseCurrent, spinFlip],
    coefficients: [
      [sigma, given.asymmetry * sigma, 0, 0],
      [given.asymmetry * sigma, sigma, 0, 0],
      [0, 0, 2 * given.transverseConductivity, 0],
      [0, 0, 0, elementaryCharge * given.spinFlipCoefficient],
    ],
  });
}

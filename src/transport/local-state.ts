import type { Metal } from "./material.ts";
import type { Section } from "./termination.ts";
import type { Drive } from "./thermoelectric.ts";
import { temperatureRise } from "./thermoelectric.ts";

/** All fields at one point of a stack. Units as in StackSolution. */
export interface LocalState {
  readonly accumulation: number;
  readonly spinCurrent: number;
  readonly currentUp: number;
  readonly currentDown: number;
  readonly potential: number;
  readonly temperature: number | null;
  readonly dissipation: number;
}

/** Values at the plane where a metal's profile starts. */
export interface Origin {
  /** U = Δμ/e, V. */
  readonly accumulation: number;
  /** V. */
  readonly potential: number;
  /** K; 0 without heat. */
  readonly temperature: number;
}

/** A point of a metal: its distance from the origin plane (m), U (V) and δJ − drive (A/m²) there. */
export interface LocalPoint {
  readonly distance: number;
  readonly accumulation: number;
  readonly excess: number;
}

/** T' in K/m from J^Q = T0(S̄J0 + ½ΔS δJ) − κT'. */
function temperatureSlope(metal: Metal, { currentDensity, heat }: Drive, spinCurrent: number): number {
  if (!heat) return 0;
  const peltier = metal.seebeck * currentDensity + 0.5 * metal.seebeckDifference * spinCurrent;
  return (heat.temperature * peltier - heat.heatCurrent) / metal.thermalConductivity;
}

/** All fields at a point from Δμ and δJ there. */
export function stateFrom(
  metal: Metal,
  section: Section,
  drive: Drive,
  origin: Origin,
  point: LocalPoint,
): LocalState {
  const { distance, accumulation, excess } = point;
  const { asymmetry: beta, spinConductivity: g, diffusionLength: l } = metal;
  const J0 = drive.currentDensity;
  const spinCurrent = section.drive + excess;
  const rise = accumulation - origin.accumulation;
  const warming = temperatureRise(metal, section, drive, distance, rise);
  const slope = temperatureSlope(metal, drive, spinCurrent);
  return {
    accumulation,
    spinCurrent,
    currentUp: 0.5 * (J0 + spinCurrent),
    currentDown: 0.5 * (J0 - spinCurrent),
    // −d(potential)/dz = J0/2σ0 + ½βU' + (S̄+½βΔS)T'
    potential:
      origin.potential -
      (J0 * distance) / (2 * metal.meanConductivity) -
      0.5 * beta * rise -
      (metal.seebeck + 0.5 * beta * metal.seebeckDifference) * warming,
    temperature: drive.heat ? origin.temperature + warming : null,
    // J_α²/σ_α + J_γ²/σ_γ + LΔμ²/e (Eq. 30) with eL = g/2l², and κT'²/T0 where heat flows
    dissipation:
      (J0 ** 2 + spinCurrent ** 2 - 2 * beta * J0 * spinCurrent) / (2 * g) +
      (g * accumulation ** 2) / (2 * l ** 2) +
      (drive.heat ? (metal.thermalConductivity * slope ** 2) / drive.heat.temperature : 0),
  };
}

import type { Line, Region } from "./line.ts";
import type { Metal } from "./material.ts";
import type { Plane, SpinLine } from "./spin-line.ts";
import { solveLine } from "./spin-line.ts";
import type { Section } from "./termination.ts";

/*
 * Eq. 10 with corrected signs, J_i = σ_i(ε_i − S_i T'), J_i^Q = T0 S_i J_i − κ_i T', one temperature for both channels,
 * to first order in the currents (Joule, Thomson and spin-flip heat are of second order). Then
 *
 *   δJ = βJ0 − g(U' + ΔS T'),   J^Q = T0(S̄J0 + ½ΔS δJ) − κT' = constant,   g = σ0(1−β²), U = Δμ/e
 *
 * and T' eliminated leaves the isothermal equations with g/(1+Z), l/√(1+Z) and a drive that depends on J^Q: Z =
 * gΔS²T0/(2κ). Without heat, Z = 0 and the drive is βJ0.
 */

/** Currents through the stack: J0 (A/m²), and J^Q (W/m²) at T0 (K) if heat is included. */
export interface Drive {
  readonly currentDensity: number;
  readonly heat: { readonly temperature: number; readonly heatCurrent: number } | null;
}

/** Z, the relative reduction of the spin conductivity by spin-dependent Seebeck coefficients: g/(1+Z). */
const thermalShare = (metal: Metal, temperature: number): number =>
  (metal.spinConductivity * metal.seebeckDifference ** 2 * temperature) / (2 * metal.thermalConductivity);

/** A metal under a drive, as a section of the spin line. */
export function sectionOf(metal: Metal, thickness: number, { currentDensity, heat }: Drive): Section {
  const g = metal.spinConductivity;
  const z = heat ? thermalShare(metal, heat.temperature) : 0;
  const entrained = heat
    ? (g * metal.seebeckDifference * (heat.heatCurrent - heat.temperature * metal.seebeck * currentDensity)) /
      metal.thermalConductivity
    : 0;
  return {
    thickness,
    drive: (metal.asymmetry * currentDensity + entrained) / (1 + z),
    diffusionLength: metal.diffusionLength / Math.sqrt(1 + z),
    resistance: (metal.diffusionLength / g) * Math.sqrt(1 + z),
  };
}

/** The spin line of a stack under a drive: sections between barriers, leads of infinite length. */
export const spinLineOf = (line: Line, drive: Drive): SpinLine => ({
  left: line.left && sectionOf(line.left, Infinity, drive),
  right: line.right && sectionOf(line.right, Infinity, drive),
  sections: line.regions.map(({ metal, thickness }) => sectionOf(metal, thickness, drive)),
  barriers: line.junctions.map(({ areaResistance, asymmetry }) => ({
    areaResistance,
    drive: asymmetry * drive.currentDensity,
  })),
});

/** The part of a temperature rise due to spin accumulation: T0·½ΔS∫(δJ − drive)dz/κ, K, for a rise of U. */
export function spinWarming(metal: Metal, section: Section, heat: Drive["heat"], rise: number): number {
  if (!heat) return 0;
  const excess = -(section.diffusionLength / section.resistance) * rise;
  return (0.5 * heat.temperature * metal.seebeckDifference * excess) / metal.thermalConductivity;
}

/** T(distance) − T(0) in a section, K, where U rises by `rise` over that distance. */
export function temperatureRise(
  metal: Metal,
  section: Section,
  { currentDensity, heat }: Drive,
  distance: number,
  rise: number,
): number {
  if (!heat) return 0;
  const peltier = metal.seebeck * currentDensity + 0.5 * metal.seebeckDifference * section.drive;
  const slope = (heat.temperature * peltier - heat.heatCurrent) / metal.thermalConductivity;
  return slope * distance + spinWarming(metal, section, heat, rise);
}

/** T of the right plane minus T of the left plane, K. */
function totalRise(regions: readonly Region[], spinLine: SpinLine, planes: readonly Plane[], drive: Drive) {
  return regions.reduce(
    (sum, { metal, thickness }, k) =>
      sum +
      temperatureRise(metal, spinLine.sections[k], drive, thickness, planes[k + 1].before - planes[k].after),
    0,
  );
}

/** The heat current for a given temperature difference, from two trials, because the problem is linear. */
export function heatCurrentFor(
  line: Line,
  currentDensity: number,
  temperature: number,
  difference: number,
): number {
  const rise = (heatCurrent: number): number => {
    const drive = { currentDensity, heat: { temperature, heatCurrent } };
    const spinLine = spinLineOf(line, drive);
    return totalRise(line.regions, spinLine, solveLine(spinLine), drive);
  };
  const thickness = line.regions.reduce((sum, region) => sum + region.thickness, 0);
  const trial = line.regions[0].metal.thermalConductivity / thickness; // of the order of 1 K
  const atRest = rise(0);
  return (trial * (difference - atRest)) / (rise(trial) - atRest);
}

import type { Line } from "./line.ts";
import { solveLine } from "./spin-line.ts";
import { spinLineOf } from "./thermoelectric.ts";

/** Areal resistances at uniform temperature, Ω m². */
export interface StackResistance {
  /** Σt/(2σ0) + Σr_b*(1−γ²): both channels collapsed into one. */
  readonly ohmic: number;
  /** R^ne = (∫β dΔμ + Σγ[Δμ])/(2eJ0), leads included: Eq. 36 with its factor and sign corrected. */
  readonly nonEquilibrium: number;
  readonly total: number;
}

/** Areal resistances (Ω m²) of a line at uniform temperature, from a solution with J0 = 1 A/m². */
export function resistanceOf(line: Line): StackResistance {
  const planes = solveLine(spinLineOf(line, { currentDensity: 1, heat: null }));
  const last = planes.length - 1;
  const ohmic =
    line.regions.reduce((sum, { metal, thickness }) => sum + thickness / (2 * metal.meanConductivity), 0) +
    line.junctions.reduce(
      (sum, { areaResistance, asymmetry }) => sum + areaResistance * (1 - asymmetry ** 2),
      0,
    );
  const inLeads =
    (line.left?.asymmetry ?? 0) * planes[0].before - (line.right?.asymmetry ?? 0) * planes[last].after;
  const inLayers = line.regions.reduce(
    (sum, { metal }, k) => sum + metal.asymmetry * (planes[k + 1].before - planes[k].after),
    0,
  );
  const atPlanes = line.junctions.reduce(
    (sum, { asymmetry }, j) => sum + asymmetry * (planes[j].after - planes[j].before),
    0,
  );
  const nonEquilibrium = 0.5 * (inLeads + inLayers + atPlanes);
  return { ohmic, nonEquilibrium, total: ohmic + nonEquilibrium };
}

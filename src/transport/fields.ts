import type { Line } from "./line.ts";
import type { LocalState, Origin } from "./local-state.ts";
import { stateFrom } from "./local-state.ts";
import type { Metal } from "./material.ts";
import type { Plane, SpinLine } from "./spin-line.ts";
import { between } from "./spin-line.ts";
import type { Section } from "./termination.ts";
import type { Drive } from "./thermoelectric.ts";
import { spinWarming } from "./thermoelectric.ts";

/** A stack with the solution at its planes. Positions of the planes in m. */
export interface Solved {
  readonly line: Line;
  readonly spinLine: SpinLine;
  readonly planes: readonly Plane[];
  readonly positions: readonly number[];
  readonly drive: Drive;
}

export interface Fields {
  /** State in layer k at a distance (m) from its left plane. */
  inLayer(k: number, distance: number): LocalState;
  /** State at z (m); on a plane, just right of it. */
  anywhere(z: number): LocalState;
  /** Drop of (μ_α+μ_γ)/2e over the stack, V. */
  readonly voltage: number;
}

/**
 * Contribution of a lead on the left beyond its ohmic and thermal drop, V; for a lead on the right it has the opposite
 * sign.
 */
function leadExcess(
  metal: Metal | null,
  section: Section | null,
  drive: Drive,
  accumulation: number,
): number {
  if (!metal || !section) return 0;
  const warming = spinWarming(metal, section, drive.heat, accumulation);
  const seebeck = metal.seebeck + 0.5 * metal.asymmetry * metal.seebeckDifference;
  return 0.5 * metal.asymmetry * accumulation + seebeck * warming;
}

/** The potential just behind plane j from the one before it: r_α,γ carry the mean drop r_b*(J0 − γδJ). */
function acrossPlane({ line, planes, drive }: Solved, j: number, potential: number): number {
  const { areaResistance, asymmetry } = line.junctions[j];
  return potential - areaResistance * (drive.currentDensity - asymmetry * planes[j].spinCurrent);
}

function layerState({ line, spinLine, planes, drive }: Solved, origin: Origin, k: number, distance: number) {
  const section = spinLine.sections[k];
  const [left, right] = [planes[k], planes[k + 1]];
  return stateFrom(line.regions[k].metal, section, drive, origin, {
    distance,
    accumulation: between(section, left.after, right.before, distance),
    excess: between(section, left.spinCurrent - section.drive, right.spinCurrent - section.drive, distance),
  });
}

/** State beyond the first or last plane, where every deviation decays as exp(−distance/l). */
function leadState(solved: Solved, side: "left" | "right", origin: Origin, distance: number): LocalState {
  const [metal, section] = [solved.line[side], solved.spinLine[side]];
  if (!metal || !section) throw new RangeError(`z must lie inside the stack: its ${side} contact is ideal`);
  const plane = solved.planes.at(side === "left" ? 0 : -1)!;
  const fading = Math.exp(-Math.abs(distance) / section.diffusionLength);
  return stateFrom(metal, section, solved.drive, origin, {
    distance,
    accumulation: origin.accumulation * fading,
    excess: (plane.spinCurrent - section.drive) * fading,
  });
}

/** Values of every field anywhere in a solved stack. */
export function fieldsOf(solved: Solved): Fields {
  const { line, spinLine, planes, positions, drive } = solved;
  const last = planes.length - 1;
  let potential = -leadExcess(line.left, spinLine.left, drive, planes[0].before);
  let temperature = drive.heat?.temperature ?? 0;
  const leftOrigin: Origin = { accumulation: planes[0].before, potential, temperature };
  const origins = planes.map(({ after }, j): Origin => {
    const origin = { accumulation: after, potential: acrossPlane(solved, j, potential), temperature };
    if (j === last) return origin;
    const far = layerState(solved, origin, j, line.regions[j].thickness);
    [potential, temperature] = [far.potential, far.temperature ?? 0];
    return origin;
  });
  const inLayer = (k: number, distance: number) => layerState(solved, origins[k], k, distance);
  return {
    inLayer,
    voltage: -origins[last].potential - leadExcess(line.right, spinLine.right, drive, planes[last].after),
    anywhere: (z) => {
      if (z < 0) return leadState(solved, "left", leftOrigin, z);
      const next = positions.findIndex((position) => position > z);
      if (next > 0) return inLayer(next - 1, z - positions[next - 1]);
      if (z === positions[last] && !line.right) return inLayer(last - 1, z - positions[last - 1]);
      return leadState(solved, "right", origins[last], z - positions[last]);
    },
  };
}

import { checked } from "./check.ts";
import { fieldsOf } from "./fields.ts";
import type { Line } from "./line.ts";
import { lineOf } from "./line.ts";
import type { LocalState } from "./local-state.ts";
import type { Profile } from "./profile.ts";
import { sampleProfile } from "./profile.ts";
import type { StackResistance } from "./resistance.ts";
import { resistanceOf } from "./resistance.ts";
import { type Plane, solveLine } from "./spin-line.ts";
import type { StackInput } from "./stack-schema.ts";
import { stackSchema } from "./stack-schema.ts";
import type { Stack } from "./stack-shape.ts";
import type { Drive } from "./thermoelectric.ts";
import { heatCurrentFor, spinLineOf } from "./thermoelectric.ts";

/** Fields at one plane. */
export interface PlaneState {
  /** m. */
  readonly position: number;
  /** [Δμ]/e across it, V. */
  readonly jump: number;
  /** δJ through it, A/m². */
  readonly spinCurrent: number;
  /** J_α²r_α + J_γ²r_γ, W/m². */
  readonly dissipation: number;
}

/**
 * The exact solution of a stack. z in m, 0 at the first plane. Functions take any real z, also in the leads; on a plane
 * they give the value on its right. Channel α is "up" everywhere, even if the layer's magnetization is down.
 */
export interface StackSolution {
  readonly stack: Stack;
  /** Positions of the planes, m; layer k lies between entries k and k+1. */
  readonly planes: readonly PlaneState[];
  /** J^Q along +z, W/m²; null without heat. */
  readonly heatCurrent: number | null;
  /** Δμ/e, V. */
  accumulation(z: number): number;
  /** δJ = J_α − J_γ, A/m². */
  spinCurrent(z: number): number;
  /** J_α, A/m². */
  currentUp(z: number): number;
  /** J_γ, A/m². */
  currentDown(z: number): number;
  /** (μ_α+μ_γ)/2e, V; a lead's ohmic drop is counted from its plane; 0 far in the left lead, apart from that drop. */
  potential(z: number): number;
  /** K; null without heat. */
  temperature(z: number): number | null;
  /** T dS/dt per volume, W/m³, without the planes. */
  dissipation(z: number): number;
  /** All fields sampled, each layer from plane to plane, both ends included. */
  profile(pointsPerLayer?: number): Profile;
  /** Drop of (μ_α+μ_γ)/2e over the stack, the leads' excess included, V. */
  readonly voltage: number;
  /** At uniform temperature, Ω m². */
  readonly resistance: StackResistance;
}

function driveOf(stack: Stack, line: Line): Drive {
  const { currentDensity, heat } = stack;
  if (!heat) return { currentDensity, heat: null };
  const heatCurrent =
    heat.heatCurrent ?? heatCurrentFor(line, currentDensity, heat.temperature, heat.temperatureDifference!);
  return { currentDensity, heat: { temperature: heat.temperature, heatCurrent } };
}

const planeState = (line: Line, J0: number, positions: readonly number[], planes: readonly Plane[]) =>
  planes.map(({ spinCurrent, before, after }, j): PlaneState => {
    const { areaResistance, asymmetry } = line.junctions[j];
    return {
      position: positions[j],
      jump: after - before,
      spinCurrent,
      dissipation: areaResistance * ((1 - asymmetry ** 2) * J0 ** 2 + (spinCurrent - asymmetry * J0) ** 2),
    };
  });

/**
 * Solves the two-channel equations (Eq. 31, 37, 38; Valet and Fert, Phys. Rev. B 48, 7099 (1993)) of a layered stack,
 * with heat in linear response where `heat` is given (Eq. 10). The solution is exact up to rounding: two exponentials
 * per layer, matched at the planes.
 * @throws RangeError listing every broken rule of the stack.
 */
export function solveStack(input: StackInput): StackSolution {
  const stack = checked(stackSchema, input, "stack");
  const line = lineOf(stack);
  const drive = driveOf(stack, line);
  const spinLine = spinLineOf(line, drive);
  const planes = solveLine(spinLine);
  const positions = [0];
  for (const { thickness } of line.regions) positions.push(positions.at(-1)! + thickness);
  const at = fieldsOf({ line, spinLine, planes, positions, drive });
  const of =
    <Key extends keyof LocalState>(key: Key) =>
    (z: number) =>
      at.anywhere(z)[key];
  return {
    stack,
    planes: planeState(line, drive.currentDensity, positions, planes),
    heatCurrent: drive.heat ? drive.heat.heatCurrent : null,
    accumulation: of("accumulation"),
    spinCurrent: of("spinCurrent"),
    currentUp: of("currentUp"),
    currentDown: of("currentDown"),
    potential: of("potential"),
    temperature: of("temperature"),
    dissipation: of("dissipation"),
    profile: (pointsPerLayer = 33) => sampleProfile(positions, at, pointsPerLayer),
    voltage: at.voltage,
    resistance: resistanceOf(line),
  };
}

import { constantValue } from "../expression/expression.ts";
import type { Magnetoresistance } from "./magnetoresistance.ts";
import { magnetoresistance } from "./magnetoresistance.ts";
import type { Profile } from "./profile.ts";
import type { OfCosine } from "./rational.ts";
import { requireFinite } from "./require-finite.ts";
import type { StackResistance } from "./resistance.ts";
import type { SideEquivalent } from "./side-equivalent.ts";
import type { PlaneState } from "./solve-stack.ts";
import { solveStack } from "./solve-stack.ts";
import type { FreeMagnet, SpinTorque } from "./spin-torque.ts";
import { spinTorqueFromStack } from "./spin-torque.ts";
import type { StackInput } from "./stack-schema.ts";
import type { Stack } from "./stack-shape.ts";

/** Every field of a torque sampled over c = m·p; units as in SpinTorque. */
export interface SampledTorque {
  readonly law: "circuit" | "onsager";
  readonly polarizer: SideEquivalent;
  readonly free: SideEquivalent;
  readonly currentDensity: number;
  readonly kappa: number;
  readonly gain: number;
  readonly c: number[];
  readonly resistance: number[];
  readonly a: number[];
  readonly b: number[];
  readonly chi: number[];
  readonly phi: number[];
  /** R(−1) of the circuit minus the full collinear R_AP, Ω m², an error of the assumption of a thin spacer. */
  readonly spacerDefect: number;
}

/** Missing figures with the reason. */
export interface Absent {
  readonly value: null;
  readonly reason: string;
}

/** A solved stack as plain data: the output of the command `transport`. SI units. */
export interface TransportResult {
  readonly stack: Stack;
  readonly profile: Profile;
  readonly planes: readonly PlaneState[];
  /** Drop over the stack, V. */
  readonly voltage: number;
  readonly heatCurrent: number | null;
  readonly resistance: StackResistance;
  readonly magnetoresistance: Magnetoresistance | Absent;
  readonly torque: SampledTorque | Absent;
}

export interface SampleOptions {
  /** Samples in each layer, 33 by default. */
  readonly pointsPerLayer?: number;
  /** Samples of c from −1 to 1, 101 by default. */
  readonly pointsOverCosine?: number;
}

function sampled(torque: SpinTorque, antiparallel: number, points: number): SampledTorque {
  const c = Array.from({ length: points }, (_, i) => -1 + (2 * i) / (points - 1));
  const over = (of: OfCosine) => c.map((value) => constantValue(of(value))!);
  const { law, polarizer, free, currentDensity, kappa, gain } = torque;
  return {
    law,
    polarizer,
    free,
    currentDensity,
    kappa,
    gain,
    c,
    resistance: over(torque.resistance),
    a: over(torque.a),
    b: over(torque.b),
    chi: over(torque.chi),
    phi: over(torque.phi),
    spacerDefect: constantValue(torque.resistance(-1))! - antiparallel,
  };
}

/**
 * Solves a stack and, if it has a spacer, a free layer and a mixing conductance, computes its torque on that layer.
 * @throws RangeError listing every problem of the stack and the magnet.
 */
export function transportResult(
  input: StackInput,
  magnet: FreeMagnet | null,
  { pointsPerLayer = 33, pointsOverCosine = 101 }: SampleOptions = {},
): TransportResult {
  const solution = solveStack(input);
  const { stack } = solution;
  const needed = (["spacer", "freeLayer", "mixingConductance"] as const).filter((key) => !stack[key]);
  const valve = needed.some((key) => key !== "mixingConductance") ? null : magnetoresistance(input);
  const reason = `the stack gives no ${needed.join(", no ")}`;
  return requireFinite({
    stack,
    profile: solution.profile(pointsPerLayer),
    planes: solution.planes,
    voltage: solution.voltage,
    heatCurrent: solution.heatCurrent,
    resistance: solution.resistance,
    magnetoresistance: valve ?? { value: null, reason },
    torque:
      valve && magnet && needed.length === 0
        ? sampled(spinTorqueFromStack(input, magnet), valve.antiparallel, pointsOverCosine)
        : { value: null, reason: needed.length > 0 ? reason : "no magnet is given" },
  });
}

import type { Dynamics } from "../physics/dynamics.ts";
import { axialPotential } from "./axial-passage.ts";
import { axialProfile } from "./axial-profile.ts";
import type { Band } from "./band-basis.ts";
import type { Dwell, Uncertain } from "./dwell-figures.ts";
import { dwellFrom } from "./dwell-figures.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";

/** Relative error of the quadratures. */
const ofQuadrature = 1e-12;

/**
 * Dwell times of an axial problem: rate = D/∫dz/((1−z²)p) between the thresholds, where the committor is the part of this resistance
 * between the lower threshold and z. All integrands are positive, so the accuracy does not depend on the barrier.
 */
export function axialDwell(dynamics: Dynamics, diffusion: number, { from, to }: Band): Exact<Dwell> {
  const potential = axialPotential(dynamics);
  const parts = [
    axialProfile(potential, -1, from),
    axialProfile(potential, from, to),
    axialProfile(potential, to, 1),
  ];
  const lowest = Math.min(...parts.map((part) => part.lowest));
  const masses = parts.map((part) => Math.exp(part.logPartition - (part.lowest - lowest)));
  const total = masses[0] + masses[1] + masses[2];
  const belt = parts[1];
  const share = masses[1] / total;
  const resistance = belt.density.map((p, i) => 1 / ((1 - belt.z[i]) * (1 + belt.z[i]) * p * share));
  const whole = belt.integral(resistance);
  // integrate both shares: as one minus the larger, the smaller would lose its digits
  const shareOf = (mass: number, passed: Float64Array): Uncertain => {
    const value = mass / total + (share * belt.integral(belt.density.map((p, i) => p * passed[i]))) / whole;
    return { value, error: ofQuadrature * value };
  };
  return exactly(
    dwellFrom({
      rate: { value: diffusion / whole, error: ofQuadrature },
      up: shareOf(masses[2], belt.fromLeft(resistance)),
      down: shareOf(masses[0], belt.fromRight(resistance)),
    }),
  );
}

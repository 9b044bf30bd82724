import type { FitResult } from "./fit.ts";
import { fitArrhenius, fitEffectiveBarrier } from "./laws.ts";
import { fitLine } from "./weighted-line.ts";

/** A number with its standard error from the scatter about the law. */
export interface Fitted {
  readonly value: number;
  readonly standardError: number | null;
}

export interface ArrheniusLaw {
  /** s */
  readonly attemptTime: Fitted;
  /** J where thermal energies are in J. */
  readonly barrier: Fitted;
}

/**
 * Arrhenius's law through exact times at several thermal energies. Exact values have no errors of their own: the errors
 * given come from the scatter about the line and show how well one barrier and one attempt time describe the range.
 * Null with fewer than two temperatures.
 */
export function arrheniusOf(thermalEnergy: readonly number[], times: readonly number[]): ArrheniusLaw | null {
  const fit = fitArrhenius(thermalEnergy, times, times);
  if (fit === null) return null;
  const scatter = scatterOf(fit.line.chiSquared, fit.line.degreesOfFreedom);
  const error = (one: number): number | null => (scatter === null ? null : one * scatter);
  return {
    attemptTime: { value: fit.attemptTime.value, standardError: error(fit.attemptTime.standardError) },
    barrier: { value: fit.barrier.value, standardError: error(fit.barrier.standardError) },
  };
}

/** E₀(1 − x/x_c)ⁿ through exact barriers, of a well that the drive empties; null with fewer than four. */
export function effectiveBarrierOf(drive: readonly number[], barriers: readonly number[]): FitResult | null {
  if (drive.length < 4) return null;
  // where a straight line through the ends would vanish
  const [first, last] = [0, drive.length - 1];
  const slope = (barriers[last] - barriers[first]) / (drive[last] - drive[first]);
  const critical = drive[first] - (1.5 * barriers[first]) / slope;
  return fitEffectiveBarrier(drive, barriers, undefined, { critical });
}

/** Decay of ln p per unit of x, for instance of a write error with the length of its pulse. */
export function exponentialDecay(x: readonly number[], p: readonly number[]): Fitted | null {
  const fit = fitLine(
    x,
    p.map(Math.log),
    x.map(() => 1),
  );
  if (fit === null) return null;
  const scatter = scatterOf(fit.chiSquared, fit.degreesOfFreedom);
  return {
    value: -fit.slope.value,
    standardError: scatter === null ? null : scatter * fit.slope.standardError,
  };
}

const scatterOf = (chiSquared: number, degreesOfFreedom: number): number | null =>
  degreesOfFreedom > 0 ? Math.sqrt(chiSquared / degreesOfFreedom) : null;

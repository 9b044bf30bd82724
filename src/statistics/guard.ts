import { studentTwoSided } from "../numerics/incomplete-beta.ts";
import { allowedSwitchingBias } from "./switching-bias.ts";

export interface Guarded {
  readonly value: number;
  readonly exact: number;
  readonly standardError: number | null;
}

/**
 * The p-value of a figure without a test of its own, from the figure's own error; null without an error. It is
 * deliberately cautious: an error from few events is itself uncertain. A figure with relative error r rests on at most
 * 1/r² events, and on at most as many as there are spins. A quarter of these are the degrees of freedom of a t-score,
 * which is then wide enough for counts too: three exits where 0.5 were expected give 0.07 (the Poisson law gives
 * 0.014).
 */
export function guardedProbability({ value, exact, standardError }: Guarded, spins: number): number | null {
  if (standardError === null || !(standardError > 0)) return null;
  const events = Math.min(spins, (value / standardError) ** 2);
  const off = Math.max(0, Math.abs(value - exact) - allowedSwitchingBias * Math.abs(exact));
  return studentTwoSided(off / standardError, Math.max(1, events / 4));
}

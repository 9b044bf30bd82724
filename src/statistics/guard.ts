import { studentTwoSided } from "../numerics/incomplete-beta.ts";
import { allowedSwitchingBias } from "./switching-bias.ts";

export interface Guarded {
  readonly value: number;
  readonly exact: number;
  readonly standardError: number | null;
}

/**
 * The p-value that the own error of a figure gives, where there is no test of it; null without an error. It is a guard: an error taken
 * from few events is itself uncertain, and a figure with relative error r rests on no more than 1/r² events, nor on more
 * than there are spins. A quarter of these are the degrees of freedom of a t-score, which is then wide enough for
 * counts, too: three exits where half a one was expected give 0.07 (the Poisson law 0.014).
 */
export function guardedProbability({ value, exact, standardError }: Guarded, spins: number): number | null {
  if (standardError === null || !(standardError > 0)) return null;
  const events = Math.min(spins, (value / standardError) ** 2);
  const off = Math.max(0, Math.abs(value - exact) - allowedSwitchingBias * Math.abs(exact));
  return studentTwoSided(off / standardError, Math.max(1, events / 4));
}

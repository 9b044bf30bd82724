import { variablesOf } from "../expression/expression.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { AxialSolution } from "./axial.ts";
import { isOneWell } from "./axial.ts";
import { frameAlong } from "./frame.ts";
import type { ProbabilityFigure, TailProbability } from "./tail-probability.ts";
import { tailProbability } from "./tail-probability.ts";

/** Lifetimes of the second slowest mode after which only the slowest mode is left. */
const lives = 60;

/**
 * Probabilities on both sides of z = 0 of an axial problem of two wells whose parameters do not change, also at times too long for an
 * evolution that resolves small ones. Once all modes but the slowest have decayed, at s, P(t) = P(s) e^{−λ₁(t−s)} + π (1 − e^{−λ₁(t−s)}),
 * a sum of positive terms, with π the stationary probability. Comparing the formula with the evolution from s to 2s gives the error.
 */
export function lateProbabilities(
  solution: AxialSolution,
  initial: InitialLaw,
  times: readonly number[],
): TailProbability | undefined {
  const { dynamics, axis, profile, slowestRate } = solution;
  const { psi, diffusion } = dynamics;
  if (slowestRate.value === null || isOneWell(profile) || variablesOf(psi, diffusion).has("t"))
    return undefined;
  const rate = slowestRate.value;
  const [, second] = solution.modes(2);
  if (!second) return undefined;
  const begin = lives / second.rate;
  const evolved = [...new Set([...times.filter((t) => t < 2 * begin), begin, 2 * begin])].sort(
    (a, b) => a - b,
  );
  const found = tailProbability(dynamics, frameAlong(axis), initial, evolved);
  if (found.value === null || found.value.absoluteError !== undefined) return undefined;
  const { above, below } = found.value;
  const { z, weights, density } = profile;
  const share = (sign: 1 | -1): number =>
    z.reduce((sum, x, i) => (sign * x > 0 ? sum + weights[i] * density[i] : sum), 0);
  const side = (figures: readonly ProbabilityFigure[], sign: 1 | -1): ProbabilityFigure[] => {
    const [first, next] = [begin, 2 * begin].map((t) => figures[evolved.indexOf(t)]);
    const stationary = share(sign);
    const later = (t: number): number => {
      const settled = -Math.expm1(-rate * (t - begin));
      return first.value * (1 - settled) + stationary * settled;
    };
    const error = Math.max(first.errorEstimate, Math.abs(later(2 * begin) / next.value - 1));
    return times.map((t) =>
      t < 2 * begin ? figures[evolved.indexOf(t)] : { value: Math.min(1, later(t)), errorEstimate: error },
    );
  };
  return { above: side(above, 1), below: side(below, -1), beside: found.value.beside };
}

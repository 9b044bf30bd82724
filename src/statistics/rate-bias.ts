import type { Problem } from "../experiment/problem.ts";
import { harmonicOrdering } from "../fokker-planck/evolution.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { reindexed } from "../fokker-planck/harmonics.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import type { Mode } from "../fokker-planck/spectrum-of-generator.ts";
import { slowestModes } from "../fokker-planck/spectrum-of-generator.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import { infinityNorm } from "../linear-algebra/sparse.ts";
import { accuratePoints, indexThatHolds, settingOf } from "./step-bias.ts";
import { gridFor, pairing, transition } from "./transition.ts";

/** What a dropped coefficient of a mode may be of the largest one. */
const negligible = 1e-9;
/** What one value of a function is known to, relative to its largest: rounding of sums and of the interpolation. */
const rounding = 1e-13;
/** Largest error of a relative bias that is still told. */
const tolerable = 2e-3;

/** ∫ of a density's mode times a function's, without conjugation: modes of different rates are orthogonal. */
const overlap = (a: Pick<Mode, "re" | "im">, b: Pick<Mode, "re" | "im">): Complex => ({
  re: dotProduct(a.re, b.re) - dotProduct(a.im, b.im),
  im: dotProduct(a.re, b.im) + dotProduct(a.im, b.re),
});
const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
const over = (a: Complex, b: Complex): Complex => {
  const size = b.re ** 2 + b.im ** 2;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
};

/**
 * Relative error that a step gives to the slowest decay, λ_h/λ − 1, to leading order and without a sample. With P_h the expectation
 * over one step, φ the slowest mode of the backward operator and ψ that of the density,
 *
 *   λ_h = −(1/h) ln(⟨ψ, P_h φ⟩ / ⟨ψ, φ⟩).
 *
 * An oscillating mode gives |λ_h − λ|/|λ|. The difference P_h φ − φ is λh of φ: below about 1e-10 it is lost in rounding.
 */
export function rateBias(problem: Problem, solution: FokkerPlanckSolution): Exact<number> {
  const setting = settingOf(problem, solution);
  if (setting.value === null) return setting;
  const { slowestRate } = solution;
  if (slowestRate.value === null) return outOfReach(slowestRate.reason);
  const h = problem.timeStep;
  const { generator } = setting.value;
  const { index } = generator;
  if (rounding / (h * slowestRate.value) > tolerable)
    return outOfReach(
      `in one step the slowest mode decays by ${(h * slowestRate.value).toExponential(0)} of itself, which rounding hides`,
    );
  const forward = generator.frozen(solution.time);
  const ordering = harmonicOrdering(generator);
  const diffusion = generator.diffusion(solution.time);
  const modes = (left: boolean): Mode[] =>
    slowestModes(forward, ordering, 3, { left, shift: solution.axis ? 0.1 * diffusion : 0 });
  const slowest = modes(true)[0];
  // at a high barrier the matrix knows its smallest eigenvalue to rounding only; the mode is good all the same
  const isResolved =
    slowest &&
    Math.abs(modulus(slowest.rate) - slowestRate.value) <
      0.01 * slowestRate.value + 1e-13 * infinityNorm(forward);
  if (!isResolved) return outOfReach("the slowest mode is not resolved in harmonics");
  // of modes with the same rate one belongs to this one
  const partner = modes(false)
    .filter(
      ({ rate }) =>
        Math.hypot(rate.re - slowest.rate.re, rate.im - slowest.rate.im) <
        0.01 * modulus(rate) + 1e-9 * diffusion,
    )
    .sort((a, b) => modulus(overlap(b, slowest)) - modulus(overlap(a, slowest)))[0];
  const isReal = slowest.rate.im === 0;
  const rate = isReal ? { re: slowestRate.value, im: 0 } : slowest.rate;
  if (!partner || modulus(overlap(partner, slowest)) === 0)
    return outOfReach("the slowest mode is not resolved in harmonics");
  const parts = isReal ? [slowest.re] : [slowest.re, slowest.im];
  const kept = indexThatHolds(index, parts, negligible);
  const grid = gridFor(kept, indexThatHolds(index, [partner.re, partner.im], negligible));
  const change = transition(problem, solution, kept, grid, accuratePoints);
  const [re, im = new Float64Array(re.length)] = change(parts.map((c) => reindexed(index, kept, c)));
  const [withRe, withIm] = [pairing(index, grid, partner.re), pairing(index, grid, partner.im)];
  const moved = { re: withRe(re) - withIm(im), im: withRe(im) + withIm(re) };
  const step = over(moved, overlap(partner, slowest));
  // ln(1 + step), of which step is a small part
  const logarithm = {
    re: 0.5 * Math.log1p(step.re * (2 + step.re) + step.im ** 2),
    im: Math.atan2(step.im, 1 + step.re),
  };
  const found = { re: -logarithm.re / h, im: -logarithm.im / h };
  return exactly(
    isReal ? found.re / rate.re - 1 : Math.hypot(found.re - rate.re, found.im - rate.im) / modulus(rate),
  );
}

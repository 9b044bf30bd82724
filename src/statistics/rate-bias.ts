import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import type { Generator } from "../fokker-planck/generator.ts";
import { harmonicOrdering } from "../fokker-planck/harmonic-ordering.ts";
import { analyze, reindexed } from "../fokker-planck/harmonics.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import type { Mode } from "../fokker-planck/spectrum-of-generator.ts";
import { slowestModes } from "../fokker-planck/spectrum-of-generator.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import { infinityNorm } from "../linear-algebra/sparse.ts";
import { oncePer } from "../numerics/once-per.ts";
import { accuratePoints, backwardSolver, indexThatHolds, refinedShare, settingOf } from "./step-bias.ts";
import { gridFor, pairings, transition } from "./transition.ts";

/** Largest dropped coefficient of a mode, relative to its largest one. */
const negligible = 1e-9;
/** Accuracy of one value of a function, relative to its largest: rounding of sums and of the interpolation. */
const rounding = 1e-13;
/** Largest error of a relative bias that is reported. */
const tolerable = 2e-3;

/** ∫ of a density's mode times a function's mode, without conjugation: modes of different rates are orthogonal. */
const overlap = (a: Pick<Mode, "re" | "im">, b: Pick<Mode, "re" | "im">): Complex => ({
  re: dotProduct(a.re, b.re) - dotProduct(a.im, b.im),
  im: dotProduct(a.re, b.im) + dotProduct(a.im, b.re),
});
const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
const over = (a: Complex, b: Complex): Complex => {
  const size = b.re ** 2 + b.im ** 2;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
};

/** The slowest mode of the backward operator with its partner, the density's mode of the same rate. */
interface SlowMode {
  readonly slowest: Mode;
  readonly partner: Mode;
}

const slowMode = oncePer(findSlowMode);

function findSlowMode(solution: FokkerPlanckSolution, generator: Generator, rate: number): Exact<SlowMode> {
  const forward = generator.operatorAt(solution.time);
  const ordering = harmonicOrdering(generator);
  const diffusion = generator.diffusion(solution.time);
  const modes = (left: boolean): Mode[] =>
    slowestModes(forward, ordering, 3, { left, shift: solution.axis ? 0.1 * diffusion : 0 });
  // a precessing pair may decay more slowly than the mode whose rate this is
  const [slowest] = modes(true).sort(
    (a, b) => Math.abs(modulus(a.rate) - rate) - Math.abs(modulus(b.rate) - rate),
  );
  const lost = outOfReach<SlowMode>("the slowest mode is not resolved in harmonics");
  // at a high barrier rounding limits the smallest eigenvalue of the matrix; the mode is accurate nevertheless
  const uncertain = 1e-13 * infinityNorm(forward);
  if (!slowest || Math.abs(modulus(slowest.rate) - rate) > 0.01 * rate + uncertain) return lost;
  // of several modes with the same rate one is the partner
  const distance = ({ rate: { re, im } }: Mode): number =>
    Math.hypot(re - slowest.rate.re, im - slowest.rate.im);
  const partner = modes(false)
    .filter((mode) => distance(mode) < 0.01 * rate + uncertain)
    .sort((a, b) => modulus(overlap(b, slowest)) - modulus(overlap(a, slowest)))[0];
  return partner && modulus(overlap(partner, slowest)) > 0 ? exactly({ slowest, partner }) : lost;
}

/** ln(1 + x) of a small complex number. */
const logarithm = ({ re, im }: Complex): Complex => ({
  re: 0.5 * Math.log1p(re * (2 + re) + im ** 2),
  im: Math.atan2(im, 1 + re),
});

/**
 * Relative error that a step gives to the slowest decay, λ_h/λ − 1, without a sample. With P_h the expectation over one step, φ the slowest
 * mode of the backward operator and ψ that of the density,
 *
 *   λ_h = −(1/h) ln(⟨ψ, P_h φ⟩ / ⟨ψ, φ⟩) + higher orders.
 *
 * An oscillating mode gives |λ_h − λ|/|λ|. The difference P_h φ − φ is λh of φ: below about 1e-10 it is lost in rounding.
 *
 * Each refinement takes the next order (a real mode only): φ is corrected towards P_h φ = exp(−λ_h h) φ by (−L†)⁻¹ + h/2 of
 * what is left.
 */
export function rateBias(problem: Problem, solution: FokkerPlanckSolution, refinements = 0): Exact<number> {
  const setting = settingOf(problem, solution);
  if (setting.value === null) return setting;
  const { slowestRate } = solution;
  if (slowestRate.value === null) return outOfReach(slowestRate.reason);
  const h = problem.timeStep;
  const { generator } = setting.value;
  const { index } = generator;
  if (rounding / (h * slowestRate.value) > tolerable)
    return outOfReach(
      `in one step the slowest mode decays by ${(h * slowestRate.value).toExponential(0)} of itself, which is less than rounding errors`,
    );
  const found = slowMode(solution, generator, slowestRate.value);
  if (found.value === null) return found;
  const { slowest, partner } = found.value;
  const isReal = slowest.rate.im === 0;
  let parts = isReal ? [slowest.re] : [slowest.re, slowest.im];
  const share = refinements > 0 ? refinedShare : negligible;
  const kept = indexThatHolds(index, parts, share);
  const grid = gridFor(kept, indexThatHolds(index, [partner.re, partner.im, ...parts], share));
  const change = transition(problem, solution, kept, grid, accuratePoints);
  const [withRe, withIm] = pairings(index, grid, [partner.re, partner.im]);
  const solve = backwardSolver(generator, solution.time);
  for (let round = 0; ; round++) {
    const values = change(parts.map((c) => reindexed(index, kept, c)));
    const [re, im = new Float64Array(re.length)] = values;
    const moved = { re: withRe(re) - withIm(im), im: withRe(im) + withIm(re) };
    const [c, d = new Float64Array(c.length)] = parts;
    const step = over(moved, overlap(partner, { re: c, im: d }));
    if (round === refinements || !isReal) {
      const { re: decay, im: turn } = logarithm(step);
      if (isReal) return exactly(-decay / h / slowestRate.value - 1);
      const { rate } = slowest;
      return exactly(Math.hypot(-decay / h - rate.re, -turn / h - rate.im) / modulus(rate));
    }
    const after = reindexed(kept, index, analyze(kept, grid, re));
    const rest = c.map((x, i) => (i === 0 ? 0 : (after[i] - step.re * x) / h));
    const correction = solve(rest);
    parts = [c.map((x, i) => x + correction[i] + (h / 2) * rest[i])];
  }
}

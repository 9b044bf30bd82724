import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { mul } from "../expression/expression.ts";
import { dot, m, magnetization, vector } from "../expression/vector.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { expressionsInFrame } from "../fokker-planck/frame.ts";
import type { Generator } from "../fokker-planck/generator.ts";
import { harmonicOrdering } from "../fokker-planck/harmonic-ordering.ts";
import type { HarmonicIndex } from "../fokker-planck/harmonics.ts";
import {
  analyze,
  harmonicIndex,
  harmonicLabels,
  reindexed,
  sampleOnGrid,
  sphereGrid,
} from "../fokker-planck/harmonics.ts";
import { factorSector, sectorMatrix, sectors } from "../fokker-planck/sectors.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import { oncePer } from "../numerics/once-per.ts";
import { isDriven } from "../physics/dynamics.ts";
import { gridFor, pairings, transition } from "./transition.ts";

/** Bias of the stationary moments that a scheme has at its step, to leading order. */
export interface StepBias {
  /** Largest absolute bias of the compared first and second moments. */
  readonly moments: number;
  /** The same in standard deviations of one spin. */
  readonly relative: number;
}

/** Largest dropped coefficient, relative to the largest one: the bias needs one or two digits. */
const negligible = 1e-4;
/** Points of the interpolation along each angle. */
const points = 8;
export const accuratePoints = 12;
/** The same as `negligible` where higher orders are wanted. */
export const refinedShare = 1e-5;

type Solver = (f: Float64Array) => Float64Array;
const solversOf = oncePer((_: Generator) => new Map<number, Solver>());

/**
 * Solves (decay − L†)φ = f for coefficients of functions of zero mean, on the sectors of the generator, each factored
 * once. A decay of 1/T describes a stationary start after a random time of mean T: rarer passages between wells do not
 * happen in it.
 */
export function backwardSolver(generator: Generator, time: number, decay = 0): Solver {
  const known = solversOf(generator);
  const made = known.get(decay) ?? newSolver(generator, time, decay);
  known.set(decay, made);
  return made;
}

function newSolver(generator: Generator, time: number, decay: number): Solver {
  const forward = generator.operatorAt(time);
  const parts = sectors(forward, harmonicOrdering(generator), 0);
  const solvers = new Map<number, ReturnType<typeof factorSector>>();
  return (f) => {
    const solution = new Float64Array(f.length);
    parts.forEach((sector, i) => {
      if (sector.unknowns.every((unknown) => Math.abs(f[unknown]) < 1e-14)) return;
      const solver = solvers.get(i) ?? factorSector(sectorMatrix(forward, sector, 1, -decay), sector);
      solvers.set(i, solver);
      const b = Float64Array.from(sector.unknowns, (unknown) => -f[unknown]);
      solver.solveTransposed(b);
      sector.unknowns.forEach((unknown, k) => {
        solution[unknown] = b[k];
      });
    });
    return solution;
  };
}

/** The smallest index that holds all coefficients of some functions but the negligible ones. */
export function indexThatHolds(
  index: HarmonicIndex,
  functions: readonly Float64Array[],
  negligible: number,
): HarmonicIndex {
  const { l, m: orders } = harmonicLabels(index);
  let [lmax, mmax] = [2, 0];
  for (const c of functions) {
    const floor = negligible * c.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
    for (let i = 0; i < c.length; i++)
      if (Math.abs(c[i]) > floor) [lmax, mmax] = [Math.max(lmax, l[i]), Math.max(mmax, orders[i])];
  }
  return harmonicIndex(Math.min(lmax, index.lmax), Math.min(mmax, index.mmax));
}

/** Data from which a bias is computed. */
export interface Setting {
  readonly generator: Generator;
  /** Coefficients of the stationary density. */
  readonly density: Float64Array;
}

/** Prepares a problem, or says why a step's bias cannot be computed. */
export function settingOf(problem: Problem, solution: FokkerPlanckSolution): Exact<Setting> {
  if (isDriven(problem.dynamics)) return outOfReach("a changing drive has no stationary state");
  if (problem.spreads.length > 0) return outOfReach("the bias differs from spin to spin");
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const { axis, lmax } = solution;
  const made = solution.generator(lmax, axis ? 0 : lmax);
  if (made.value === null) return made;
  const generator = made.value;
  const { index, coefficients } = stationary.value;
  return exactly({ generator, density: reindexed(index, generator.index, coefficients) });
}

/**
 * The bias a time step gives to stationary means of functions, without a sample: with P_h the expectation over one step
 * and −L†φ = f − ⟨f⟩, the scheme's own stationary state has ⟨f⟩_h − ⟨f⟩ = (1/h) ∫ρ_s (P_h φ − φ) + higher orders,
 * because ρ_s is invariant under the exact evolution. With `decay` 1/T it is the bias that a stationary start develops
 * within T.
 *
 * Each refinement takes the next order: φ is corrected towards the solution of (1 − P_h)φ/h = f − ⟨f⟩_h by
 * (−L†)⁻¹ + h/2 of what is left, the first terms of the series of h/(1 − exp(hL†)).
 */
export function meanShifts(
  problem: Problem,
  solution: FokkerPlanckSolution,
  { generator, density }: Setting,
  functions: readonly Float64Array[],
  { refinements = 0, decay = 0 }: { readonly refinements?: number; readonly decay?: number } = {},
): number[] {
  const h = problem.timeStep;
  const { index } = generator;
  const solve = backwardSolver(generator, solution.time, decay);
  const exact = functions.map(solve);
  const isRefined = refinements > 0;
  const [share, accuracy] = isRefined ? [refinedShare, accuratePoints] : [negligible, points];
  const kept = indexThatHolds(index, exact, share);
  const grid = gridFor(kept, indexThatHolds(index, isRefined ? [density, ...exact] : [density], share));
  const change = transition(problem, solution, kept, grid, accuracy);
  const [mean] = pairings(index, grid, [density]);
  let phi = exact;
  for (let round = 0; ; round++) {
    const moved = change(phi.map((c) => reindexed(index, kept, c)));
    const shifts = moved.map((values) => mean(values) / h);
    if (round === refinements) return shifts;
    phi = phi.map((c, k) => {
      const step = reindexed(kept, index, analyze(kept, grid, moved[k]));
      const rest = functions[k].map((x, i) => x + step[i] / h);
      const correction = solve(rest);
      return c.map((x, i) => (i === 0 ? 0 : x + correction[i] + (h / 2) * rest[i]));
    });
  }
}

/** Coefficients of functions of m in the harmonics of a solution. */
export function coefficientsOf(
  { frame }: FokkerPlanckSolution,
  { index }: Generator,
  functions: readonly Expression[],
): Float64Array[] {
  const grid = sphereGrid(index.lmax + 8, 2 * index.mmax + 8);
  return expressionsInFrame(frame, functions).map((f) =>
    analyze(index, grid, sampleOnGrid(grid, compileScalar(f, magnetization))),
  );
}

/** Over the sphere, of a function given by its coefficients. */
const rootMeanSquare = (c: Float64Array): number =>
  Math.sqrt(c.reduce((sum, x) => sum + x * x, 0) / (4 * Math.PI));

/** Error of ∫ρ_s (P_h φ − φ) in units of φ, found where it grows with the barrier and the bias itself cannot. */
const relativeError = 1e-9;
/** Coarsest useful resolution of a bias: comparisons must not allow a bias that is noise. */
const coarsest = 5e-5;

/**
 * The largest bias of stationary moments to leading order. With a common axis c = u·m the functions are c and c²;
 * otherwise all nine moments.
 */
export function stepBias(problem: Problem, solution: FokkerPlanckSolution): Exact<StepBias> {
  const setting = settingOf(problem, solution);
  if (setting.value === null) return setting;
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const density = stationary.value;
  const along = solution.axis && dot(m, vector(...solution.axis));
  const functions: Expression[] = along
    ? [along, mul(along, along)]
    : [...m, ...m.flatMap((x, i) => m.slice(i).map((y) => mul(x, y)))];
  const coefficients = coefficientsOf(solution, setting.value.generator, functions);
  // interpolation and dropped harmonics leave an error in proportion to φ, which rare passages between wells make huge;
  // a run that begins in Boltzmann's law sees no more of them than its own length allows
  const { generator: backwards } = setting.value;
  const decay = [
    0,
    ...("isEquilibrium" in problem.initial ? [1 / (problem.steps * problem.timeStep)] : []),
  ].find((decay) => {
    const solve = backwardSolver(backwards, solution.time, decay);
    const largest = Math.max(...coefficients.map((f) => rootMeanSquare(solve(f))));
    return (relativeError * largest) / problem.timeStep <= coarsest;
  });
  if (decay === undefined)
    return outOfReach(
      "passages between wells are too rare for the bias of the stationary state to be resolved; the bias of their rate is given",
    );
  const shifts = meanShifts(problem, solution, setting.value, coefficients, { decay });
  const deviations = functions.map((f) => {
    const mean = density.mean(f);
    return Math.sqrt(Math.max(density.mean(mul(f, f)) - mean * mean, 1e-300));
  });
  return exactly({
    moments: Math.max(...shifts.map(Math.abs)),
    relative: Math.max(...shifts.map((x, k) => Math.abs(x) / deviations[k])),
  });
}

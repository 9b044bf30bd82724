import type { Problem } from "../experiment/problem.ts";
import { compileScalar, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { mul } from "../expression/expression.ts";
import { dot, m, vector } from "../expression/vector.ts";
import { harmonicOrdering } from "../fokker-planck/evolution.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { expressionsInFrame, intoFrame, outOfFrame } from "../fokker-planck/frame.ts";
import type { Generator } from "../fokker-planck/generator.ts";
import {
  analyze,
  harmonicIndex,
  harmonicsAt,
  reindexed,
  sampleOnGrid,
  sphereGrid,
} from "../fokker-planck/harmonics.ts";
import { factorSector, sectorMatrix, sectors } from "../fokker-planck/sectors.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import { isDriven } from "../fokker-planck/switching.ts";
import { physicalStep } from "../integrators/compose.ts";
import { integrators } from "../integrators/index.ts";
import { gaussLegendre } from "../linear-algebra/gauss-legendre.ts";
import { dyadicOutcomes, gaussianOutcomes } from "../random/outcomes.ts";

/** Bias of the stationary moments that a scheme has at its step, to leading order. */
export interface StepBias {
  /** Largest absolute bias of the first and second moments looked at. */
  readonly moments: number;
  /** The same in standard deviations of one spin. */
  readonly relative: number;
}

/** Degree of harmonics that a bias on the full sphere is estimated with. */
const keptDegree = 12;

/** φ with −L†φ = f − ⟨f⟩: the backward equation solved once per function, on the sectors of the generator. */
function poisson(generator: Generator, time: number, coefficients: readonly Float64Array[]): Float64Array[] {
  const forward = generator.frozen(time);
  const solutions = coefficients.map((c) => new Float64Array(c.length));
  for (const sector of sectors(forward, harmonicOrdering(generator), 0)) {
    if (coefficients.every((c) => sector.unknowns.every((i) => Math.abs(c[i]) < 1e-14))) continue;
    const solver = factorSector(sectorMatrix(forward, sector), sector);
    coefficients.forEach((c, k) => {
      const b = Float64Array.from(sector.unknowns, (i) => -c[i]);
      solver.solveTransposed(b);
      sector.unknowns.forEach((unknown, i) => {
        solutions[k][unknown] = b[i];
      });
    });
  }
  return solutions;
}

/**
 * The bias a time step gives to stationary moments, without a sample: with P_h the expectation over one step and
 * −L†φ = f − ⟨f⟩, the scheme's own stationary state has ⟨f⟩_h − ⟨f⟩ = (1/h) ∫ρ_s (P_h φ − φ) + higher orders, because
 * ρ_s is invariant under the exact evolution. P_h is a finite sum over the outcomes of the noise.
 *
 * With a common axis c = u·m the functions are c and c²; otherwise all nine moments.
 */
export function stepBias(problem: Problem, solution: FokkerPlanckSolution): Exact<StepBias> {
  if (isDriven(problem)) return outOfReach("a changing drive has no stationary state");
  if (problem.spreads.length > 0) return outOfReach("the bias differs from spin to spin");
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const { axis, frame, lmax, time } = solution;
  const along = axis && dot(m, vector(...axis));
  const functions: Expression[] = along
    ? [along, mul(along, along)]
    : [...m, ...m.flatMap((x, i) => m.slice(i).map((y) => mul(x, y)))];
  const generator = solution.generator(lmax, along ? 0 : lmax);
  const { index } = generator;
  const grid = sphereGrid(lmax + 8, 2 * index.mmax + 8);
  const full = poisson(
    generator,
    time,
    expressionsInFrame(frame, functions).map((f) =>
      analyze(index, grid, sampleOnGrid(grid, compileScalar(f, ["mx", "my", "mz"]))),
    ),
  );
  // the bias needs a figure or two: what φ has above this degree is left out
  const kept = harmonicIndex(Math.min(lmax, along ? lmax : keptDegree), Math.min(index.mmax, keptDegree));
  const phi = full.map((c) => reindexed(index, kept, c));
  const valuesAt = (point: readonly [number, number, number], into: Float64Array): void => {
    const harmonics = harmonicsAt(kept, point);
    phi.forEach((c, k) => {
      let sum = 0;
      for (let i = 0; i < c.length; i++) sum += c[i] * harmonics[i];
      into[k] = sum;
    });
  };
  const scheme = integrators[problem.integrator].build(problem.dynamics, problem.timeStep, problem.variates);
  const step = compileVector(physicalStep(scheme, problem.timeStep), [
    "mx",
    "my",
    "mz",
    "xi1",
    "xi2",
    "xi3",
    "t",
  ]);
  const outcomes = problem.variates === "gaussian" ? gaussianOutcomes : dyadicOutcomes;
  const { nodes, weights } = gaussLegendre(along ? 2 * lmax : 2 * keptDegree);
  const around = along ? 1 : 2 * keptDegree;
  const [before, after, out] = [
    new Float64Array(phi.length),
    new Float64Array(phi.length),
    new Float64Array(3),
  ];
  const shift = new Float64Array(phi.length);
  for (let i = 0; i < nodes.length; i++)
    for (let j = 0; j < around; j++) {
      const angle = (2 * Math.PI * j) / around;
      const rho = Math.sqrt(1 - nodes[i] ** 2);
      const here = [rho * Math.cos(angle), rho * Math.sin(angle), nodes[i]] as const;
      const there = outOfFrame(frame, here);
      const weight = (stationary.value.at(there) * weights[i] * 2 * Math.PI) / around / problem.timeStep;
      if (Math.abs(weight) < 1e-12 / problem.timeStep) continue;
      valuesAt(here, before);
      for (const { xi, weight: chance } of outcomes) {
        step(out, 0, ...there, ...xi, time);
        const size = Math.hypot(out[0], out[1], out[2]);
        valuesAt(intoFrame(frame, [out[0] / size, out[1] / size, out[2] / size]), after);
        for (let k = 0; k < shift.length; k++) shift[k] += weight * chance * (after[k] - before[k]);
      }
    }
  const deviations = functions.map((f) => {
    const mean = stationary.value.mean(f);
    return Math.sqrt(Math.max(stationary.value.mean(mul(f, f)) - mean * mean, 1e-300));
  });
  return exactly({
    moments: Math.max(...shift.map(Math.abs)),
    relative: Math.max(...[...shift].map((x, k) => Math.abs(x) / deviations[k])),
  });
}

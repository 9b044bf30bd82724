import type { Problem } from "../../src/experiment/problem.ts";
import { compileVector } from "../../src/expression/compile.ts";
import { pairs } from "../../src/expression/vector.ts";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import type { HarmonicIndex } from "../../src/fokker-planck/harmonics.ts";
import { analyze, harmonicIndex, harmonicsAt, sphereGrid } from "../../src/fokker-planck/harmonics.ts";
import { physicalStep } from "../../src/integrators/compose.ts";
import { integrators } from "../../src/integrators/index.ts";
import { factorDense, solveDense } from "../../src/linear-algebra/dense-lu.ts";
import { dyadicOutcomes, gaussianOutcomes } from "../../src/random/outcomes.ts";

/** The expectation over one step of a scheme, f → P_h f, as a matrix on harmonics of the laboratory. */
export interface StepOperator {
  readonly index: HarmonicIndex;
  /** Column k: coefficients of P_h Y_k; rows contiguous. */
  readonly matrix: Float64Array;
}

/** By sums over all outcomes of the noise: no sample. The problem must not change in time. */
export function stepOperator(problem: Problem, lmax: number): StepOperator {
  const index = harmonicIndex(lmax);
  const { size } = index;
  const grid = sphereGrid(lmax + 8, 2 * lmax + 16);
  const scheme = integrators[problem.integrator].build(problem.dynamics, problem.timeStep, problem.variates);
  const names = ["mx", "my", "mz", "xi1", "xi2", "xi3", "t"];
  const step = compileVector(physicalStep(scheme, problem.timeStep), names);
  const outcomes = problem.variates === "gaussian" ? gaussianOutcomes : dyadicOutcomes;
  const points = grid.rule.nodes.length * grid.azimuths;
  // values of P_h Y_k on the grid, function by function
  const values = Array.from({ length: size }, () => new Float64Array(points));
  const out = new Float64Array(3);
  const sum = new Float64Array(size);
  grid.rule.nodes.forEach((z, q) => {
    const s = Math.sqrt(1 - z * z);
    for (let j = 0; j < grid.azimuths; j++) {
      const angle = (2 * Math.PI * j) / grid.azimuths;
      sum.fill(0);
      for (const { xi, weight } of outcomes) {
        step(out, 0, s * Math.cos(angle), s * Math.sin(angle), z, ...xi, 0);
        const y = harmonicsAt(index, [out[0], out[1], out[2]]);
        for (let k = 0; k < size; k++) sum[k] += weight * y[k];
      }
      for (let k = 0; k < size; k++) values[k][q * grid.azimuths + j] = sum[k];
    }
  });
  const matrix = new Float64Array(size * size);
  values.forEach((column, k) => {
    analyze(index, grid, column).forEach((c, i) => {
      matrix[i * size + k] = c;
    });
  });
  return { index, matrix };
}

export function apply({ matrix, index: { size } }: StepOperator, c: Float64Array): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += matrix[i * size + k] * c[k];
    out[i] = sum;
  }
  return out;
}

/** The nine first and second moments as coefficients, in the order of a density: x, y, z, xx, yy, zz, xy, xz, yz. */
export function momentFunctions(index: HarmonicIndex): Float64Array[] {
  const grid = sphereGrid(index.lmax + 4, 2 * index.lmax + 8);
  const of = (f: (m: Vec3) => number): Float64Array => {
    const values = new Float64Array(grid.rule.nodes.length * grid.azimuths);
    grid.rule.nodes.forEach((z, q) => {
      const s = Math.sqrt(1 - z * z);
      for (let j = 0; j < grid.azimuths; j++) {
        const angle = (2 * Math.PI * j) / grid.azimuths;
        values[q * grid.azimuths + j] = f([s * Math.cos(angle), s * Math.sin(angle), z]);
      }
    });
    return analyze(index, grid, values);
  };
  return [...[0, 1, 2].map((i) => of((m) => m[i])), ...pairs.map(([i, j]) => of((m) => m[i] * m[j]))];
}

/** The slowest decay of the scheme, −ln μ/h with μ the largest eigenvalue below 1; undefined if it oscillates. */
export function slowestDecay(operator: StepOperator, timeStep: number): number | undefined {
  const { size } = operator.index;
  // constants belong to the eigenvalue 1, so the first coefficient is left out
  const n = size - 1;
  const gap = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) gap[i * n + k] = (i === k ? 1 : 0) - operator.matrix[(i + 1) * size + k + 1];
  const factor = factorDense(gap, n);
  let mode = Float64Array.from({ length: n }, (_, i) => 1 / (1 + i) ** 2);
  let before = 0;
  for (let round = 0; round < 60; round++) {
    const next = Float64Array.from(mode);
    solveDense(factor, next);
    const dot = next.reduce((sum, x, i) => sum + x * mode[i], 0);
    const value = mode.reduce((sum, x) => sum + x * x, 0) / dot;
    const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    mode = next.map((x) => x / length);
    if (Math.abs(value - before) < 1e-9 * Math.abs(value)) return -Math.log1p(-value) / timeStep;
    before = value;
  }
  return undefined;
}

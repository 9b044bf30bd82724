import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { degreeOf, polynomial } from "../expression/polynomial.ts";
import { probes } from "../expression/probes.ts";
import { magnetization } from "../expression/vector.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import {
  analyze,
  harmonicIndex,
  harmonicLabels,
  harmonicsAt,
  reindexed,
  sampleOnGrid,
  sphereGrid,
} from "./harmonics.ts";

/** Relative size below which harmonics of a potential are rounding. */
const negligible = 1e-13;

/**
 * Degree of the spherical-harmonic expansion of a function of mx, my, mz: that of the polynomial, or the degree beyond which all
 * coefficients are below 1e-13 of the largest. Because a feature between the nodes of a grid has no coefficients, the expansion is also
 * compared with the function wherever intervals show that it may bend. Undefined if `limit` is not enough (kinks, steps, poles).
 */
export function expansionDegree(of: Expression, limit: number): number | undefined {
  const terms = polynomial(of);
  if (terms) return degreeOf(terms);
  const evaluate = compileScalar(of, magnetization);
  for (let top = Math.min(24, limit); ; top = Math.min(2 * top, limit)) {
    const degree = resolvedDegree(of, evaluate, top);
    if (degree !== undefined || top >= limit) return degree;
  }
}

/** Relative size of a feature that probes may miss, and of a difference that is not rounding of the expansion. */
const hidden = 1e-4;
const rounding = 1e-9;
/** Most probes times coefficients of a check. */
const mostTerms = 1e7;

function resolvedDegree(
  of: Expression,
  f: (x: number, y: number, z: number) => number,
  top: number,
): number | undefined {
  const grid = sphereGrid(top + 8, 2 * top + 15);
  const index = harmonicIndex(top);
  const values = sampleOnGrid(grid, f);
  if (!values.every(Number.isFinite)) return undefined;
  const coefficients = analyze(index, grid, values);
  const { l } = harmonicLabels(index);
  const power = new Float64Array(top + 1);
  coefficients.forEach((c, i) => {
    power[l[i]] = Math.max(power[l[i]], Math.abs(c));
  });
  const largest = power.slice(1).reduce((a, b) => Math.max(a, b), 0);
  const floor = Math.max(negligible * largest, 4 * Number.EPSILON * power[0]);
  let degree = top;
  while (degree > 0 && power[degree] <= floor) degree--;
  // the last few degrees must be rounding; otherwise aliasing may hide higher ones
  if (degree > top - 4) return undefined;
  const [low, high] = values.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [values[0], values[0]]);
  const size = high - low + rounding * Math.abs(high);
  const small = harmonicIndex(degree);
  const kept = reindexed(index, small, coefficients);
  // places with the narrowest features come first
  return probes(of, hidden * size)
    .slice(0, Math.ceil(mostTerms / small.size))
    .every(({ m }) => Math.abs(dotProduct(harmonicsAt(small, m), kept) - f(...m)) <= rounding * size)
    ? degree
    : undefined;
}

import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { SpreadLaw } from "../physics/spread.ts";

/** A value of one standard variate at which figures are computed. */
export interface SpreadNode {
  readonly x: number;
  /** Mean of `basis` over the law. */
  readonly weight: number;
  /** A function that is 1 at x and 0 at all earlier nodes. */
  basis(x: number): number;
}

/** Nodes that are taken together: symmetric sets of a nested Gauss rule first, then single ones between them. */
export interface SpreadUnit {
  readonly nodes: readonly SpreadNode[];
  readonly parent?: SpreadUnit;
  /** Whether its basis functions are polynomials on the whole range of the law. */
  readonly isWide: boolean;
  children(): readonly SpreadUnit[];
}

/**
 * Nested sets. Normal law: A. Genz and B. D. Keister, J. Comput. Appl. Math. 71 (1996) 299, rules of 1, 3 and 9 points, exact to
 * degree 15. Uniform law: T. N. L. Patterson, Math. Comput. 22 (1968) 847, rules of 1, 3 and 7 points, exact to degree 11.
 */
const normalSets = [[0], [Math.sqrt(3)], [0.741095349994541, 2.8612795760570582, 4.1849560176727323]];
const uniformSets = [[0], [Math.sqrt(0.6)], [0.434243749346803, 0.9604912687080203]];

/** Most zeros of the basis function of a node between two others; they are at the nearest nodes. */
const mostZeros = 8;

const withSigns = (set: readonly number[]): number[] => set.flatMap((x) => (x === 0 ? [0] : [-x, x]));

/** Π (x − zero)/(at − zero). */
function newton(zeros: readonly number[], at: number): (x: number) => number {
  const scale = zeros.reduce((product, zero) => product / (at - zero), 1);
  return (x) => zeros.reduce((product, zero) => product * (x - zero), scale);
}

function meanOf(law: SpreadLaw, f: (x: number) => number, from: number, to: number, pieces: number): number {
  let sum = 0;
  const width = (to - from) / pieces;
  for (let k = 0; k < pieces; k++) {
    const { nodes, weights } = gaussLegendreOn(16, from + k * width, from + (k + 1) * width);
    nodes.forEach((x, i) => {
      sum += weights[i] * law.density(x) * f(x);
    });
  }
  return sum;
}

/** The root of the tree of nodes of a law: its middle. */
export function firstUnit(law: SpreadLaw): SpreadUnit {
  const sets = (law.reach > 1 ? normalSets : uniformSets).map(withSigns);
  const wide = (level: number, parent?: SpreadUnit): SpreadUnit => {
    const before = sets.slice(0, level + 1).flat();
    const unit: SpreadUnit = {
      isWide: true,
      nodes: sets[level].map((x) => {
        const basis = newton(
          before.filter((other) => other !== x),
          x,
        );
        return { x, basis, weight: meanOf(law, basis, -law.reach, law.reach, 16) };
      }),
      ...(parent ? { parent } : {}),
      children: once(() => {
        if (level + 1 < sets.length) return [wide(level + 1, unit)];
        const ends = [-law.reach, ...[...before].sort((a, b) => a - b), law.reach];
        return ends.slice(1).map((end, i) => between(ends[i], end, before, unit));
      }),
    };
    return unit;
  };
  /** The middle of an interval in which no node lies yet. */
  const between = (from: number, to: number, before: readonly number[], parent: SpreadUnit): SpreadUnit => {
    const x = (from + to) / 2;
    const near = [...before].sort((a, b) => Math.abs(a - x) - Math.abs(b - x)).slice(0, mostZeros);
    const inside = newton(near, x);
    const basis = (at: number): number => (at > from && at < to ? inside(at) : 0);
    const unit: SpreadUnit = {
      isWide: false,
      parent,
      nodes: [{ x, basis, weight: meanOf(law, inside, from, to, 1) }],
      children: once(() => [between(from, x, [...before, x], unit), between(x, to, [...before, x], unit)]),
    };
    return unit;
  };
  return wide(0);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

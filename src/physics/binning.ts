import type { Expression } from "../expression/expression.ts";
import { add, and, atan2, floor, lessEqual, max, min, mul, sub } from "../expression/expression.ts";
import { dot, m, vector } from "../expression/vector.ts";

/** Bins of the sphere, in which the ensemble is counted and over which the exact density is integrated. */
export type Binning =
  /** axis·m in [−1, 1]; the axis is a unit vector, edges are evenly spaced. */
  | {
      readonly kind: "projection";
      readonly axis: readonly [number, number, number];
      readonly edges: readonly number[];
    }
  /** φ = atan2(my, mx) in [−π, π], evenly spaced. */
  | { readonly kind: "azimuth"; readonly edges: readonly number[] }
  /** Equal-area map: mz times φ, row-major [mz][φ], both evenly spaced. */
  | { readonly kind: "map"; readonly mz: readonly number[]; readonly phi: readonly number[] }
  /** Any function of m, evenly spaced; values outside the edges are in no bin. */
  | { readonly kind: "expression"; readonly of: Expression; readonly edges: readonly number[] };

/** count + 1 evenly spaced edges. */
export const evenEdges = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, i) => (i === count ? high : low + ((high - low) * i) / count));

export const binCount = (binning: Binning): number =>
  binning.kind === "map" ? (binning.mz.length - 1) * (binning.phi.length - 1) : binning.edges.length - 1;

/** Index of the bin of a value among evenly spaced edges, clamped to the first and last bin. */
function position(value: Expression, edges: readonly number[]): Expression {
  const bins = edges.length - 1;
  const perUnit = bins / (edges[bins] - edges[0]);
  return min(max(floor(mul(perUnit, sub(value, edges[0]))), 0), bins - 1);
}

/** Whether m is in a bin at all; undefined where it always is. */
export function inSomeBin(binning: Binning): Expression | undefined {
  if (binning.kind !== "expression") return undefined;
  const { of, edges } = binning;
  return and(lessEqual(edges[0], of), lessEqual(of, edges[edges.length - 1]));
}

/** The bin of m as an expression with whole-number values 0 … binCount − 1. */
export function binIndex(binning: Binning): Expression {
  const [mx, my, mz] = m;
  switch (binning.kind) {
    case "projection":
      return position(dot(m, vector(...binning.axis)), binning.edges);
    case "azimuth":
      return position(atan2(my, mx), binning.edges);
    case "map": {
      const row = position(mz, binning.mz);
      return add(mul(binning.phi.length - 1, row), position(atan2(my, mx), binning.phi));
    }
    case "expression":
      return position(binning.of, binning.edges);
  }
}

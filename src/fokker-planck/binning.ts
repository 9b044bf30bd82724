import type { Expression } from "../expression/expression.ts";
import type { Vec3 } from "./frame.ts";

/** Bins of a histogram on the sphere. Edges ascend; n+1 edges make n bins. */
export type Binning =
  /** axis·m in [−1, 1], unit axis. */
  | { readonly kind: "projection"; readonly axis: Vec3; readonly edges: readonly number[] }
  /** φ = atan2(my, mx) in (−π, π]. */
  | { readonly kind: "azimuth"; readonly edges: readonly number[] }
  /** Row-major [mz][φ]; equal areas where both edges are evenly spaced. */
  | { readonly kind: "map"; readonly mz: readonly number[]; readonly phi: readonly number[] }
  /** Any function of mx, my, mz. */
  | { readonly kind: "expression"; readonly of: Expression; readonly edges: readonly number[] };

export const binCount = (binning: Binning): number =>
  binning.kind === "map" ? (binning.mz.length - 1) * (binning.phi.length - 1) : binning.edges.length - 1;

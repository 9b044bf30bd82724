import { compileScalar } from "../expression/compile.ts";
import type { InitialDensity } from "./initial.ts";
import { initialWell } from "./initial-well.ts";
import { regionQuadrature } from "./region-quadrature.ts";

/** Rays of the quadrature: the rims of a well and of a hemisphere are smooth. */
const rays = 96;

/** Share of a start in a well at mz > 0: an expansion in harmonics rings at the rim. */
export function startingShare(initial: Extract<InitialDensity, { kind: "well" }>): number {
  const { holds, bottom } = initialWell(initial);
  const energy = compileScalar(initial.energyOverKT, ["mx", "my", "mz"]);
  const lowest = energy(...bottom);
  const weightWhere = (inside: typeof holds): number =>
    regionQuadrature(inside, bottom, 0, rays).reduce(
      (sum, { m, area }) => sum + area * Math.exp(lowest - energy(...m)),
      0,
    );
  return weightWhere((m) => m[2] > 0 && holds(m)) / weightWhere(holds);
}

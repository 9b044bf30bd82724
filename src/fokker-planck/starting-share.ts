import { compileScalar } from "../expression/compile.ts";
import type { InitialDensity } from "./initial.ts";
import { initialWell, wellRegion } from "./initial-well.ts";
import type { Region } from "./region-quadrature.ts";
import { regionAround } from "./region-quadrature.ts";

/** Share of a start in a well at mz > 0: an expansion in harmonics rings at the rim. */
export function startingShare(initial: Extract<InitialDensity, { kind: "well" }>): number {
  const { holds, bottom } = initialWell(initial);
  const energy = compileScalar(initial.energyOverKT, ["mx", "my", "mz"]);
  const lowest = energy(...bottom);
  const weight = (region: Region): number =>
    region.quadrature(0).reduce((sum, { m, area }) => sum + area * Math.exp(lowest - energy(...m)), 0);
  const up = regionAround(bottom, (m) => m[2] > 0 && holds(m));
  return weight(up) / weight(wellRegion(initial));
}

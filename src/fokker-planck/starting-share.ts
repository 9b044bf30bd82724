import type { WellDensity } from "../physics/initial/initial-law.ts";
import { massesOver, wellRegion, wellWithin } from "./initial-well.ts";
import type { QuadratureRegion } from "./region-quadrature.ts";

/** Share of an initial well at mz > 0, by quadrature, because an expansion in harmonics oscillates at the rim. */
export function startingShare(initial: WellDensity): number {
  const weight = (region: QuadratureRegion): number =>
    massesOver(initial, region, 0).reduce((sum, { mass }) => sum + mass, 0);
  const up = wellWithin(initial, { axis: [0, 0, 1], from: 0, to: 2 });
  return weight(up) / weight(wellRegion(initial));
}

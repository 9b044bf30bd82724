import { compileScalar } from "../expression/compile.ts";
import { sampleOnGrid, sphereGrid } from "./harmonics.ts";
import type { InitialDensity } from "./initial.ts";
import { initialWell } from "./initial-well.ts";

/** Points of the quadrature: the rim of a well is a step, and puts about one part in their number on the wrong side. */
const nodes = 120;

/** Share of a start in a well at mz > 0, by a sum of positive terms: an expansion in harmonics rings at the rim. */
export function startingShare(initial: Extract<InitialDensity, { kind: "well" }>): number {
  const { holds } = initialWell(initial);
  const energy = compileScalar(initial.energyOverKT, ["mx", "my", "mz"]);
  const grid = sphereGrid(nodes, 2 * nodes);
  const values = sampleOnGrid(grid, energy);
  // without the summits: what weighs nothing need not be asked where it belongs
  let lowest = Number.POSITIVE_INFINITY;
  let place = 0;
  const inside = sampleOnGrid(grid, (x, y, z) => {
    const value = values[place++];
    if (value > lowest + 40 || !holds([x, y, z])) return 0;
    lowest = Math.min(lowest, value);
    return 1;
  });
  let [up, whole] = [0, 0];
  grid.rule.nodes.forEach((z, q) => {
    for (let j = 0; j < grid.azimuths; j++) {
      const at = q * grid.azimuths + j;
      const weight = inside[at] * grid.rule.weights[q] * Math.exp(lowest - values[at]);
      whole += weight;
      if (z > 0) up += weight;
    }
  });
  return up / whole;
}

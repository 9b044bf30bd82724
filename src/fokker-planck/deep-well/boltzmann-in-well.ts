import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { wellBarriers } from "../../physics/wells/barriers.ts";
import { landscapes } from "../../physics/wells/landscape.ts";
import type { Density } from "../density.ts";
import type { Chart } from "./chart.ts";
import { chartAround } from "./chart.ts";
import { step, wellDensity } from "./well-density.ts";

/** exp(−U) is neglected this many kT above the bottom, and beyond this many widths of the well. */
const deepest = 60;
const farthest = 40;

/** exp(−U) of a landscape with one minimum as a density around it; undefined if there are several minima, or none that is a point. */
export function boltzmannInWell(potential: Expression): { chart: Chart; density: Density } | undefined {
  const [well, ...others] = wellBarriers(landscapes(potential)());
  const chart = others.length === 0 ? chartAround(potential, well.bottom) : undefined;
  if (!chart) return undefined;
  const energy = compileScalar(potential, magnetization);
  const lowest = energy(...chart.direction(0, 0));
  const above = (u: number, v: number): number => energy(...chart.direction(u, v)) - lowest;
  let reach = 12 * step;
  const edge = (): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let s = -reach; s <= reach; s += step)
      least = Math.min(least, above(s, reach), above(s, -reach), above(reach, s), above(-reach, s));
    return least;
  };
  while (edge() < deepest) {
    reach += 4 * step;
    if (reach > farthest) return undefined;
  }
  const height = (u: number, v: number): number => Math.exp(-above(u, v)) * chart.area(u, v);
  return { chart, density: wellDensity({ chart, reach, height }) };
}

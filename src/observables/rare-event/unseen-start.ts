import type { Problem } from "../../experiment/problem.ts";
import { constant } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { averagedPotential } from "../../fokker-planck/averaged-meridian.ts";
import { meridianCells } from "../../fokker-planck/cell-chain.ts";
import type { Frame } from "../../fokker-planck/frame.ts";
import { intoFrame } from "../../fokker-planck/frame.ts";
import type { LogImportance } from "../../fokker-planck/importance.ts";
import { meansOf } from "../../physics/spread.ts";

/** Cells of the meridian. */
const cellCount = 320;

/**
 * Share of an event's probability that comes from starts in a well so high that less than one of all spins is expected at or above
 * them. Splitting copies what is there, and nothing can copy a start that was not drawn: the estimate is unbiased, but almost every run lacks
 * this share, and the islands agree. Over rings about the frame's third axis; 0 where the start is no law of a well.
 */
export function unseenStart(problem: Problem, frame: Frame, logG: LogImportance, spins: number): number {
  const { initial, energyOverKT, spreads } = problem;
  if (energyOverKT === null || !("wellOf" in initial)) return 0;
  const [energy] = substitute([energyOverKT], meansOf(spreads));
  const potential = averagedPotential({ psi: energy, omega: constant(0), diffusion: constant(1) }, frame);
  const { edges, centers } = meridianCells([-1, 1], cellCount);
  const heights = Array.from(centers, (z) => potential(z, 0));
  const [from, to] = slopesAbout(heights, nearest(centers, intoFrame(frame, initial.wellOf)[2]));
  const lowest = Math.min(...heights.slice(from, to + 1));
  const cells = Array.from({ length: to - from + 1 }, (_, k) => {
    const i = from + k;
    const share = (edges[i + 1] - edges[i]) * Math.exp(lowest - heights[i]);
    return { height: heights[i], share, log: Math.log(share) + logG(centers[i]) };
  }).sort((a, b) => b.height - a.height);
  const all = cells.reduce((sum, { share }) => sum + share, 0);
  const highest = Math.max(...cells.map(({ log }) => log));
  let [above, unseen, total] = [0, 0, 0];
  for (const { share, log } of cells) {
    above += share / all;
    const part = Math.exp(log - highest);
    total += part;
    if (above * spins < 1) unseen += part;
  }
  return unseen / total;
}

const nearest = (centers: Float64Array, z: number): number =>
  centers.reduce((best, center, i) => (Math.abs(center - z) < Math.abs(centers[best] - z) ? i : best), 0);

/** The cells about one of them from which everything runs down into the same minimum. */
function slopesAbout(heights: readonly number[], start: number): [number, number] {
  let bottom = start;
  for (const sign of [1, -1]) while (heights[bottom + sign] < heights[bottom]) bottom += sign;
  let [from, to] = [bottom, bottom];
  while (from > 0 && heights[from - 1] >= heights[from]) from--;
  while (to < heights.length - 1 && heights[to + 1] >= heights[to]) to++;
  return [from, to];
}

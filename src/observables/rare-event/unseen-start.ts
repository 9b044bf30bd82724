import type { Problem } from "../../experiment/problem.ts";
import { constant } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { averagedPotential } from "../../fokker-planck/averaged-meridian.ts";
import { meridianCells } from "../../fokker-planck/cell-chain.ts";
import type { Frame } from "../../fokker-planck/frame.ts";
import { intoFrame } from "../../fokker-planck/frame.ts";
import type { LogImportance } from "../../fokker-planck/importance.ts";
import { nearestIndex } from "../../numerics/nearest.ts";
import { meansOf } from "../../physics/spread.ts";
import type { TemperedStart } from "./tempered-start.ts";
import { temperedPart, temperedStart } from "./tempered-start.ts";

/** Cells of the meridian. */
const cellCount = 320;
/** Below this missing share of the probability a start is not tempered. */
const negligible = 1e-3;

/** The start of the spins for an event at the end. */
export interface StartOfEvent {
  /**
   * Share of an event's probability that comes from starts so high in a well that less than one of all spins is
   * expected at or above them. Splitting cannot copy a start that was not drawn. The estimate is unbiased, but almost
   * every run lacks this share, and the islands do not show it.
   */
  readonly unseen: number;
  /** Draws high starts as often as low ones; present if too few would be drawn otherwise. */
  readonly tempered?: TemperedStart;
}

/**
 * The start over rings about the frame's third axis. It is tempered if it lacks a share of the probability, unless its
 * parameters differ from spin to spin. Starts in one direction and uniform starts lack nothing.
 */
export function startOfEvent(
  problem: Problem,
  frame: Frame,
  logG: LogImportance,
  spins: number,
): StartOfEvent {
  const { initial, energyOverKT, spreads } = problem;
  if (energyOverKT === null || !("energyOverKT" in initial)) return { unseen: 0 };
  const [energy] = substitute([initial.energyOverKT], meansOf(spreads));
  const potential = averagedPotential({ psi: energy, omega: constant(0), diffusion: constant(1) }, frame);
  const { edges, centers } = meridianCells([-1, 1], cellCount);
  const all = Array.from(centers, (z) => potential(z, 0));
  const [from, to] =
    "wellOf" in initial
      ? slopesAbout(all, nearestIndex(centers, intoFrame(frame, initial.wellOf)[2]))
      : [0, cellCount - 1];
  const heights = all.slice(from, to + 1);
  const lowest = Math.min(...heights);
  const depth = Math.max(...heights) - lowest;
  const widths = heights.map((_, k) => edges[from + k + 1] - edges[from + k]);
  const logs = heights.map((_, k) => logG(centers[from + k]));
  const sharesOver = (divisor: number): number[] => {
    const parts = heights.map((height, k) => widths[k] * Math.exp((lowest - height) / divisor));
    const sum = parts.reduce((a, b) => a + b, 0);
    return parts.map((part) => part / sum);
  };
  const law = sharesOver(1);
  const unseen = unseenOf(heights, law, law, logs, spins);
  if (unseen < negligible || spreads.length > 0 || depth <= 1) return { unseen };
  const tempered = temperedStart(initial, depth);
  if (!tempered) return { unseen };
  const warm = sharesOver(depth);
  const drawn = law.map((share, k) => (1 - temperedPart) * share + temperedPart * warm[k]);
  return { tempered, unseen: unseenOf(heights, law, drawn, logs, spins) };
}

/** The share of Σ law · G in cells so high that less than one spin is expected at or above them. */
function unseenOf(
  heights: readonly number[],
  law: readonly number[],
  drawn: readonly number[],
  logs: readonly number[],
  spins: number,
): number {
  const parts = law.map((share, k) => Math.log(share) + logs[k]);
  const highest = Math.max(...parts);
  const order = heights.map((_, k) => k).sort((a, b) => heights[b] - heights[a]);
  let [above, unseen, total] = [0, 0, 0];
  for (const k of order) {
    above += drawn[k];
    const part = Math.exp(parts[k] - highest);
    total += part;
    if (above * spins < 1) unseen += part;
  }
  return unseen / total;
}

/** The cells of the well around a given cell: from all of them descent ends in the same minimum. */
function slopesAbout(heights: readonly number[], start: number): [number, number] {
  let bottom = start;
  for (const sign of [1, -1]) while (heights[bottom + sign] < heights[bottom]) bottom += sign;
  let [from, to] = [bottom, bottom];
  while (from > 0 && heights[from - 1] >= heights[from]) from--;
  while (to < heights.length - 1 && heights[to + 1] >= heights[to]) to++;
  return [from, to];
}

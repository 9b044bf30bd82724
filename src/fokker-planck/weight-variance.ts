import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { averagedPotential } from "./averaged-meridian.ts";
import type { CellChain } from "./cell-chain.ts";
import { evolveChain, expectedLater, fittedRates, meridianCells } from "./cell-chain.ts";
import type { Frame } from "./frame.ts";
import { importanceOfEvent } from "./importance.ts";

/** Cells of a meridian; few, because the result affects no figure. */
const cellCount = 160;
/** Shares of the run at which weights are predicted. */
const probes = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Relative variance of the weights that spins gain in intervals of the given lengths, the longest first, if the probability of an event
 * at `end` guides them; summed over five times of the run, for a motion averaged over rings about the frame's third axis. `starts` are
 * heights of spins at the start. If spins wait in a well and then climb within a short time, a few of them gain most of the weight, and
 * the variance grows faster than the interval.
 */
export function weightVariances(
  dynamics: Dynamics,
  frame: Frame,
  event: Expression,
  end: number,
  starts: Float64Array,
  intervals: readonly number[],
): number[] {
  const cells = meridianCells([-1, 1], cellCount);
  const potential = averagedPotential(dynamics, frame);
  const diffusion = compileScalar(dynamics.diffusion, ["t"]);
  const [longest] = intervals;
  const chainAt = (t: number): CellChain => fittedRates(cells, (z) => potential(z, t), diffusion(t));
  const times = probes.map((share) => share * (end - longest));
  const later = times.map((t) => t + longest);
  const potentials = importanceOfEvent(dynamics, frame, event, later, end);
  let p = new Float64Array(cellCount);
  for (const z of starts)
    p[
      Math.min(cellCount - 1, Math.floor((Math.acos(Math.max(-1, Math.min(1, -z))) * cellCount) / Math.PI))
    ]++;
  const sums = intervals.map(() => 0);
  let now = 0;
  for (const [k, t] of times.entries()) {
    p = Float64Array.from(evolveChain(chainAt((now + t) / 2), p, t - now));
    now = t;
    const chain = chainAt(t + longest / 2);
    const logs = cells.centers.map(potentials[k]);
    const highest = Math.max(...logs);
    const last = logs.map((log) => Math.exp(log - highest));
    const first = expectedLater(chain, last, longest);
    const led = p.map((share, i) => share * first[i]);
    const all = led.reduce((sum, x) => sum + x, 0);
    for (const [j, interval] of intervals.entries()) {
      const next = interval < longest ? expectedLater(chain, last, longest - interval) : last;
      // the interval at whose end `next` weighs the spins
      const here = expectedLater(chain, next, interval);
      const squares = expectedLater(
        chain,
        next.map((x) => x * x),
        interval,
      );
      led.forEach((share, i) => {
        if (share > 0 && here[i] > 0) sums[j] += (share / all) * Math.max(0, squares[i] / here[i] ** 2 - 1);
      });
    }
  }
  return sums;
}

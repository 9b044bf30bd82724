import type { Dwell } from "./dwell-figures.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

/** How long the two levels of a telegraph signal last on average. */
export interface TelegraphTimes {
  readonly up: number;
  readonly down: number;
}

/**
 * Two states with rates r_up, r_down of leaving have λ₁ = r_up + r_down and weights that balance: the level with weight p lasts
 * 1/(λ₁(1−p)). This is what the corner of a telegraph spectrum, λ₁/2π, tells; a dwell between two thresholds ends with every
 * crossing of both, ringing over the barrier and back included, and is shorter.
 */
export function telegraphTimes(
  { occupationUp }: Pick<Dwell, "occupationUp">,
  slowestRate: Exact<number>,
): Exact<TelegraphTimes> {
  if (slowestRate.value === null) return slowestRate;
  if (!(occupationUp > 0 && occupationUp < 1)) return outOfReach("the spins are always on one side");
  return exactly({
    up: 1 / (slowestRate.value * (1 - occupationUp)),
    down: 1 / (slowestRate.value * occupationUp),
  });
}

/** Ratio of the two times above which the text names them separately. */
const worthSaying = 1.2;

/** A sentence where a dwell is not what a telegraph signal shows. */
export function ringingNote(
  { up }: Pick<Dwell, "up">,
  telegraph: TelegraphTimes,
): { readonly note?: string } {
  const ratio = telegraph.up / up.mean;
  if (ratio < worthSaying) return {};
  return {
    note:
      `A dwell between the thresholds ends at every crossing of both, and a spin that has crossed rings back and forth before it ` +
      `settles: a level of the telegraph signal, from the slowest rate and the stationary weights, lasts ` +
      `${ratio.toPrecision(3)} times as long as the mean dwell.`,
  };
}

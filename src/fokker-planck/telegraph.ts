import type { Dwell, DwellParts } from "./dwell-figures.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

/** Largest relative error of a share of time; with a larger one the times are refused. */
const largestError = 2e-3;

/** Mean durations of the two levels of a telegraph signal. */
export interface TelegraphTimes {
  readonly up: number;
  readonly down: number;
}

/**
 * Two states with escape rates r_up, r_down have λ₁ = r_up + r_down and weights that balance: the level with weight p lasts
 * 1/(λ₁(1−p)). These are the times that the corner of a telegraph spectrum, λ₁/2π, gives. A dwell between two thresholds ends with every
 * crossing of both, including ringing over the barrier and back, and is shorter.
 */
export function telegraphTimes(
  { parts: { up, down } }: { readonly parts: Pick<DwellParts, "up" | "down"> },
  slowestRate: Exact<number>,
): Exact<TelegraphTimes> {
  if (slowestRate.value === null) return slowestRate;
  const [lesser, side] = up.value < down.value ? [up, "up"] : [down, "down"];
  if (!(lesser.value > 0)) return outOfReach("the spins are always on one side");
  if (lesser.error > largestError * lesser.value)
    return outOfReach(
      `a share of ${lesser.value.toExponential(1)} of the time is spent ${side}, with an error of ${lesser.error.toExponential(1)}`,
    );
  return exactly({
    up: 1 / (slowestRate.value * down.value),
    down: 1 / (slowestRate.value * up.value),
  });
}

/** Ratio of the two times above which the text names them separately. */
const worthSaying = 1.2;

/** A sentence if dwells and the levels of a telegraph signal have different durations. */
export function ringingNote(
  { up, down }: Pick<Dwell, "up" | "down">,
  telegraph: TelegraphTimes,
): { readonly note?: string } {
  // the two ratios are equal
  const ratio = up.value !== null ? telegraph.up / up.value : telegraph.down / (down.value ?? telegraph.down);
  if (ratio < worthSaying) return {};
  return {
    note:
      `A dwell between the thresholds ends at every crossing of both, and a spin that has crossed rings back and forth before it ` +
      `settles: a level of the telegraph signal, from the slowest rate and the stationary weights, lasts ` +
      `${ratio.toPrecision(3)} times as long as the mean dwell.`,
  };
}

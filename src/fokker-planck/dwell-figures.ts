import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

/** A number with its error. */
export interface Uncertain {
  readonly value: number;
  readonly error: number;
}

/** Changes from down to up per unit of time (its error is relative), and the shares of time on either side (absolute errors). */
export interface DwellParts {
  readonly rate: Uncertain;
  readonly up: Uncertain;
  readonly down: Uncertain;
}

/** Dwell times of a two-threshold trace in the stationary state. */
export interface Dwell {
  /** Mean dwells; `errorEstimate` is relative. Each may be refused separately. */
  readonly up: Exact<number>;
  readonly down: Exact<number>;
  readonly occupationUp: number;
  /** The figures from which the means follow. */
  readonly parts: DwellParts;
  /** The largest of all: relative of times and rate, absolute of the occupation. */
  readonly errorEstimate: number;
}

/** Largest relative error of a mean: 0.1 % of the rate and 0.1 % of a share. */
const largestError = 2e-3;

/**
 * Every up dwell is followed by a down dwell: so both means follow from one rate. The mean of a side is refused if its share of time is
 * too small to be known.
 */
export function dwellFrom(parts: DwellParts): Dwell {
  const { rate } = parts;
  const meanOf = (side: "up" | "down"): Exact<number> => {
    const { value, error } = parts[side];
    const relative = rate.error + error / value;
    return value > 0 && relative <= largestError
      ? exactly(value / rate.value, relative)
      : outOfReach(
          `mean dwell ${side}: a share of ${value.toExponential(1)} of the time is spent there, with an error of ${error.toExponential(1)}`,
        );
  };
  const [up, down] = [meanOf("up"), meanOf("down")];
  return {
    up,
    down,
    occupationUp: parts.up.value,
    parts,
    errorEstimate: Math.max(...[rate.error, parts.up.error, up.errorEstimate ?? 0, down.errorEstimate ?? 0]),
  };
}

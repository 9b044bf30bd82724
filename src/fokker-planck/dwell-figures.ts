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

/** What a two-threshold trace shows in the stationary state. */
export interface Dwell {
  /** Mean dwells; `errorEstimate` is relative. What one side lacks takes nothing from the other. */
  readonly up: Exact<number>;
  readonly down: Exact<number>;
  readonly occupationUp: number;
  /** What the means are of. */
  readonly parts: DwellParts;
  /** The largest of all: relative of times and rate, absolute of the occupation. */
  readonly errorEstimate: number;
}

/** The rate and a share may err by a thousandth each. */
const largestError = 2e-3;

/** Every up dwell is followed by a down dwell: both means from one rate. A side that holds too little of the time to be known has none. */
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

import type { Tally } from "../../ensemble/kernel.ts";
import { settling } from "../../experiment/settling.ts";
import type { Expression } from "../../expression/expression.ts";
import { floor, log, max, min, mul, square } from "../../expression/expression.ts";

/** Logarithmic bins of dwell times: from one step to the whole run. */
export const dwellBins = 96;

/** The step at which counting begins. */
export const beginOf = (steps: number): number => Math.ceil(settling * steps);

/** The registers of a label and of the sums under it. */
export const labelNames = ["label", "since", "upSteps", "downSteps", "upExits", "downExits"] as const;

/** Times and exits of a spin under both labels. */
interface Totals {
  readonly upSteps: Expression;
  readonly upExits: Expression;
  readonly downSteps: Expression;
  readonly downExits: Expression;
}

/** Sums over spins: means, and squares and products for the errors. */
export function tallies({ upSteps, upExits, downSteps, downExits }: Totals, steps: number): Tally[] {
  // Whole numbers up to 2^24 are summed exactly; products are needed for error bars only and may be coarser. Exits are
  // clamped at 4096 a spin there.
  const powerOfTwo = (x: number): number => 2 ** Math.ceil(Math.log2(x));
  const exact = 2 ** 24;
  const total = (value: Expression, high: number): Tally => ({ kind: "sum", value, low: 0, high });
  const time = powerOfTwo(Math.max(steps, 2));
  return [
    ...[upSteps, upExits, downSteps, downExits].map((x) => total(x, exact)),
    total(square(upSteps), Math.max(time * time, exact)),
    total(mul(upSteps, upExits), Math.max(time * 4096, exact)),
    total(square(upExits), exact),
    total(square(downSteps), Math.max(time * time, exact)),
    total(mul(downSteps, downExits), Math.max(time * 4096, exact)),
    total(square(downExits), exact),
    total(mul(upSteps, downSteps), Math.max(time * time, exact)),
  ];
}

/** The bin of a dwell with that many steps. */
export function binOf(dwelt: Expression, steps: number): Expression {
  const binsPerUnit = dwellBins / Math.log(Math.max(steps, 2));
  return max(0, min(floor(mul(binsPerUnit, log(max(dwelt, 1)))), dwellBins - 1));
}

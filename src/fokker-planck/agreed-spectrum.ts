import type { Complex } from "../linear-algebra/hessenberg.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { relativeDifference } from "./slow-mode.ts";
import { decaying, slowestModes } from "./spectrum-of-generator.ts";

/** Number of resolutions that are kept for comparing the faster modes. */
export const comparedModes = 3;
/** Two resolutions agree on a mode if they differ by less than this. */
const largestDifference = 1e-3;
/** If two resolutions agree this well on the faster modes, no finer one computes them. */
const enoughForModes = 1e-5;

/**
 * The zero mode and the modes on which two resolutions agree, up to the first disagreement; taken from the coarsest two that agree well.
 */
export function agreedSpectrum(
  resolutions: readonly ResolutionAnswer[],
  count: number,
  time: number,
  tolerance: number,
): Exact<Complex[]> {
  const modes = resolutions.map(({ generator }) => {
    let found: Complex[] | undefined;
    return (): Complex[] =>
      (found ??= decaying(
        slowestModes(generator.operatorAt(time), harmonicOrdering(generator), Math.max(1, count - 1)).map(
          ({ rate }) => rate,
        ),
      ));
  });
  const slowest = resolutions[resolutions.length - 1].mode.rate;
  const own = relativeDifference(slowest, resolutions[resolutions.length - 2].mode.rate);
  let best: Exact<Complex[]> = exactly([{ re: 0, im: 0 }], own);
  for (let i = 1; i < resolutions.length; i++) {
    const [a, b] = [modes[i](), modes[i - 1]()];
    const agreed: Complex[] = [{ re: 0, im: 0 }];
    let error = own;
    for (const rate of a) {
      if (agreed.length >= count) break;
      // the slowest rate is the one already found: at a high barrier the matrix itself does not resolve it
      if (agreed.length === 1 && rate.im === 0 && slowest.im === 0) agreed.push(slowest);
      else {
        const apart = Math.min(...b.map((other) => relativeDifference(rate, other)));
        if (!(apart <= Math.max(largestDifference, tolerance))) break;
        error = Math.max(error, apart);
        agreed.push(rate);
      }
    }
    best = exactly(agreed, error);
    if (agreed.length >= count && error <= Math.max(enoughForModes, tolerance)) break;
  }
  return best;
}

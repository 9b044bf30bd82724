import type { Complex } from "../linear-algebra/hessenberg.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { relativeDifference } from "./slow-mode.ts";
import { decaying, slowestModes } from "./spectrum-of-generator.ts";

/** Number of resolutions that are kept for comparing the faster modes. */
export const comparedModes = 3;
/** Two resolutions agree on a mode if they differ by less than this. */
const largestDifference = 1e-3;
/** If two resolutions agree this well on the faster modes, no finer one computes them. */
const enoughForModes = 1e-5;

/** Modes of two resolutions up to the first on which they disagree, the zero mode first, with their largest difference. */
function agreedModes(
  fine: readonly Complex[],
  coarse: readonly Complex[],
  slowest: Complex,
  own: number,
  count: number,
  tolerance: number,
): Exact<Complex[]> {
  const agreed: Complex[] = [{ re: 0, im: 0 }];
  let error = own;
  for (const rate of fine) {
    if (agreed.length >= count) break;
    // the slowest rate is the one already found: at a high barrier the matrix itself does not resolve it
    if (agreed.length === 1 && rate.im === 0 && slowest.im === 0) agreed.push(slowest);
    else {
      const apart = Math.min(...coarse.map((other) => relativeDifference(rate, other)));
      if (!(apart <= Math.max(largestDifference, tolerance))) break;
      error = Math.max(error, apart);
      agreed.push(rate);
    }
  }
  return exactly(agreed, error);
}

/**
 * The zero mode and the modes on which two resolutions agree, up to the first disagreement; taken from the coarsest two that agree well.
 */
export function agreedSpectrum(
  resolutions: readonly ResolutionAnswer[],
  count: number,
  time: number,
  tolerance: number,
): Exact<Complex[]> {
  const modesOf = ({ generator }: ResolutionAnswer): Complex[] =>
    decaying(
      slowestModes(generator.operatorAt(time), harmonicOrdering(generator), Math.max(1, count - 1)).map(
        ({ rate }) => rate,
      ),
    );
  const last = resolutions.length - 1;
  const slowest = resolutions[last].mode.rate;
  const own = relativeDifference(slowest, resolutions[last - 1].mode.rate);
  return refineUntilTwoAgree<number, Complex[], Complex[]>({
    first: 0,
    solve: (index) => exactly(modesOf(resolutions[index])),
    finer: (index) => (index < last ? index + 1 : undefined),
    compare({ coarse, fine }) {
      const found = agreedModes(fine, coarse, slowest, own, count, tolerance);
      const { value, errorEstimate = 0 } = found;
      const isEnough = value?.length === count && errorEstimate <= Math.max(enoughForModes, tolerance);
      return isEnough ? { enough: found } : { useful: () => found };
    },
    unresolved: () => "two resolutions agree on no mode",
  });
}

import { BandedLeastSquares } from "./banded-least-squares.ts";
import type { Blocks, MeanBlocks } from "./blocks.ts";

/** A smooth function of time: cubic B-splines on even knots, for each stretch by itself. */
export interface SmoothDrift {
  readonly pieces: readonly {
    readonly start: number;
    readonly knotSpacing: number;
    readonly coefficients: Float64Array;
  }[];
}

/** The four cubic B-splines that reach a place u (0 to 1) between two knots. C. de Boor, A Practical Guide to Splines. */
function splinesAt(u: number): Float64Array {
  const v = 1 - u;
  return Float64Array.of(
    v ** 3 / 6,
    (3 * u ** 3 - 6 * u ** 2 + 4) / 6,
    (3 * v ** 3 - 6 * v ** 2 + 4) / 6,
    u ** 3 / 6,
  );
}

/** The interval of a time and the place in it. */
function placeIn(start: number, knotSpacing: number, intervals: number, time: number): [number, number] {
  const x = (time - start) / knotSpacing;
  const interval = Math.min(intervals - 1, Math.max(0, Math.floor(x)));
  return [interval, x - interval];
}

/** The least-squares spline through the means, with knots about `scale` (s) apart. */
export function fitDrift(blocks: Blocks, scale: number): SmoothDrift {
  const fitPiece = ({ start, means }: MeanBlocks): SmoothDrift["pieces"][number] => {
    const length = means.length * blocks.spacing;
    const intervals = Math.max(1, Math.round(length / scale));
    const knotSpacing = length / intervals;
    const fit = new BandedLeastSquares(intervals + 3, 4);
    means.forEach((value, i) => {
      const [interval, u] = placeIn(0, knotSpacing, intervals, i * blocks.spacing);
      fit.add(interval, splinesAt(u), value);
    });
    return { start, knotSpacing, coefficients: fit.solve() };
  };
  return { pieces: blocks.pieces.map(fitPiece) };
}

/** Its value in a stretch at a time from the start of the file (s). */
export function driftAt({ pieces }: SmoothDrift, piece: number, time: number): number {
  const { start, knotSpacing, coefficients } = pieces[piece];
  const [interval, u] = placeIn(start, knotSpacing, coefficients.length - 3, time);
  return splinesAt(u).reduce((sum, weight, k) => sum + weight * coefficients[interval + k], 0);
}

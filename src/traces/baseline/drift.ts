import { BandedLeastSquares } from "./banded-least-squares.ts";
import type { Blocks, MeanBlocks } from "./blocks.ts";
import { type EvenKnots, evenKnots, placeIn } from "./even-knots.ts";

/** A smooth function of time: cubic B-splines on equidistant knots, for each stretch by itself. */
export interface SmoothDrift {
  readonly pieces: readonly (EvenKnots & { readonly coefficients: Float64Array })[];
}

/**
 * Values of the four cubic B-splines that are not zero at a place u (0 to 1) between two knots. C. de Boor, A Practical
 * Guide to Splines.
 */
function splinesAt(u: number): Float64Array {
  const v = 1 - u;
  return Float64Array.of(
    v ** 3 / 6,
    (3 * u ** 3 - 6 * u ** 2 + 4) / 6,
    (3 * v ** 3 - 6 * v ** 2 + 4) / 6,
    u ** 3 / 6,
  );
}

/** The least-squares spline through the means, with knots about `scale` (s) apart. */
export function fitDrift(blocks: Blocks, scale: number): SmoothDrift {
  const fitPiece = (piece: MeanBlocks): SmoothDrift["pieces"][number] => {
    const knots = evenKnots(piece, blocks, scale);
    const fit = new BandedLeastSquares(knots.intervals + 3, 4);
    piece.means.forEach((value, i) => {
      const [interval, u] = placeIn(knots, piece.start + i * blocks.spacing);
      fit.add(interval, splinesAt(u), value);
    });
    return { ...knots, coefficients: fit.solve() };
  };
  return { pieces: blocks.pieces.map(fitPiece) };
}

/** Its value in a stretch at a time from the start of the file (s). */
export function driftAt({ pieces }: SmoothDrift, piece: number, time: number): number {
  const [interval, u] = placeIn(pieces[piece], time);
  const { coefficients } = pieces[piece];
  return splinesAt(u).reduce((sum, weight, k) => sum + weight * coefficients[interval + k], 0);
}

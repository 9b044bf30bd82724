import { TraceError } from "../trace-error.ts";
import { BandedLeastSquares } from "./banded-least-squares.ts";
import type { Blocks } from "./blocks.ts";
import { type EvenKnots, evenKnots, placeIn } from "./even-knots.ts";

/**
 * The line of the mains and its harmonics: Σ_j a_j(t) cos(2πjft) + b_j(t) sin(2πjft) with amplitudes that are linear
 * between knots, so that frequency and amplitude may vary slowly.
 */
export interface Hum {
  /** Hz */
  readonly frequency: number;
  readonly harmonics: number;
  readonly pieces: readonly (EvenKnots & {
    /** [knot][harmonic][cosine, sine] */
    readonly coefficients: Float64Array;
  })[];
}

/** Number of periods between two knots of the amplitudes: the mains frequency changes little within them. */
const periodsPerKnot = 50;
const leastPeriods = 4;
/** Number of harmonics that are removed, if the trace resolves them. */
export const mostHarmonics = 5;

/** The mean of cos over a block relative to its value at the centre. */
const shortened = (angle: number): number => (angle === 0 ? 1 : Math.sin(angle) / angle);

/** The line nearest `near` (Hz) in the means. Throws TraceError where a stretch holds too few periods. */
export function fitHum(blocks: Blocks, near: number, harmonics: number): Hum {
  for (const { means } of blocks.pieces) {
    const length = means.length * blocks.spacing;
    if (length * near < leastPeriods)
      throw new TraceError(
        `a stretch of ${length.toPrecision(3)} s holds fewer than ${leastPeriods} periods of ${near} Hz: so slow a line is part of the drift (drift, in s)`,
      );
  }
  // the change of phase from knot to knot gives the frequency
  let hum = fitAt(blocks, near, harmonics);
  for (let round = 0; round < 3; round++) hum = fitAt(blocks, hum.frequency + turning(hum), harmonics);
  return hum;
}

function fitAt(blocks: Blocks, frequency: number, harmonics: number): Hum {
  const perKnot = 2 * harmonics;
  const block = Math.PI * frequency * blocks.spacing;
  const basis = new Float64Array(2 * perKnot);
  return {
    frequency,
    harmonics,
    pieces: blocks.pieces.map((piece) => {
      const knots = evenKnots(piece, blocks, periodsPerKnot / frequency);
      const fit = new BandedLeastSquares((knots.intervals + 1) * perKnot, 2 * perKnot);
      piece.means.forEach((value, i) => {
        const time = piece.start + i * blocks.spacing;
        const [knot, u] = placeIn(knots, time);
        waves(time, frequency, harmonics, (j, cosine, sine) => {
          const factor = shortened(block * (j + 1));
          for (const [side, weight] of [1 - u, u].entries()) {
            basis[side * perKnot + 2 * j] = weight * factor * cosine;
            basis[side * perKnot + 2 * j + 1] = weight * factor * sine;
          }
        });
        fit.add(knot * perKnot, basis, value);
      });
      return { ...knots, coefficients: fit.solve() };
    }),
  };
}

function waves(
  time: number,
  frequency: number,
  harmonics: number,
  take: (j: number, cosine: number, sine: number) => void,
): void {
  for (let j = 0; j < harmonics; j++) {
    const angle = 2 * Math.PI * (((j + 1) * frequency * time) % 1);
    take(j, Math.cos(angle), Math.sin(angle));
  }
}

/** Frequency of the line minus `frequency` (Hz), from the phases of the fundamental weighted by its power. */
function turning({ pieces, harmonics }: Hum): number {
  let [real, imaginary, spacing, knots] = [0, 0, 0, 0];
  for (const { coefficients, knotSpacing } of pieces) {
    const perKnot = 2 * harmonics;
    for (let k = 0; k + 2 * perKnot <= coefficients.length; k += perKnot) {
      // the phase of the fundamental changes least and is never ambiguous
      const [a, b, c, d] = [0, 1, perKnot, perKnot + 1].map((i) => coefficients[k + i]);
      // a cos ωt + b sin ωt is the real part of (a − ib)exp(iωt)
      real += a * c + b * d;
      imaginary += b * c - a * d;
      spacing += knotSpacing;
      knots++;
    }
  }
  return knots === 0 ? 0 : Math.atan2(imaginary, real) / (2 * Math.PI * (spacing / knots));
}

/** Its value in a stretch at a time from the start of the file (s). */
export function humAt({ frequency, harmonics, pieces }: Hum, piece: number, time: number): number {
  const [knot, u] = placeIn(pieces[piece], time);
  const { coefficients } = pieces[piece];
  const perKnot = 2 * harmonics;
  let sum = 0;
  waves(time, frequency, harmonics, (j, cosine, sine) => {
    const at = knot * perKnot + 2 * j;
    sum += ((1 - u) * coefficients[at] + u * coefficients[at + perKnot]) * cosine;
    sum += ((1 - u) * coefficients[at + 1] + u * coefficients[at + perKnot + 1]) * sine;
  });
  return sum;
}

/** Root mean square amplitude of each harmonic over the trace. */
export const humAmplitudes = ({ harmonics, pieces }: Hum): number[] =>
  Array.from({ length: harmonics }, (_, j) => {
    const squares = pieces.flatMap(({ coefficients }) =>
      Array.from({ length: coefficients.length / (2 * harmonics) }, (_, k) => {
        const at = 2 * (k * harmonics + j);
        return coefficients[at] ** 2 + coefficients[at + 1] ** 2;
      }),
    );
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  });

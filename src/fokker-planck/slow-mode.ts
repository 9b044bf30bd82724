import type { Complex } from "../linear-algebra/hessenberg.ts";
import type { InstantaneousOperator, SectorOperator } from "./instantaneous-operator.ts";

/** The slowest mode at one resolution; its vectors, over all unknowns, are the first guess of a finer resolution. */
export interface SlowMode {
  /** Eigenvalue of −F; 0 if no mode was found. */
  readonly rate: Complex;
  /** Relative change of the rate by rounding. */
  readonly rounding: number;
  /** Density of the mode, plus those of modes in other sectors that are only slightly faster. */
  readonly right: Float64Array;
  /** Left eigenvector, zero outside the mode's sector; absent if the rate is complex. */
  readonly left?: Float64Array | undefined;
}

/** The first mode of another sector may be the slowest at the next resolution if it is at most this many times as fast. */
const rivals = 10;
/** If the rate has changed by more than this share, all sectors are searched. */
const settled = 0.1;

/** |a − b| relative to |a|, up to the signs of the imaginary parts. */
export const relativeDifference = (a: Complex, b: Complex): number =>
  Math.hypot(a.re - b.re, Math.abs(a.im) - Math.abs(b.im)) / Math.hypot(a.re, a.im);

const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);

/** The slowest mode, searched first in the sectors in which a coarser resolution (`near`, with vectors in this one's unknowns) has it. */
export function slowMode({ sectors, forward }: InstantaneousOperator, near?: SlowMode): SlowMode {
  const first = (part: SectorOperator) => {
    const [pair] = part.eigenpairs(1, near && { near: part.gather(near.right) });
    if (!pair) return [];
    const square = pair.value.re ** 2 + pair.value.im ** 2;
    const rate = { re: -pair.value.re / square, im: pair.value.im / square };
    return [{ part, rate, right: pair.re }];
  };
  const likely = near && sectors.filter((part) => part.gather(near.right).some((x) => x !== 0));
  const byModulus = (parts: readonly SectorOperator[]) =>
    parts.flatMap(first).sort((a, b) => modulus(a.rate) - modulus(b.rate));
  let found = byModulus(likely?.length ? likely : sectors);
  if (near && found.length > 0 && !(relativeDifference(found[0].rate, near.rate) < settled))
    found = byModulus(sectors);
  const right = new Float64Array(forward.rows);
  if (found.length === 0) return { rate: { re: 0, im: 0 }, rounding: Number.POSITIVE_INFINITY, right };
  const [{ part, rate, right: own }] = found;
  for (const rival of found)
    if (modulus(rival.rate) <= rivals * modulus(rate))
      rival.part.sector.unknowns.forEach((unknown, i) => {
        right[unknown] = rival.right[i];
      });
  if (rate.im !== 0) return { rate, rounding: 0, right };
  const [leftPair] = part.eigenpairs(1, {
    left: true,
    near: near?.left && part.gather(near.left),
  });
  if (leftPair?.value.im !== 0) return { rate, rounding: Number.POSITIVE_INFINITY, right };
  return {
    rate,
    rounding: roundingOf(part, own, leftPair.re, rate.re),
    right,
    left: part.scatter(leftPair.re),
  };
}

/**
 * Change of a rate if every entry of the operator changes in its last digit: |w|·|F|·|v| over w·v. It is far below the rounding of the
 * largest entries, because these belong to harmonics with almost no weight in the mode.
 */
function roundingOf({ matrix }: SectorOperator, v: Float64Array, w: Float64Array, rate: number): number {
  const { starts, indices, values } = matrix;
  let [changed, overlap, vv, ww] = [0, 0, 0, 0];
  for (let i = 0; i < matrix.rows; i++) {
    let row = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) row += Math.abs(values[k] * v[indices[k]]);
    changed += Math.abs(w[i]) * row;
    overlap += w[i] * v[i];
    vv += v[i] ** 2;
    ww += w[i] ** 2;
  }
  const sum = changed / Math.abs(rate) + Math.sqrt(vv * ww);
  return (digits * Number.EPSILON * sum) / Math.abs(overlap);
}

/** Error of an entry after an elimination, in roundings. */
const digits = 8;

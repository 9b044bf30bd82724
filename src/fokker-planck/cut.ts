import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels } from "./harmonics.ts";

/** Which harmonics are kept: orders m ≤ mmax, degrees l ≤ min(lmax, m + height). */
export type Cut = Pick<HarmonicIndex, "lmax" | "mmax" | "height">;

/** All harmonics up to one degree: the cut that rotations do not change. */
export const triangle = (lmax: number): Cut => ({ lmax, mmax: lmax, height: lmax });

/** The same number of degrees for every order: for densities that vary along z much more than around it. */
export const rectangle = (height: number, mmax: number): Cut => ({ lmax: height + mmax, mmax, height });

export const indexOf = ({ lmax, mmax, height }: Cut): HarmonicIndex => harmonicIndex(lmax, mmax, height);

export const sizeOf = (cut: Cut): number => indexOf(cut).size;

export const shownCut = (cut: Cut): string =>
  isTriangle(cut) ? `degree ${cut.lmax}` : `degrees m to m + ${cut.height} of orders to ${cut.mmax}`;

export const comparedCuts = (fine: Cut, coarse: Cut): string =>
  `${shownCut(fine)} against ${isTriangle(fine) && isTriangle(coarse) ? coarse.lmax : shownCut(coarse)}`;

export const isTriangle = ({ lmax, mmax }: Cut): boolean => mmax === lmax;

/** Smallest share of orders in a rectangle's degrees. A finer cut needs more of both, or the comparison would not show what both lack. */
const leastOrders = 1 / 8;

/** The cut of the same shape with another highest degree. */
export function reshaped(cut: Cut, lmax: number): Cut {
  if (isTriangle(cut)) return triangle(lmax);
  const mmax = Math.max(Math.ceil(leastOrders * lmax), Math.round((cut.mmax * lmax) / cut.lmax));
  return rectangle(lmax - mmax, mmax);
}

/** A part of a mode below this share does not affect its rate. */
const negligible = 1e-12;
/** Largest factor by which an unresolved mode is continued beyond its cut. */
const farthest = 1.6;
/** Fewest orders of a rectangle, independent of the slow mode: second moments need orders up to 2. */
const fewestOrders = 6;

/**
 * The rectangle that a slow mode needs, from its right and left eigenvector: their product decreases geometrically in m and in l − m; if
 * it has not decreased far enough at the cut, it is continued.
 */
export function rectangleFor(index: HarmonicIndex, right: Float64Array, left: Float64Array): Cut {
  const { l, m } = harmonicLabels(index);
  const around = new Float64Array(index.mmax + 1);
  const along = new Float64Array(index.height + 1);
  let whole = 0;
  for (let i = 0; i < right.length; i++) {
    const product = right[i] * left[i];
    whole += product;
    around[m[i]] = Math.max(around[m[i]], Math.abs(product));
    along[l[i] - m[i]] = Math.max(along[l[i] - m[i]], Math.abs(product));
  }
  const floor = negligible * Math.abs(whole);
  return rectangle(reach(along, floor), Math.max(fewestOrders, reach(around, floor)));
}

/** The place at which a decreasing profile falls below a floor. */
function reach(profile: Float64Array, floor: number): number {
  const last = profile.length - 1;
  const envelope = profile.slice();
  for (let k = last - 1; k >= 0; k--) envelope[k] = Math.max(envelope[k], envelope[k + 1]);
  const within = envelope.findIndex((x) => x < floor);
  if (within >= 0) return within;
  const [near, far] = [Math.floor(0.6 * last), Math.floor(0.9 * last)];
  const slope = Math.log(envelope[near] / envelope[far]) / (far - near);
  const needed = slope > 0 ? far + Math.log(envelope[far] / floor) / slope : Number.POSITIVE_INFINITY;
  return Math.ceil(Math.min(needed, farthest * last));
}

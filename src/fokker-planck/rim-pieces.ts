/** Number of pieces of the circle at first. */
const first = 4;
/** Fourth differences below this are errors of a rim found by halving. */
const noise = 1e-8;
/** Fourth difference up to which a smooth function is followed by the nodes of one piece. */
const followed = 3e-2;
/** Halving a smooth piece divides its fourth difference by 16, halving one with a corner by 2. */
const smoothRatio = 8;
/** A corner is known to this angle. */
const narrowest = 1e-6;

/** The solid angle inside a rim at an azimuth, per rad, and the weight at the rim. */
export interface WeightedRim {
  readonly value: number;
  readonly weight: number;
}

/**
 * Divides the circle of azimuths at corners of a continuous periodic function, and where the function varies too fast for one piece. It
 * halves pieces and examines their fourth differences.
 */
export function pieces(f: (azimuth: number) => WeightedRim): [number, number][] {
  const edges: number[] = [];
  const value = (azimuth: number): WeightedRim => f(azimuth % (2 * Math.PI));
  const divide = (from: number, to: number): void => {
    const rough = fourthDifference(value, from, to);
    const middle = (from + to) / 2;
    if (rough <= noise) return;
    if (to - from < narrowest) {
      edges.push(middle);
      return;
    }
    // the third interval contains the middle, at which the other two end
    const quarter = (to - from) / 4;
    const halves = [from, from + quarter, middle].map((at) => fourthDifference(value, at, at + 2 * quarter));
    if (halves.every((half) => half <= rough / smoothRatio)) {
      if (rough <= followed) return;
      edges.push(middle);
    }
    divide(from, middle);
    divide(middle, to);
  };
  const width = (2 * Math.PI) / first;
  // an asymmetric start, because corners often lie on axes
  const start = 0.1;
  for (let i = 0; i < first; i++) {
    edges.push(start + i * width);
    divide(start + i * width, start + (i + 1) * width);
  }
  const sorted = edges
    .sort((a, b) => a - b)
    .filter((edge, i, all) => i === 0 || edge - all[i - 1] > narrowest);
  return sorted.map((edge, i) => [edge, sorted[i + 1] ?? sorted[0] + 2 * Math.PI]);
}

/** The fourth difference of f, scaled by the weights. */
function fourthDifference(f: (x: number) => WeightedRim, from: number, to: number): number {
  const found = [0, 1, 2, 3, 4].map((i) => f(from + (i * (to - from)) / 4));
  const heaviest = found.reduce((most, { weight }) => Math.max(most, weight), 0);
  const at = found.map(({ value }) => value);
  return heaviest * Math.abs(at[0] - 4 * at[1] + 6 * at[2] - 4 * at[3] + at[4]);
}

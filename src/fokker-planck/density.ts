import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { degreeOf, polynomial } from "../expression/polynomial.ts";
import { magnetization } from "../expression/vector.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Binning } from "../physics/binning.ts";
import { cleanProbabilities } from "./clean-probabilities.ts";
import type { Exact } from "./exact.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { expressionsInFrame, intoFrame, outOfFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import {
  analyze,
  harmonicIndex,
  harmonicLabels,
  harmonicPlace,
  harmonicsAt,
  reindexed,
  sampleOnGrid,
  sphereGrid,
  topDegree,
} from "./harmonics.ts";
import {
  azimuthProbabilities,
  expressionProbabilities,
  mapProbabilities,
  projectionProbabilities,
} from "./probabilities.ts";
import type { SphereMasses } from "./sphere-masses.ts";
import { massesOf } from "./sphere-masses.ts";

/** A normalized density on the sphere. */
export interface Density {
  /** ⟨m⟩. */
  readonly m: [number, number, number];
  /** ⟨m m⟩ as xx, yy, zz, xy, xz, yz. */
  readonly mm: [number, number, number, number, number, number];
  /** Mean of a function of mx, my, mz: exact for polynomials up to degree lmax, else by quadrature. */
  mean(f: Expression): number;
  /** Integral of the density over each bin; `errorEstimate` is absolute. Null if the density does not resolve the bins. */
  probabilities(binning: Binning): Exact<Float64Array>;
  /** Density per steradian at a unit vector. */
  at(m: Vec3): number;
  /** The density as positive masses at points of a quadrature. */
  masses(): SphereMasses;
  /** Coefficients in real spherical harmonics of `frame`, in the order of `index`. */
  readonly coefficients: Float64Array;
  readonly index: HarmonicIndex;
  readonly frame: Frame;
}

/** Absolute errors of the integrals: rounding, or the smeared edges of bins of a typed quantity. */
const errorOf = { projection: 1e-9, azimuth: 1e-9, map: 1e-9, expression: 1e-6 } as const;

/**
 * Estimate of what coefficients beyond the highest degree add to a bin. Each adds about 2/l at either edge, by √(π/(2l+1)) (P_{l+1} −
 * P_{l−1}); their number follows from the decrease of the last tenth of degrees relative to the tenth before.
 */
function tailOf({ lmax, ...index }: HarmonicIndex, coefficients: Float64Array): number {
  const { l } = harmonicLabels({ lmax, ...index });
  const tenth = Math.max(2, Math.round(lmax / 10));
  let [top, before] = [0, 0];
  coefficients.forEach((c, i) => {
    if (l[i] > lmax - tenth) top = Math.max(top, Math.abs(c));
    else if (l[i] > lmax - 2 * tenth) before = Math.max(before, Math.abs(c));
  });
  const fall = before > top ? (top / before) ** (1 / tenth) : 1;
  const counting = Math.max(1, Math.min(lmax / 4, 1 / (1 - fall)));
  return (4 * counting * top) / Math.max(1, lmax);
}

/** A density from its coefficients in the harmonics of a frame. */
export function harmonicDensity(index: HarmonicIndex, coefficients: Float64Array, frame: Frame): Density {
  const { m, mm } = moments(index, coefficients, frame);
  const at = (direction: Vec3): number =>
    dotProduct(harmonicsAt(index, intoFrame(frame, direction)), coefficients);
  const integrals = (binning: Binning): Float64Array => {
    switch (binning.kind) {
      case "projection":
        return projectionProbabilities(index, coefficients, intoFrame(frame, binning.axis), binning.edges);
      case "expression":
        return expressionProbabilities(
          index,
          coefficients,
          expressionsInFrame(frame, [binning.of])[0],
          binning.edges,
        );
      case "azimuth":
        return azimuthProbabilities({ index, coefficients, frame }, binning.edges);
      case "map":
        return mapProbabilities({ index, coefficients, frame }, binning.mz, binning.phi);
    }
  };
  return {
    m,
    mm,
    at,
    coefficients,
    index,
    frame,
    masses: () => massesOf([1], [{ index, coefficients, frame }]),
    mean: (f) => meanOf(expressionsInFrame(frame, [f])[0], index, coefficients),
    probabilities: (binning) =>
      cleanProbabilities(integrals(binning), Math.max(errorOf[binning.kind], tailOf(index, coefficients))),
  };
}

function meanOf(f: Expression, index: HarmonicIndex, coefficients: Float64Array): number {
  const terms = polynomial(f);
  const degree = terms ? degreeOf(terms) : index.lmax;
  const small = harmonicIndex(Math.min(index.lmax, degree), Math.min(index.mmax, degree));
  const evaluate = compileScalar(f, magnetization);
  const grid = terms
    ? sphereGrid(degree + 1, 2 * degree + 2)
    : sphereGrid(2 * index.lmax + 64, 2 * index.mmax + 128);
  return dotProduct(
    analyze(small, grid, sampleOnGrid(grid, evaluate)),
    reindexed(index, small, coefficients),
  );
}

/** Moments from the harmonics of degree 1 and 2, rotated to the laboratory. */
function moments(index: HarmonicIndex, c: Float64Array, frame: Frame): Pick<Density, "m" | "mm"> {
  const get = (l: number, order: number, sine: boolean): number =>
    order > index.mmax || l > topDegree(index, order) ? 0 : c[harmonicPlace(index, l, order, sine)];
  const one = Math.sqrt((4 * Math.PI) / 3);
  const m = outOfFrame(frame, [one * get(1, 1, false), one * get(1, 1, true), one * get(1, 0, false)]);
  // z² − 1/3, xz, yz, (x²−y²)/2 and xy in normalized harmonics
  const two = Math.sqrt((4 * Math.PI) / 15);
  const z2 = 1 / 3 + (2 / 3) * Math.sqrt((4 * Math.PI) / 5) * get(2, 0, false);
  const half = two * get(2, 2, false);
  const xx = (1 - z2) / 2 + half;
  const yy = (1 - z2) / 2 - half;
  const [xy, xz, yz] = [two * get(2, 2, true), two * get(2, 1, false), two * get(2, 1, true)];
  const tensor = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, z2],
  ];
  const rotated = (i: number, j: number): number => {
    let sum = 0;
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) sum += frame[a][i] * tensor[a][b] * frame[b][j];
    return sum;
  };
  return {
    m: [m[0], m[1], m[2]],
    mm: [rotated(0, 0), rotated(1, 1), rotated(2, 2), rotated(0, 1), rotated(0, 2), rotated(1, 2)],
  };
}

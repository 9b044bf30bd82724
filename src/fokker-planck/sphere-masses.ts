import type { Frame } from "./frame.ts";
import { laboratory, outOfFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, reindexed, sphereGrid, synthesize } from "./harmonics.ts";
import { intoLaboratory } from "./probabilities.ts";

/** A density as masses at points of a quadrature on the sphere, in the laboratory. */
export interface SphereMasses {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Masses ≥ 0 with the sum 1. */
  readonly mass: Float64Array;
  /** Masses of a uniform density at the same points. */
  readonly area: Float64Array;
}

interface Framed {
  readonly index: HarmonicIndex;
  readonly coefficients: Float64Array;
  readonly frame: Frame;
}

/** Additional nodes and azimuths for the function that is averaged over the density. */
const moreNodes = 24;
const moreAzimuths = 48;

/** A share of the spins that no test can detect. */
const enough = 1e-9;
/** Orders of the filter, from a sharp cutoff to a smooth one. */
const orders = [16, 8, 4];
const fading = 36;

/**
 * Filters coefficients towards the highest degree and order. An expansion that is truncated before the coefficients of a narrow peak have
 * decayed has ripples all over the sphere, which hide the tails. The filter removes the ripples and leaves harmonics of low degree, and
 * so means of low polynomials, unchanged (exponential filter: D. Gottlieb and C.-W. Shu, SIAM Rev. 39 (1997) 644).
 */
function faded(index: HarmonicIndex, coefficients: Float64Array, order: number): Float64Array {
  const { l, m } = harmonicLabels(index);
  const { lmax, mmax, height } = index;
  return coefficients.map((c, i) => {
    const share = Math.max(l[i] / lmax, (l[i] - m[i]) / height, mmax > 4 ? m[i] / mmax : 0);
    return c * Math.exp(-fading * share ** order);
  });
}

const sameFrame = (a: Frame, b: Frame): boolean =>
  a.every((row, i) => row.every((x, j) => Math.abs(x - b[i][j]) < 1e-14));

/**
 * Masses of a mixture of densities. Coefficients are added in one frame before evaluation, because weights of a quadrature may be
 * negative.
 */
export function massesOf(weights: readonly number[], densities: readonly Framed[]): SphereMasses {
  const [{ frame }] = densities;
  const isShared = densities.every((density) => sameFrame(density.frame, frame));
  const parts = isShared ? densities : densities.map(intoLaboratory);
  const index = harmonicIndex(
    Math.max(...parts.map((part) => part.index.lmax)),
    Math.max(...parts.map((part) => part.index.mmax)),
  );
  const sum = new Float64Array(index.size);
  parts.forEach((part, i) => {
    const c = reindexed(part.index, index, part.coefficients);
    for (let k = 0; k < sum.length; k++) sum[k] += weights[i] * c[k];
  });
  const { mass, area, ...points } = massesInFrame(index, sum, isShared ? frame : laboratory);
  const shares = (of: Float64Array): Float64Array => {
    const whole = of.reduce((a, b) => a + b, 0);
    return of.map((p) => p / whole);
  };
  return { ...points, mass: shares(mass), area: shares(area) };
}

function massesInFrame(index: HarmonicIndex, coefficients: Float64Array, frame: Frame): SphereMasses {
  const grid = sphereGrid(index.lmax + moreNodes, 2 * index.mmax + moreAzimuths);
  const { rule, azimuths } = grid;
  const areas = Float64Array.from(
    { length: rule.nodes.length * azimuths },
    (_, at) => (rule.weights[Math.floor(at / azimuths)] * 2 * Math.PI) / azimuths,
  );
  let best = positive(synthesize(index, grid, coefficients), areas);
  for (const order of orders) {
    if (best.lost < enough) break;
    const next = positive(synthesize(index, grid, faded(index, coefficients, order)), areas);
    if (next.lost < best.lost) best = next;
  }
  const [x, y, z] = Array.from({ length: 3 }, () => new Float64Array(areas.length));
  rule.nodes.forEach((node, q) => {
    const s = Math.sqrt((1 - node) * (1 + node));
    for (let j = 0; j < azimuths; j++) {
      const phi = (2 * Math.PI * j) / azimuths;
      const at = q * azimuths + j;
      [x[at], y[at], z[at]] = outOfFrame(frame, [s * Math.cos(phi), s * Math.sin(phi), node]);
    }
  });
  return { x, y, z, mass: best.mass, area: areas };
}

/** Masses of the density above the ripples about zero, and the share of the whole that this removes or adds. */
function positive(values: Float64Array, areas: Float64Array): { mass: Float64Array; lost: number } {
  const ripple = 2 * Math.max(0, -values.reduce((a, b) => Math.min(a, b)));
  const mass = values.map((value, at) => (value > ripple ? areas[at] * value : 0));
  return { mass, lost: Math.abs(1 - mass.reduce((a, b) => a + b, 0)) };
}

import { Matrix, solve } from "ml-matrix";
import { norm, relativeDistance } from "../linear-algebra/arnoldi.ts";

/** A fixed point, and how it was found. */
export interface FixedPoint {
  readonly x: Float64Array;
  /** Norm of the last correction over that of x. */
  readonly change: number;
  readonly maps: number;
}

const mostMaps = 30;
const window = 6;

/**
 * The fixed point of an affine map x → f(x) that contracts all but a few directions fast, by Anderson's acceleration (J. ACM 12 (1965)
 * 547), which for a linear map is GMRES: it takes two maps more than there are slow directions.
 */
export function fixedPoint(
  map: (x: Float64Array) => Float64Array,
  start: Float64Array,
  tolerance: number,
): FixedPoint {
  let x = start;
  const images: Float64Array[] = [];
  const residuals: Float64Array[] = [];
  let change = Number.POSITIVE_INFINITY;
  for (let maps = 1; maps <= mostMaps; maps++) {
    const image = map(x);
    images.push(image);
    residuals.push(image.map((value, i) => value - x[i]));
    if (images.length > window) {
      images.shift();
      residuals.shift();
    }
    const next = combination(images, residuals);
    change = relativeDistance(x, next);
    x = next;
    if (change <= tolerance) return { x, change, maps };
  }
  return { x, change, maps: mostMaps };
}

/** Σ w_k image_k with Σ w_k = 1 and the smallest Σ w_k residual_k. */
function combination(images: readonly Float64Array[], residuals: readonly Float64Array[]): Float64Array {
  const last = images.length - 1;
  if (last === 0) return images[0];
  const differences = residuals.slice(0, last).map((r) => r.map((value, i) => value - residuals[last][i]));
  const lengths = differences.map(norm);
  const columns = differences.map((d, k) => (lengths[k] > 0 ? d.map((value) => value / lengths[k]) : d));
  const found = solve(
    new Matrix(columns.map((column) => [...column])).transpose(),
    Matrix.columnVector([...residuals[last]].map((value) => -value)),
    true,
  );
  const out = images[last].slice();
  for (let k = 0; k < last; k++) {
    const weight = lengths[k] > 0 ? found.get(k, 0) / lengths[k] : 0;
    images[k].forEach((value, i) => {
      out[i] += weight * (value - images[last][i]);
    });
  }
  return out;
}

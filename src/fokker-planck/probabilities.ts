import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { associatedLegendre } from "../numerics/associated-legendre.ts";
import { gaussLegendre, gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { isLaboratory } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicsAt, sampleOnGrid, synthesize, topDegree } from "./harmonics.ts";
import { rotatedToLaboratory } from "./rotation.ts";

/** Coefficients of a density in a frame. */
export interface FramedCoefficients {
  readonly index: HarmonicIndex;
  readonly coefficients: Float64Array;
  readonly frame: Frame;
}

/**
 * Integrals over slices of axis·m. Averaged about the axis the density is Σ_l s_l P_l(c), s_l = Σ_m c_lm Y_lm(axis), and (2l+1) ∫P_l =
 * P_{l+1} − P_{l−1}: so no step function has to be integrated numerically.
 */
export function projectionProbabilities(
  index: HarmonicIndex,
  coefficients: Float64Array,
  axis: Vec3,
  edges: readonly number[],
): Float64Array {
  const slices = new Float64Array(index.lmax + 1);
  const there = harmonicsAt(index, axis);
  for (let m = 0; m <= index.mmax; m++) {
    const count = topDegree(index, m) - m + 1;
    for (let i = 0; i < (m === 0 ? 1 : 2) * count; i++) {
      const place = index.offsets[m] + i;
      slices[m + (i % count)] += coefficients[place] * there[place];
    }
  }
  const cumulative = edges.map((edge) => {
    const c = Math.max(-1, Math.min(1, edge));
    let sum = slices[0] * (c + 1);
    let [before, p] = [1, c];
    for (let l = 1; l <= index.lmax; l++) {
      const next = ((2 * l + 1) * c * p - l * before) / (l + 1);
      sum += (slices[l] * (next - before)) / (2 * l + 1);
      [before, p] = [p, next];
    }
    return 2 * Math.PI * sum;
  });
  return differences(cumulative);
}

const differences = (x: readonly number[]): Float64Array =>
  Float64Array.from({ length: x.length - 1 }, (_, i) => x[i + 1] - x[i]);

/** Integrals over sectors of φ. The polar integral runs over the angle θ, in which the harmonics are smooth at the poles. */
export function azimuthProbabilities(density: FramedCoefficients, edges: readonly number[]): Float64Array {
  return mapProbabilities(density, [-1, 1], edges);
}

/** Integrals over rectangles of mz and φ, row-major [mz][φ]. */
export function mapProbabilities(
  density: FramedCoefficients,
  mz: readonly number[],
  phi: readonly number[],
): Float64Array {
  const { index, coefficients } = intoLaboratory(density);
  const [rows, columns] = [mz.length - 1, phi.length - 1];
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [clampedAngle(mz[row + 1]), clampedAngle(mz[row])];
    const angle = gaussLegendreOn(Math.ceil(0.5 * index.lmax * (bottom - top)) + 16, top, bottom);
    const z = angle.nodes.map(Math.cos);
    const weights = angle.weights.map((w, q) => w * Math.sin(angle.nodes[q]));
    for (let m = 0; m <= index.mmax; m++) {
      const top = topDegree(index, m);
      const { values } = associatedLegendre(m, top, z);
      const count = top - m + 1;
      let [a, b] = [0, 0];
      for (let i = 0; i < count; i++) {
        let integral = 0;
        for (let q = 0; q < z.length; q++) integral += weights[q] * values[i * z.length + q];
        a += coefficients[index.offsets[m] + i] * integral;
        if (m > 0) b += coefficients[index.offsets[m] + count + i] * integral;
      }
      for (let column = 0; column < columns; column++) {
        const [from, to] = [phi[column], phi[column + 1]];
        out[row * columns + column] +=
          m === 0
            ? (a * (to - from)) / Math.sqrt(2 * Math.PI)
            : (a * (Math.sin(m * to) - Math.sin(m * from)) - b * (Math.cos(m * to) - Math.cos(m * from))) /
              (m * Math.sqrt(Math.PI));
      }
    }
  }
  return out;
}

const clampedAngle = (z: number): number => Math.acos(Math.max(-1, Math.min(1, z)));

/** The same density in harmonics of the laboratory. */
export function intoLaboratory({
  index: given,
  coefficients: all,
  frame,
}: FramedCoefficients): Omit<FramedCoefficients, "frame"> {
  if (isLaboratory(frame)) return { index: given, coefficients: all };
  return rotatedToLaboratory(given, all, frame);
}

/**
 * Integrals over bins of any function, on a grid of cells on which the function is taken as linear, so a bin's edge is smeared over a
 * cell. The error is of second order in the cell size, near 1e-6 of a bin for smooth functions.
 */
export function expressionProbabilities(
  index: HarmonicIndex,
  coefficients: Float64Array,
  of: Expression,
  edges: readonly number[],
): Float64Array {
  const evaluate = compileScalar(of, magnetization);
  const nodes = Math.max(400, 4 * index.lmax);
  const azimuths = 2 * nodes;
  const grid = { rule: gaussLegendre(nodes), azimuths };
  const density = synthesize(index, grid, coefficients);
  const values = sampleOnGrid(grid, evaluate);
  const out = new Float64Array(edges.length - 1);
  for (let q = 0; q < nodes; q++)
    for (let j = 0; j < azimuths; j++) {
      const at = (row: number, column: number) =>
        values[Math.max(0, Math.min(nodes - 1, row)) * azimuths + ((column + azimuths) % azimuths)];
      const center = at(q, j);
      const rise = Math.abs(at(q + 1, j) - at(q - 1, j)) / (q > 0 && q < nodes - 1 ? 2 : 1);
      const turn = Math.abs(at(q, j + 1) - at(q, j - 1)) / 2;
      const mass = (density[q * azimuths + j] * grid.rule.weights[q] * 2 * Math.PI) / azimuths;
      spread(out, edges, center, rise, turn, mass);
    }
  return out;
}

/** Distributes the mass of a cell over the bins; its values are the sum of two uniform variables. */
function spread(
  out: Float64Array,
  edges: readonly number[],
  center: number,
  rise: number,
  turn: number,
  mass: number,
): void {
  const reach = (rise + turn) / 2;
  let low = 0;
  let high = edges.length - 1;
  // first bin that the cell may touch
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= center - reach) low = middle;
    else high = middle;
  }
  let before = trapezoidBelow(edges[low] - center, rise, turn);
  for (let bin = low; bin < out.length && before < 1; bin++) {
    const below = trapezoidBelow(edges[bin + 1] - center, rise, turn);
    out[bin] += mass * (below - before);
    before = below;
  }
}

/** Probability that the sum of two centred uniform variables of widths a and b is at most x. */
function trapezoidBelow(x: number, a: number, b: number): number {
  const [wide, narrow] = a > b ? [a, b] : [b, a];
  const reach = (wide + narrow) / 2;
  if (x >= reach) return 1;
  if (x < -reach) return 0;
  if (narrow < 1e-9 * wide) return Math.min(1, Math.max(0, 0.5 + x / wide));
  const flat = (wide - narrow) / 2;
  const below = (y: number) => (y + reach) ** 2 / (2 * wide * narrow);
  if (x < -flat) return below(x);
  if (x > flat) return 1 - below(-x);
  return 0.5 + x / wide;
}

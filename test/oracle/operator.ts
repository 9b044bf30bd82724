import type { Mesh } from "./mesh.ts";
import type { Reading } from "./reading.ts";
import type { Vec3 } from "./values.ts";
import { dot } from "./values.ts";

/**
 * The discrete Fokker–Planck operator on cell masses: row k couples to itself and to the neighbours of smaller and larger
 * polar angle (`north`, `south`) and of smaller and larger azimuth (`west`, `east`, which close the ring).
 */
export interface Operator {
  readonly mesh: Mesh;
  readonly own: Float64Array;
  readonly north: Float64Array;
  readonly south: Float64Array;
  readonly west: Float64Array;
  readonly east: Float64Array;
  /** By column, at an absorbing edge: flux out of the domain per mass of the edge's cell, and flux in per density held on it. */
  readonly edges: readonly {
    readonly first: boolean;
    readonly out: Float64Array;
    readonly in: Float64Array;
  }[];
}

/** x/(e^x − 1). */
const bernoulli = (x: number): number => (Math.abs(x) < 1e-4 ? 1 - x / 2 + (x * x) / 12 : x / Math.expm1(x));

/** What does not change in time is evaluated once for each set of points and each reading. */
const unchanging = new WeakMap<readonly Vec3[], WeakMap<Reading, Float64Array>>();

function potentialOn(
  points: readonly Vec3[],
  reading: Reading,
  of: "psi" | "omega",
  t: number,
): Float64Array {
  const sum = (driven: boolean): Float64Array => {
    const functions = reading.terms.flatMap((term) => (term.driven === driven && term[of] ? [term[of]] : []));
    return Float64Array.from(points, (m) => functions.reduce((total, f) => total + f(m, t), 0));
  };
  const known = unchanging.get(points) ?? new WeakMap<Reading, Float64Array>();
  unchanging.set(points, known);
  const still = known.get(reading) ?? sum(false);
  known.set(reading, still);
  return sum(true).map((x, k) => x + still[k]);
}

/**
 * Relaxation and diffusion by Scharfetter and Gummel's fluxes, exact for a Boltzmann density; precession by differences of Ω between the
 * ends of a face, free of divergence to rounding, times the density at the face; second order in the mesh.
 */
export function operatorAt(mesh: Mesh, reading: Reading, t: number): Operator {
  const { rings, columns, theta, centre, width, area, at } = mesh;
  const { flow, diffusion } = reading;
  const size = rings * columns;
  const [own, north, south, west, east] = Array.from({ length: 5 }, () => new Float64Array(size));
  const D = diffusion(t);
  const potential = potentialOn(mesh.centres, reading, "psi", t).map((x) => x / D);
  const stream = potentialOn(mesh.corners, reading, "omega", t);
  const across = (angle: number, azimuth: number, k: 0 | 1, length: number): number =>
    flow ? dot(flow(at(angle, azimuth), t), mesh.frame(angle, azimuth)[k]) * length : 0;
  for (let i = 0; i < rings; i++)
    for (let j = 0; j < columns; j++) {
      const k = i * columns + j;
      const next = (j + 1) % columns;
      const phi = (j + 0.5) * width;
      // to the east
      const e = i * columns + next;
      const height = theta[i + 1] - theta[i];
      const sideways = (D * height) / (Math.sin(centre[i]) * width);
      const slope = potential[e] - potential[k];
      const turn =
        stream[(i + 1) * columns + next] -
        stream[i * columns + next] +
        across(centre[i], (j + 1) * width, 1, height);
      const goes = (sideways * bernoulli(slope) + turn / 2) / area[i];
      const comes = (sideways * bernoulli(-slope) - turn / 2) / area[i];
      own[k] -= goes;
      west[e] += goes;
      own[e] -= comes;
      east[k] += comes;
      // to the south
      if (i === rings - 1) continue;
      const s = k + columns;
      const distance = centre[i + 1] - centre[i];
      const length = Math.sin(theta[i + 1]) * width;
      const down = (D * length) / distance;
      const rise = potential[s] - potential[k];
      const sink =
        stream[(i + 1) * columns + j] -
        stream[(i + 1) * columns + next] +
        across(theta[i + 1], phi, 0, length);
      const share = (centre[i + 1] - theta[i + 1]) / distance;
      const leaves = (down * bernoulli(rise) + sink * share) / area[i];
      const enters = (down * bernoulli(-rise) - sink * (1 - share)) / area[i + 1];
      own[k] -= leaves;
      north[s] += leaves;
      own[s] -= enters;
      south[k] += enters;
    }
  const edges = [mesh.openFirst, mesh.openLast].flatMap((open, last) => {
    if (!open) return [];
    const ring = last ? rings - 1 : 0;
    const angle = last ? theta[rings] : theta[0];
    const reach = Math.abs(angle - centre[ring]);
    const length = Math.sin(angle) * width;
    const out = new Float64Array(columns);
    const inward = new Float64Array(columns);
    for (let j = 0; j < columns; j++) {
      const k = ring * columns + j;
      const next = (j + 1) % columns;
      const phi = (j + 0.5) * width;
      const rise = potentialOn([at(angle, phi)], reading, "psi", t)[0] / D - potential[k];
      const row = last ? rings : 0;
      const sink = stream[row * columns + j] - stream[row * columns + next] + across(angle, phi, 0, length);
      const conductance = (D * length) / reach;
      out[j] = (conductance * bernoulli(rise)) / area[ring];
      inward[j] = conductance * bernoulli(-rise) - (last ? sink : -sink);
      own[k] -= out[j];
    }
    return [{ first: !last, out, in: inward }];
  });
  return { mesh, own, north, south, west, east, edges };
}

/** F·P. */
export function apply({ mesh, own, north, south, west, east }: Operator, mass: Float64Array): Float64Array {
  const { rings, columns } = mesh;
  const result = new Float64Array(mass.length);
  for (let i = 0; i < rings; i++) {
    const row = i * columns;
    for (let j = 0; j < columns; j++) {
      const k = row + j;
      let sum = own[k] * mass[k];
      sum += west[k] * mass[j > 0 ? k - 1 : row + columns - 1];
      sum += east[k] * mass[j < columns - 1 ? k + 1 : row];
      if (i > 0) sum += north[k] * mass[k - columns];
      if (i < rings - 1) sum += south[k] * mass[k + columns];
      result[k] = sum;
    }
  }
  return result;
}

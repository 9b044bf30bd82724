import type { Vec3 } from "./values.ts";
import { cross, dot, unit } from "./values.ts";

/** What a mesh is asked to be: cells between circles about an axis and meridians. */
export interface MeshPlan {
  /** Polar axis of the mesh. */
  readonly axis: Vec3;
  /** Polar angles that must be faces, ascending, between first and last. */
  readonly faces: readonly number[];
  /** The domain runs from the first to the last polar angle: 0 and π for the whole sphere. */
  readonly from: number;
  readonly to: number;
  /** Rings over a whole half-circle at refinement 1, and cells in a ring. */
  readonly rings: number;
  readonly columns: number;
}

/**
 * Cells between circles of latitude and meridians. Between neighbouring forced faces the rings are evenly spaced, and a
 * refinement divides every spacing by the same number, so that errors have expansions in even powers of it.
 */
export interface Mesh {
  readonly theta: Float64Array;
  readonly centre: Float64Array;
  readonly rings: number;
  readonly columns: number;
  readonly width: number;
  /** Area of a cell of ring i. */
  readonly area: Float64Array;
  readonly at: (theta: number, phi: number) => Vec3;
  /** Centres of the cells, ring by ring, and their northern corners, with one more ring of these. */
  readonly centres: readonly Vec3[];
  readonly corners: readonly Vec3[];
  /** Polar and azimuthal unit vectors. */
  readonly frame: (theta: number, phi: number) => readonly [Vec3, Vec3];
  readonly anglesOf: (m: Vec3) => { theta: number; phi: number };
  /** Whether the first and the last face are absorbing edges rather than poles. */
  readonly openFirst: boolean;
  readonly openLast: boolean;
}

function basisOf(axis: Vec3): readonly [Vec3, Vec3, Vec3] {
  const z = unit(axis);
  if (z[2] > 1 - 1e-12)
    return [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
  const x = unit(cross(Math.abs(z[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], z));
  return [x, cross(z, x), z];
}

export function meshOf(plan: MeshPlan, refinement: number): Mesh {
  const [x, y, z] = basisOf(plan.axis);
  const forced = [
    plan.from,
    ...plan.faces.filter((f) => f > plan.from + 1e-9 && f < plan.to - 1e-9),
    plan.to,
  ];
  const faces = [plan.from];
  for (let k = 1; k < forced.length; k++) {
    const span = forced[k] - forced[k - 1];
    const count = Math.max(1, Math.round((span / Math.PI) * plan.rings)) * refinement;
    for (let i = 1; i <= count; i++) faces.push(forced[k - 1] + (span * i) / count);
  }
  const theta = Float64Array.from(faces);
  const rings = theta.length - 1;
  const columns = plan.columns * refinement;
  const width = (2 * Math.PI) / columns;
  const combine = (a: number, b: number, c: number): Vec3 => [
    a * x[0] + b * y[0] + c * z[0],
    a * x[1] + b * y[1] + c * z[1],
    a * x[2] + b * y[2] + c * z[2],
  ];
  const centre = Float64Array.from({ length: rings }, (_, i) => (theta[i] + theta[i + 1]) / 2);
  const at = (t: number, p: number): Vec3 =>
    combine(Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t));
  const points = (angles: Float64Array, shift: number): Vec3[] =>
    [...angles].flatMap((t) => Array.from({ length: columns }, (_, j) => at(t, (j + shift) * width)));
  return {
    theta,
    rings,
    columns,
    width,
    centre,
    centres: points(centre, 0.5),
    corners: points(theta, 0),
    area: Float64Array.from(
      { length: rings },
      (_, i) => width * (Math.cos(theta[i]) - Math.cos(theta[i + 1])),
    ),
    at,
    frame: (t, p) => [
      combine(Math.cos(t) * Math.cos(p), Math.cos(t) * Math.sin(p), -Math.sin(t)),
      combine(-Math.sin(p), Math.cos(p), 0),
    ],
    anglesOf(m) {
      const phi = Math.atan2(dot(m, y), dot(m, x));
      return {
        theta: Math.acos(Math.min(1, Math.max(-1, dot(m, z)))),
        phi: phi < 0 ? phi + 2 * Math.PI : phi,
      };
    },
    openFirst: plan.from > 0,
    openLast: plan.to < Math.PI,
  };
}

/** Sum over cells of values times a function of direction at their centres. */
export const integrate = ({ centres }: Mesh, mass: Float64Array, f: (m: Vec3) => number): number =>
  centres.reduce((sum, m, k) => sum + mass[k] * f(m), 0);

/** The masses of a density given by a function. */
export const massesOf = ({ centres, area, columns }: Mesh, f: (m: Vec3) => number): Float64Array =>
  Float64Array.from(centres, (m, k) => area[Math.floor(k / columns)] * f(m));

import { throughGaussNodes } from "../numerics/gauss-interpolation.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { legendrePolynomials } from "../numerics/legendre-polynomials.ts";
import { inner } from "../numerics/parallel.ts";
import type { Vec3 } from "./frame.ts";
import type { Arcs, Zone } from "./ray-arcs.ts";
import { arcsBetween, common } from "./ray-arcs.ts";
import type { RayRims } from "./ray-rims.ts";
import { remembering } from "./remembering.ts";
import type { WeightedRim } from "./rim-pieces.ts";
import { pieces } from "./rim-pieces.ts";

/** Nodes on the sphere, in the laboratory, with their areas. */
export interface RegionNode {
  readonly m: Vec3;
  readonly area: number;
}

/** A region of the sphere bounded by a rim. */
export interface QuadratureRegion {
  /** Nodes for products of harmonics up to a degree with a weight that is smooth within the region. */
  quadrature(degree: number): RegionNode[];
}

/** Rays of a piece of the rim; between them the rim is the polynomial through their rims. */
const raysOfPiece = 24;
/** Additional nodes of an interval on a ray, and additional rays of a piece, beyond those that the highest degree needs. */
const nodesForWeight = 32;
const raysForWeight = 20;

/**
 * A quadrature with rays from a centre within the region, Gauss nodes on each interval of a ray inside, and Gauss nodes over the azimuth
 * between corners of the rim. The rim is exact on each ray and its corners are found, so the error is that of a smooth integrand and not
 * that of a step on a grid. Where the weight of the integrand (1 at most) is small, corners are found less accurately. With `zone` only
 * the part inside it counts.
 */
export function regionAround(
  { centre, at, arcs: whole }: RayRims,
  weight: (m: Vec3) => number = () => 1,
  zone?: Zone,
): QuadratureRegion {
  const arcs = ({ axis, from, to }: Zone, azimuth: number): Arcs =>
    arcsBetween(inner(axis, centre), inner(axis, at(azimuth, Math.PI / 2)), from, to);
  const ray = zone
    ? remembering((azimuth: number) => common(whole(azimuth), arcs(zone, azimuth)), 256)
    : whole;
  /** Solid angle within the region per radian of azimuth, and the largest weight at its rims. */
  const within = (azimuth: number): WeightedRim => {
    const found = ray(azimuth);
    return {
      value: found.reduce((sum, [from, to]) => sum + Math.cos(from) - Math.cos(to), 0),
      // a rim that touches the centre has no length
      weight: found
        .flat()
        .reduce((most, theta) => Math.max(most, Math.sin(theta) * weight(at(azimuth, theta))), 0),
    };
  };
  let rims: ((x: number) => Ray)[] | undefined;
  return {
    quadrature(degree) {
      rims ??= pieces(within)
        .flatMap((piece) => followed(piece, within))
        .map((piece) => rimOf(piece, ray));
      return rims.flatMap((rim) => {
        const width = rim(1).azimuth - rim(-1).azimuth;
        const { nodes, weights } = gaussLegendre(raysForWeight + Math.ceil((degree * width) / 3));
        return [...nodes].flatMap((node, i) => {
          const { azimuth, slope, inside: found } = rim(node);
          return alongRay(found, degree, (theta) => at(azimuth, theta), weights[i] * slope);
        });
      });
    },
  };
}

interface Ray {
  readonly azimuth: number;
  /** Derivative of the azimuth with respect to the variable of the piece. */
  readonly slope: number;
  readonly inside: Arcs;
}

/** Largest error of a piece in area, and the width below which no piece is halved. */
const [missable, narrowest] = [3e-8, 1e-6];

/**
 * Halves a piece until the polynomials through its nodes follow the rim, because the five values with which pieces are found may miss a
 * corner. The highest coefficients estimate the error.
 */
function followed(piece: Piece, within: (azimuth: number) => WeightedRim): Piece[] {
  const [first, last] = piece;
  const azimuthOf = crowded(piece);
  const found = [...gaussLegendre(raysOfPiece).nodes].map((x) => within(azimuthOf(x)));
  const heaviest = found.reduce((most, { weight }) => Math.max(most, weight), 0);
  const missed = heaviest * (last - first) * lastCoefficients(found.map(({ value }) => value));
  if (missed <= missable || last - first < narrowest) return [piece];
  const middle = (first + last) / 2;
  return [...followed([first, middle], within), ...followed([middle, last], within)];
}

type Piece = readonly [first: number, last: number];

/** The azimuth at x in [−1, 1]: nodes are denser near the ends, where a rim may start at a corner as a power of the distance. */
const crowded =
  ([first, last]: Piece) =>
  (x: number): number =>
    (first + last) / 2 + ((last - first) / 4) * x * (3 - x * x);

/** Largest of the last four Legendre coefficients of the polynomial through values at Gauss nodes. */
function lastCoefficients(values: readonly number[]): number {
  const n = values.length;
  const { nodes, weights } = gaussLegendre(n);
  const tail = [0, 0, 0, 0];
  values.forEach((value, i) => {
    const p = legendrePolynomials(nodes[i], n - 1);
    tail.forEach((_, k) => {
      const degree = n - 4 + k;
      tail[k] += (degree + 0.5) * weights[i] * value * p[degree];
    });
  });
  return Math.max(...tail.map(Math.abs));
}

/** The rim of a piece over [−1, 1]. */
function rimOf(piece: Piece, ray: (azimuth: number) => Arcs) {
  const [first, last] = piece;
  const azimuthOf = crowded(piece);
  const known = [...gaussLegendre(raysOfPiece).nodes].map((x) => ray(azimuthOf(x)));
  const isAlike = known.every(({ length }) => length === known[0].length);
  const read = throughGaussNodes(raysOfPiece);
  return (x: number): Ray => ({
    azimuth: azimuthOf(x),
    slope: ((last - first) / 4) * (3 - 3 * x * x),
    inside: isAlike
      ? known[0].map((_, k) => [0, 1].map((end) => read((i) => known[i][k][end], x)) as [number, number])
      : ray(azimuthOf(x)),
  });
}

function alongRay(inside: Arcs, degree: number, at: (theta: number) => Vec3, width: number): RegionNode[] {
  return inside.flatMap(([from, to]) => {
    const { nodes, weights } = gaussLegendre(nodesForWeight + Math.ceil((degree * (to - from)) / 3));
    return [...nodes].map((node, i) => {
      const theta = (from + to) / 2 + (node * (to - from)) / 2;
      return { m: at(theta), area: ((weights[i] * (to - from)) / 2) * Math.sin(theta) * width };
    });
  });
}

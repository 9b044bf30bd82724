import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { throughGaussNodes } from "../numerics/gauss-interpolation.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { Vec3 } from "./frame.ts";
import { frameAlong, outOfFrame } from "./frame.ts";
import { remembering } from "./remembering.ts";
import type { WeightedRim } from "./rim-pieces.ts";
import { pieces } from "./rim-pieces.ts";

/** Nodes on the sphere, in the laboratory, with the area each stands for. */
export interface RegionNode {
  readonly m: Vec3;
  readonly area: number;
}

/** A region of the sphere that a rim bounds. */
export interface QuadratureRegion {
  /** For products of harmonics up to a degree with a weight that is smooth within the region. */
  quadrature(degree: number): RegionNode[];
}

/** Steps over the polar angle in which the rims of a region are looked for, and halvings that find them. */
const steps = 48;
const halvings = 26;
/** Rays of a piece of the rim; its rim at others is the polynomial through theirs. */
const raysOfPiece = 24;
/** Nodes of a stretch of a ray, and rays of a piece, beyond those that turns of the highest degree need. */
const nodesForWeight = 32;
const raysForWeight = 20;

type Stretches = readonly (readonly [from: number, to: number])[];

/**
 * Rays from a centre within the region, Gauss nodes on each stretch of a ray inside, and Gauss nodes over the azimuth between corners
 * of the rim. The rim is met exactly on each ray and its corners are found, so that the error falls with the smoothness of the
 * rim between them and not as that of a step on a grid. Where the weight of what is integrated, 1 at the most, is small, its
 * corners need not be known as well.
 */
export function regionAround(
  centre: Vec3,
  inside: (m: Vec3) => boolean,
  weight: (m: Vec3) => number = () => 1,
): QuadratureRegion {
  const frame = frameAlong(centre);
  const at = (azimuth: number, theta: number): Vec3 =>
    outOfFrame(frame, [
      Math.sin(theta) * Math.cos(azimuth),
      Math.sin(theta) * Math.sin(azimuth),
      Math.cos(theta),
    ]);
  const ray = remembering((azimuth: number) => stretches((theta) => inside(at(azimuth, theta))), 256);
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
      rims ??= pieces(within).map((piece) => rimOf(piece, ray));
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
  /** Of the azimuth against what it is a function of. */
  readonly slope: number;
  readonly inside: Stretches;
}

/** The rim of a piece over [−1, 1]: nodes crowd towards its ends, where the rim may leave a corner as a power does. */
function rimOf([first, last]: readonly [number, number], ray: (azimuth: number) => Stretches) {
  const azimuthOf = (x: number): number => (first + last) / 2 + ((last - first) / 4) * x * (3 - x * x);
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

function alongRay(
  inside: Stretches,
  degree: number,
  at: (theta: number) => Vec3,
  width: number,
): RegionNode[] {
  return inside.flatMap(([from, to]) => {
    const { nodes, weights } = gaussLegendre(nodesForWeight + Math.ceil((degree * (to - from)) / 3));
    return [...nodes].map((node, i) => {
      const theta = (from + to) / 2 + (node * (to - from)) / 2;
      return { m: at(theta), area: ((weights[i] * (to - from)) / 2) * Math.sin(theta) * width };
    });
  });
}

/** Stretches of [0, π] on which a condition holds. */
function stretches(holds: (theta: number) => boolean): [number, number][] {
  throwIfInterrupted();
  const found: [number, number][] = [];
  let from: number | undefined = holds(0) ? 0 : undefined;
  for (let i = 1; i <= steps; i++) {
    const [before, here] = [((i - 1) * Math.PI) / steps, (i * Math.PI) / steps];
    const isInside = holds(here);
    if (isInside === (from !== undefined)) continue;
    let [known, other] = [before, here];
    for (let k = 0; k < halvings; k++) {
      const middle = (known + other) / 2;
      if (holds(middle) === isInside) other = middle;
      else known = middle;
    }
    const rim = (known + other) / 2;
    if (isInside) from = rim;
    else {
      found.push([from!, rim]);
      from = undefined;
    }
  }
  if (from !== undefined) found.push([from, Math.PI]);
  return found;
}

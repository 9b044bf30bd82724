import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { Vec3 } from "./frame.ts";
import { frameAlong, outOfFrame } from "./frame.ts";

/** Nodes on the sphere, in the laboratory, with the area each stands for. */
export interface RegionNode {
  readonly m: Vec3;
  readonly area: number;
}

/** Steps over the polar angle in which the rims of a region are looked for, and halvings that find them. */
const steps = 48;
const halvings = 26;
/** Nodes of a stretch of a ray beyond those that turns of the highest degree need. */
const nodesForWeight = 32;

/**
 * Quadrature over a region of the sphere that a rim bounds: rays from a centre within it, Gauss nodes on each stretch inside, evenly
 * spaced rays. The rim is met exactly on each ray, so that the error falls with the smoothness of the rim and not as that of a
 * step on a grid. For products of harmonics up to `degree` with a weight that is smooth within the region.
 */
export function regionQuadrature(
  inside: (m: Vec3) => boolean,
  centre: Vec3,
  degree: number,
  rays: number,
): RegionNode[] {
  const frame = frameAlong(centre);
  const found: RegionNode[] = [];
  for (let ray = 0; ray < rays; ray++) {
    const azimuth = (2 * Math.PI * (ray + 0.5)) / rays;
    const [x, y] = [Math.cos(azimuth), Math.sin(azimuth)];
    const at = (theta: number): Vec3 =>
      outOfFrame(frame, [Math.sin(theta) * x, Math.sin(theta) * y, Math.cos(theta)]);
    for (const [from, to] of stretches((theta) => inside(at(theta)))) {
      const { nodes, weights } = gaussLegendre(nodesForWeight + Math.ceil((degree * (to - from)) / 2));
      nodes.forEach((node, i) => {
        const theta = (from + to) / 2 + (node * (to - from)) / 2;
        const area = ((weights[i] * (to - from)) / 2) * Math.sin(theta) * ((2 * Math.PI) / rays);
        found.push({ m: at(theta), area });
      });
    }
  }
  return found;
}

/** Stretches of [0, π] on which a condition holds. */
function stretches(holds: (theta: number) => boolean): [number, number][] {
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

import type { Vec3 } from "./frame.ts";

/** Arcs of a ray, given by the angles from its start, rad. */
export type Arcs = readonly (readonly [from: number, to: number])[];

/** A zone of the sphere: from < axis·m < to. */
export interface Zone {
  readonly axis: Vec3;
  readonly from: number;
  readonly to: number;
}

/** Where from < along·cos θ + across·sin θ < to on [0, π]: in closed form, so that no arc is too short to be found. */
export function arcsBetween(along: number, across: number, from: number, to: number): Arcs {
  const radius = Math.hypot(along, across);
  const turn = Math.atan2(across, along);
  const ends = [from, to]
    .filter((level) => Math.abs(level) < radius)
    .flatMap((level) => [-1, 1].map((sign) => turn + sign * Math.acos(level / radius)))
    .map((theta) => theta - 2 * Math.PI * Math.floor(theta / (2 * Math.PI)))
    .filter((theta) => theta > 0 && theta < Math.PI)
    .sort((a, b) => a - b);
  const edges = [0, ...ends, Math.PI];
  const found: (readonly [number, number])[] = [];
  for (let i = 1; i < edges.length; i++) {
    const [first, last] = [edges[i - 1], edges[i]];
    const there = radius * Math.cos((first + last) / 2 - turn);
    if (first < last && there > from && there < to) found.push([first, last]);
  }
  return found;
}

/** The intersection of two lists of ascending intervals. */
export const common = (a: Arcs, b: Arcs): Arcs =>
  a.flatMap(([from, to]) =>
    b
      .map(([first, last]) => [Math.max(from, first), Math.min(to, last)] as const)
      .filter(([first, last]) => first < last),
  );

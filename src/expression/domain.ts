import type { Interval } from "./interval.ts";
import { add, div, interval, mul, neg, point, square } from "./interval.ts";
import { magnetization } from "./vector.ts";

/** The domain of variables: m on the unit sphere, each other variable in its own interval, all independent. */
export interface Domain {
  /** Names among mx, my, mz that occur. */
  readonly components: readonly string[];
  readonly box: Readonly<Record<string, Interval>>;
}

/**
 * A piece of a domain: a patch of the sphere and an interval for each variable. Patches are squares on the faces of the cube around the
 * sphere, m = (u, v, 1)/√(1+u²+v²) with u, v in [−1, 1], so no point of the sphere is special. If only one component of m occurs it is
 * treated as any other variable.
 */
export interface Cell {
  /** The component of m along the face's normal, and its sign. */
  readonly face: { readonly axis: number; readonly sign: number } | undefined;
  /** u, v (if there is a face), then the variables in the order of `coordinates`. */
  readonly intervals: readonly Interval[];
}

/** Names of the variables whose intervals a cell holds as they are. */
export const coordinates = ({ components, box }: Domain): string[] => [
  ...(components.length === 1 ? components : []),
  ...Object.keys(box),
];

export function wholeDomain(domain: Domain): Cell[] {
  const intervals = coordinates(domain).map((name) => domain.box[name] ?? interval(-1, 1));
  if (domain.components.length < 2) return [{ face: undefined, intervals }];
  return magnetization.flatMap((_, axis) =>
    [1, -1].map((sign) => ({
      face: { axis, sign },
      intervals: [interval(-1, 1), interval(-1, 1), ...intervals],
    })),
  );
}

/** Intervals of all variables on a cell. */
export function variablesOn(
  { components, box }: Domain,
  { face, intervals }: Cell,
): Record<string, Interval> {
  const variables: Record<string, Interval> = {};
  let next = face ? 2 : 0;
  if (components.length === 1) variables[components[0]] = intervals[next++];
  for (const name in box) variables[name] = intervals[next++];
  if (!face) return variables;
  const { axis, sign } = face;
  const [u, v] = intervals;
  const along = projected(one, u, v);
  variables[magnetization[axis]] = sign > 0 ? along : neg(along);
  variables[magnetization[(axis + 1) % 3]] = projected(u, one, v);
  variables[magnetization[(axis + 2) % 3]] = projected(v, one, u);
  return variables;
}

const one = point(1);
const slack = 4 * Number.EPSILON;

/** x/√(x² + y² + z²) as an interval: it increases with x, and its magnitude decreases with |y| and |z|. */
function projected(x: Interval, y: Interval, z: Interval): Interval {
  const [a, b] = [square(y), square(z)];
  const [near, far] = [a.low + b.low, a.high + b.high];
  const low = x.low / Math.sqrt(x.low * x.low + (x.low > 0 ? far : near));
  const high = x.high / Math.sqrt(x.high * x.high + (x.high > 0 ? near : far));
  return interval(low - slack * Math.abs(low), high + slack * Math.abs(high));
}

/** Derivatives along u and v from those along m: the columns of ∂m/∂(u, v) on the patch. */
export function alongPatch(
  { face, intervals: [u, v] }: Cell,
  gradient: readonly Interval[],
): [Interval, Interval] {
  const { axis, sign } = face!;
  const size = add(add(point(1), square(u)), square(v));
  const cubed = mul(size, interval(Math.sqrt(size.low), Math.sqrt(size.high) * (1 + Number.EPSILON)));
  const across = neg(mul(u, v));
  const column = (x: Interval, y: Interval, toX: Interval, toY: Interval, toZ: Interval): Interval => {
    // ∂m/∂u = (1 + v², −uv, −u)/(1+u²+v²)^(3/2) for the components along u, v and the face's axis
    const sum = add(
      add(mul(add(point(1), square(y)), toX), mul(across, toY)),
      mul(neg(x), sign > 0 ? toZ : neg(toZ)),
    );
    return div(sum, cubed);
  };
  const [toZ, toU, toV] = [gradient[axis], gradient[(axis + 1) % 3], gradient[(axis + 2) % 3]];
  return [column(u, v, toU, toV, toZ), column(v, u, toV, toU, toZ)];
}

export const middle = ({ low, high }: Interval): number =>
  low === high ? low : Math.min(high, Math.max(low, low / 2 + high / 2));

/** The middle of a cell, as a cell of zero size. */
export const centre = ({ face, intervals }: Cell): Cell => ({
  face,
  intervals: intervals.map((side) => point(middle(side))),
});

/** Two halves of a cell. */
export function halves({ face, intervals }: Cell, side: number): [Cell, Cell] {
  const { low, high } = intervals[side];
  const cut = middle(intervals[side]);
  const half = (part: Interval): Cell => ({
    face,
    intervals: intervals.map((x, i) => (i === side ? part : x)),
  });
  return [half(interval(low, cut)), half(interval(cut, high))];
}

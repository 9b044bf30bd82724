import type { Axis, AxisValue, Refine } from "./description.ts";
import type { PointSettings } from "./points.ts";
import { valuesOfAxis } from "./points.ts";

/** A figure at a point with its standard error, 0 without one. */
export interface Known {
  readonly value: number;
  readonly error: number;
}

/** The figure at a point; null if there is none. */
export type Figures = (settings: PointSettings) => Known | null;

/** A rectangle between points, in coordinates that are linear along each axis. */
interface Cell {
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Expected deviation of the middle of an edge from the straight line between its ends, for each axis. */
  readonly bend: readonly number[];
}

/** The extra points of a refined grid, placed in rounds; each round is complete before the next is planned. */
export interface Refinement {
  /** Points of the next round; none if all are placed, or if no deviation from straightness exceeds its error. */
  next(): readonly PointSettings[];
  /** Receives the figures at the requested points. */
  take(figures: Figures): void;
}

/** A deviation of up to this many standard errors is noise: of the hundreds of edges of a grid some deviate by two. */
const noise = 3;
/** A smaller deviation, relative to the values, is rounding. */
const rounding = 1e-12;
/** A round splits the cells whose deviation exceeds this share of the largest one. */
const worthwhile = 0.5;
/** Shortest edge as a share of its original length. */
const shortest = 2 ** -20;

/** The coordinates of an axis, ascending; logarithms if its scale is logarithmic. */
interface Scaled {
  readonly path: string;
  readonly values: readonly number[];
  readonly back: (x: number) => number;
}

function scaled(axis: Axis): Scaled {
  const isLogarithmic = axis.range?.scale === "log";
  const sign = (axis.range?.from ?? 1) < 0 ? -1 : 1;
  const numbers = [...new Set(valuesOfAxis(axis) as readonly number[])];
  const values = numbers.map((x) => (isLogarithmic ? sign * Math.log(Math.abs(x)) : x));
  const written = new Map(values.map((x, i) => [x, numbers[i]]));
  return {
    path: axis.path,
    values: values.toSorted((a, b) => a - b),
    // existing points keep their numbers bit for bit
    back: (x) => written.get(x) ?? (isLogarithmic ? sign * Math.exp(sign * x) : x),
  };
}

/** Why a path's values cannot be refined; undefined if they can. */
export function whyNotRefined(axis: Axis): string | undefined {
  const values = valuesOfAxis(axis);
  const numbers = new Set(values.filter((value: AxisValue) => typeof value === "number"));
  if (values.some((value) => typeof value !== "number")) return "must be numbers if points are refined";
  return numbers.size < 2 ? "must have at least two values if points are refined" : undefined;
}

/**
 * Places points where a figure over the grid deviates most from a straight line: in the middle of a cell's edges, along
 * the axis with the largest deviation. Deviations come from second differences on the grid, and afterwards from each
 * new point (its hierarchical surplus, a quarter of which is expected for each half). The same figures give the same
 * points.
 */
export function refinement(
  axes: readonly Axis[],
  { points, scale }: Pick<Refine, "points" | "scale">,
  base: Figures,
): Refinement {
  const along = axes.map(scaled);
  const known = new Map<string, Known | null>();
  const settingsOf = (place: readonly number[]): PointSettings =>
    Object.fromEntries(along.map(({ path, back }, k) => [path, back(place[k])]));
  const key = (place: readonly number[]): string => place.join(" ");
  const learn = (place: readonly number[], figures: Figures): void => {
    const found = figures(settingsOf(place));
    known.set(key(place), found && scale === "log" ? logarithm(found) : found);
  };
  const at = (place: readonly number[]): Known | null => known.get(key(place)) ?? null;
  for (const place of placesOf(along)) learn(place, base);
  let cells = cellsOf(along, at);
  let asked: { readonly cell: Cell; readonly axis: number; readonly places: number[][] }[] = [];
  let left = points;
  return {
    next() {
      asked = [];
      const most = Math.max(0, ...cells.map(greatest));
      if (most === 0) return [];
      const placed = new Map<string, number[]>();
      const order = cells
        .filter((cell) => greatest(cell) >= worthwhile * most)
        .toSorted((a, b) => greatest(b) - greatest(a));
      for (const cell of order) {
        const axis = cell.bend.indexOf(greatest(cell));
        const places = middlesOf(cell, axis);
        const fresh = places.filter((place) => !known.has(key(place)) && !placed.has(key(place)));
        if (placed.size + fresh.length > left) continue;
        for (const place of fresh) placed.set(key(place), place);
        asked.push({ cell, axis, places });
      }
      left -= placed.size;
      return [...placed.values()].map(settingsOf);
    },
    take(figures) {
      for (const place of asked.flatMap(({ places }) => places))
        if (!known.has(key(place))) learn(place, figures);
      const gone = new Set(asked.map(({ cell }) => cell));
      const halves = asked.flatMap(({ cell, axis, places }) => halved(cell, axis, places, at));
      cells = [...cells.filter((cell) => !gone.has(cell)), ...halves].filter(
        ({ low, high }) => !low.every((x, k) => high[k] - x < shortest * span(along[k])),
      );
    },
  };
}

const span = ({ values }: Scaled): number => values[values.length - 1] - values[0];
const greatest = ({ bend }: Cell): number => Math.max(...bend);

const logarithm = ({ value, error }: Known): Known | null =>
  value > 0 ? { value: Math.log10(value), error: error / value / Math.LN10 } : null;

/** Every combination of one entry of each list. */
const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((rows, list) => rows.flatMap((row) => list.map((one) => [...row, one])), [[]]);

const placesOf = (along: readonly Scaled[]): number[][] => product(along.map(({ values }) => values));

/** Deviation from the straight line between two ends, minus the part that noise would give. */
function surplus(ends: readonly [Known | null, Known | null], middle: Known | null, share = 0.5): number {
  const [a, b] = ends;
  // an edge with an end without a figure is not refined: the boundary of the figure is not searched for
  if (!a || !b || !middle) return 0;
  const line = a.value + share * (b.value - a.value);
  const error = Math.hypot(middle.error, (1 - share) * a.error, share * b.error);
  const rounded = rounding * Math.max(Math.abs(a.value), Math.abs(b.value), Math.abs(middle.value));
  return Math.max(0, Math.abs(middle.value - line) - noise * error - rounded);
}

/** The middles of the edges of a cell along an axis. */
function middlesOf({ low, high }: Cell, axis: number): number[][] {
  return product(low.map((x, k) => (k === axis ? [(x + high[k]) / 2] : [x, high[k]])));
}

function halved(
  cell: Cell,
  axis: number,
  middles: readonly number[][],
  at: (place: readonly number[]) => Known | null,
): Cell[] {
  const { low, high, bend } = cell;
  const moved = (place: readonly number[], to: number): number[] =>
    place.map((x, k) => (k === axis ? to : x));
  const shown = middles.map((place) =>
    surplus([at(moved(place, low[axis])), at(moved(place, high[axis]))], at(place)),
  );
  const expected = bend.map((of, k) => (k === axis ? Math.max(...shown) / 4 : of));
  const middle = (low[axis] + high[axis]) / 2;
  return [
    { low, high: moved(high, middle), bend: expected },
    { low: moved(low, middle), high, bend: expected },
  ];
}

/**
 * The cells of the grid with the deviations of their edges from second differences along its lines; unknown ones come
 * first.
 */
function cellsOf(along: readonly Scaled[], at: (place: readonly number[]) => Known | null): Cell[] {
  return product(along.map(({ values }) => values.slice(1).map((_, i) => i))).map((corner) => {
    const low = corner.map((i, k) => along[k].values[i]);
    const high = corner.map((i, k) => along[k].values[i + 1]);
    const bend = along.map(({ values }, k) => {
      const i = corner[k];
      const edges = product(low.map((x, j) => (j === k ? [x] : [x, high[j]])));
      const on = (edge: readonly number[], to: number): Known | null =>
        at(edge.map((x, j) => (j === k ? values[to] : x)));
      // with only two values the deviation is unknown; without a figure there is none
      if (values.length === 2)
        return edges.some((edge) => on(edge, 0) && on(edge, 1)) ? Number.POSITIVE_INFINITY : 0;
      // from three neighbouring points: the deviation at the middle one, scaled to the middle of this edge
      const through = (edge: readonly number[], first: number): number => {
        const [a, b, c] = [values[first], values[first + 1], values[first + 2]];
        const off = surplus([on(edge, first), on(edge, first + 2)], on(edge, first + 1), (b - a) / (c - a));
        return (off * ((high[k] - low[k]) / 2) ** 2) / ((b - a) * (c - b));
      };
      const starts = [i - 1, i].filter((first) => first >= 0 && first + 2 < values.length);
      return Math.max(...edges.flatMap((edge) => starts.map((first) => through(edge, first))));
    });
    return { low, high, bend };
  });
}

import { compileScalar } from "./compile.ts";
import { gradient } from "./differentiate.ts";
import type { Cell, Domain } from "./domain.ts";
import { alongPatch, centre, coordinates, halves, middle, variablesOn, wholeDomain } from "./domain.ts";
import type { Expression } from "./expression.ts";
import { neg, variablesOf } from "./expression.ts";
import { newHeap } from "./heap.ts";
import type { Interval } from "./interval.ts";
import { add, isBounded, mul, point, sub, wholeLine, width } from "./interval.ts";
import { affordable, intervalProgram } from "./interval-program.ts";
import { merged, sizeOf } from "./merge.ts";
import { magnetization } from "./vector.ts";

/** The largest value on a domain: it lies between `attained` and `bound`. */
export interface Supremum {
  /** No value is larger; infinite if no bound was found. */
  readonly bound: number;
  /** A value that the function takes, and the variables there (none if it is the known one). */
  readonly attained: number;
  readonly at: Readonly<Record<string, number>>;
}

export interface BoundsOptions {
  /** The search ends when the gap between bound and attained value is below this share of the latter. Default 0.01. */
  readonly tolerance?: number;
  /** The search also ends when the gap is below tolerance · scale. Default 0. */
  readonly scale?: number;
  /** Most cells that may be bounded. Default 3000. */
  readonly work?: number;
  /** A value that the function is known to take somewhere. Cells that cannot exceed it by more than the gap are not bounded further. */
  readonly known?: number;
  /**
   * The search also ends when the attained value is not 0 but below this share of the bound, because no more work finds a better bound.
   * Default 0.
   */
  readonly vanishing?: number;
}

/** Cells after which a value counts as vanishing: before, it may be small by chance. */
const fewestCells = 150;

/** A cell with sides this short, relative to the domain's, and without a bound counts as a pole. */
const narrowest = 1e-7;

/** The domain of expressions: the components of m that occur lie on the sphere, the other variables in their intervals. */
export function domainOf(of: readonly Expression[], box: Readonly<Record<string, Interval>>): Domain {
  const used = variablesOf(...of);
  const missing = [...used].filter((name) => !magnetization.includes(name) && !(name in box));
  if (missing.length > 0) throw new Error(`no interval is given for ${missing.join(", ")}`);
  return {
    components: magnetization.filter((name) => used.has(name)),
    box: Object.fromEntries(Object.entries(box).filter(([name]) => used.has(name))),
  };
}

/**
 * The largest value by branch and bound: the cell with the largest bound is halved until its bound is near an attained value or the work
 * is used up. Each cell takes the better of the natural and the mean value form. Where a derivative keeps its sign, the cell shrinks to
 * the side with the larger values.
 */
export function supremum(
  of: Expression,
  box: Readonly<Record<string, Interval>>,
  {
    tolerance = 0.01,
    scale = 0,
    work: mostWork = 3000,
    known = Number.NEGATIVE_INFINITY,
    vanishing = 0,
  }: BoundsOptions = {},
): Supremum {
  const domain = domainOf([of], box);
  const { boundsIn, most } = cellBounds(of, domain, mostWork);
  let attained = known;
  let best: Cell | undefined;
  let work = 0;
  const heap = newHeap<BoundedCell>();
  const whole = wholeDomain(domain);
  const sizes = whole[0].intervals.map(width);
  // halving never bounds a pole of the formula, so a pole must not use up the work for all other cells
  let aside = Number.NEGATIVE_INFINITY;
  const put = (cell: Cell): void => {
    work++;
    const visited = boundsIn(cell);
    if (visited.sample > attained) [attained, best] = [visited.sample, visited.cell];
    const isPole =
      visited.bound === Number.POSITIVE_INFINITY &&
      cell.intervals.every((side, i) => width(side) <= narrowest * sizes[i]);
    if (isPole) aside = visited.bound;
    else heap.push(visited);
  };
  whole.forEach(put);
  for (;;) {
    const top = heap.top();
    const good = attained + tolerance * Math.max(Math.abs(attained), scale);
    const vanishes = top && work >= fewestCells && attained > 0 && attained < vanishing * top.bound;
    if (!top || top.bound <= good || work >= most || top.split < 0 || vanishes)
      return {
        bound: Math.max(top?.bound ?? attained, attained, aside),
        attained,
        at: place(domain, best),
      };
    heap.pop();
    for (const half of halves(top.cell, top.split)) put(half);
  }
}

export interface Bounds {
  readonly low: Supremum;
  readonly high: Supremum;
}

/** Smallest and largest value; `low` holds the lower bound and the smallest attained value. */
export function bounds(
  of: Expression,
  box: Readonly<Record<string, Interval>>,
  options: BoundsOptions = {},
): Bounds {
  const below = supremum(neg(of), box, options);
  return {
    low: { ...below, bound: -below.bound, attained: -below.attained },
    high: supremum(of, box, options),
  };
}

function place(domain: Domain, cell: Cell | undefined): Record<string, number> {
  const at = cell ? variablesOn(domain, centre(cell)) : {};
  return Object.fromEntries(Object.entries(at).map(([name, side]) => [name, middle(side)]));
}

export interface BoundedCell {
  readonly cell: Cell;
  readonly bound: number;
  readonly sample: number;
  /** The side to halve, or −1 if none can be halved. */
  readonly split: number;
}

/** Examines cells of a domain. */
export interface CellBounds {
  /** Bounds of a function in a cell, a value that it takes, and the side along which it varies most. */
  readonly boundsIn: (cell: Cell) => BoundedCell;
  /** Most cells that a search with the given work examines. */
  readonly most: number;
}

/** Nodes of a function from which on its gradient, some five times as large, is not used: its own intervals bound it on more cells. */
const mostDerived = 5000;

export function cellBounds(asked: Expression, domain: Domain, work: number): CellBounds {
  const [of] = merged([asked]);
  const own = coordinates(domain);
  const names = [...domain.components, ...Object.keys(domain.box)];
  const hasFaces = domain.components.length > 1;
  const sizes = wholeDomain(domain)[0].intervals.map((side) => Math.max(width(side), Number.MIN_VALUE));
  const isDerived = sizeOf([of]) <= mostDerived;
  const program = intervalProgram([of, ...(isDerived ? gradient(of, names) : [])], 1);
  const value = compileScalar(of, names);
  const valueAt = (cell: Cell): number => {
    const at = variablesOn(domain, centre(cell));
    return value(...names.map((name) => middle(at[name])));
  };
  // places among the outputs: the function, then its derivatives
  const placesOf = (of: readonly string[]): number[] => of.map((name) => names.indexOf(name) + 1);
  const [onSphere, alone] = [placesOf(magnetization), placesOf(own)];
  const slopes = (cell: Cell, found: readonly Interval[]): Interval[] => {
    const along = alone.map((place) => found[place]);
    if (!hasFaces) return along;
    const [toU, toV] = alongPatch(
      cell,
      onSphere.map((place) => (place === 0 ? nought : found[place])),
    );
    return [toU, toV, ...along];
  };
  const boundsIn = (cell: Cell, shrinks: boolean): BoundedCell => {
    const found = program.evaluate(variablesOn(domain, cell));
    const along = !isDerived || program.mayJump() ? cell.intervals.map(() => wholeLine) : slopes(cell, found);
    if (shrinks) {
      const intervals = cell.intervals.map((side, i) => risingTo(side, along[i]));
      if (intervals.some((side, i) => side !== cell.intervals[i]))
        return boundsIn({ face: cell.face, intervals }, false);
    }
    const sample = valueAt(cell);
    let bound = found[0].high;
    let change: Interval = point(0);
    let [split, most] = [-1, 0];
    cell.intervals.forEach((side, i) => {
      const at = middle(side);
      const part = mul(along[i], sub(side, point(at)));
      change = add(change, part);
      // bounded slopes show along which side the function varies most; without them take the side that has been halved least
      const measure = isBounded(along[i]) ? width(part) : (width(side) / sizes[i]) * 1e300;
      if (canHalve(side) && (measure > most || split < 0)) [split, most] = [i, measure];
    });
    if (Number.isFinite(sample)) {
      const rounding = 16 * Number.EPSILON * Math.abs(sample);
      if (isBounded(change)) bound = Math.min(bound, sample + rounding + change.high);
    }
    return { cell, bound, sample: Number.isFinite(sample) ? sample : Number.NEGATIVE_INFINITY, split };
  };
  return { boundsIn: (cell) => boundsIn(cell, true), most: affordable(work, program) };
}

const nought = point(0);

/** The end of a side on which the value is largest, where the slope along it keeps its sign. */
function risingTo(side: Interval, slope: Interval): Interval {
  if (side.low === side.high) return side;
  if (slope.low >= 0) return point(side.high);
  if (slope.high <= 0) return point(side.low);
  return side;
}

const canHalve = (side: Interval): boolean => {
  const cut = middle(side);
  return cut > side.low && cut < side.high;
};

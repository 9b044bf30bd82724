import type { BoundedCell } from "./bounds.ts";
import { cellBounds, domainOf } from "./bounds.ts";
import { compileScalar } from "./compile.ts";
import type { Cell } from "./domain.ts";
import { coordinates, halves, middle, variablesOn, wholeDomain } from "./domain.ts";
import type { Expression } from "./expression.ts";
import { newHeap } from "./heap.ts";
import type { Interval } from "./interval.ts";
import { point, width } from "./interval.ts";

/** The search ends when the gap between bound and attained value is below this share of the latter. */
const tolerance = 0.3;
/** Relative difference below which the known value stays. */
const alike = 0.05;
/**
 * Shortest side of a patch of the sphere (a face has 2); it is not halved further. A narrower feature turns a spin by less than a kick,
 * and formulas in angles may fail at a single point such as a pole.
 */
const finest = 2 ** -13;
/** The same for other variables, relative to their whole interval. */
const shortest = 2 ** -40;
/** Cells between two dives. */
const pause = 60;
const mostDepth = 120;
/** First step of a climb, in widths of the cell, and number of its rounds. */
const reach = 16;
const mostRounds = 40;

/**
 * The largest value of a function to within 30 %, from a known positive value. Returns the known one unless the search finds values that
 * are larger by more than 5 %. Patches with the largest bounds are halved first. At intervals one patch is halved down to a narrow cell,
 * and a climb to the nearest maximum starts there, because bounds of a narrow feature become tight only when it fills a cell. The search
 * ends when no bound is larger or the work (cells) is used up.
 */
export function largestValue(
  of: Expression,
  box: Readonly<Record<string, Interval>>,
  known: number,
  work = 1000,
): number {
  const domain = domainOf([of], box);
  const { boundsIn, most: mostCells } = cellBounds(of, domain, work);
  const own = coordinates(domain);
  const names = [...domain.components, ...Object.keys(domain.box)];
  const value = compileScalar(of, names);
  const whole = wholeDomain(domain);
  const sizes = whole[0].intervals.map(width);
  const least = sizes.map((size, i) => {
    const name = own[i - (sizes.length - own.length)];
    return size * (name === undefined || domain.components.includes(name) ? finest : shortest);
  });
  const canHalve = (cell: Cell, side: number): boolean => width(cell.intervals[side]) > least[side];
  let largest = known;
  const meet = (x: number): boolean => {
    if (!(x > largest && x < Number.POSITIVE_INFINITY)) return false;
    largest = x;
    return true;
  };
  const valueAt = (face: Cell["face"], at: readonly number[]): number => {
    const variables = variablesOn(domain, { face, intervals: at.map(point) });
    return value(...names.map((name) => middle(variables[name])));
  };
  /** The smaller of the values at a point and beside it: a large value at a single point is an artefact of the formula. */
  const heightAt = (face: Cell["face"], at: readonly number[]): number =>
    Math.min(
      valueAt(face, at),
      valueAt(
        face,
        at.map((x, i) => x + 0.4 * least[i] * (x > 0 ? -1 : 1)),
      ),
    );
  const heap = newHeap<BoundedCell>();
  let visited = 0;
  const visit = (cell: Cell): BoundedCell => {
    visited++;
    meet(heightAt(cell.face, cell.intervals.map(middle)));
    return boundsIn(cell);
  };
  const isWorth = ({ bound }: BoundedCell): boolean => bound > largest * (1 + tolerance);
  /** The side to halve: the one along which the function varies most, or the widest that may be halved. */
  const sideOf = ({ cell, split }: BoundedCell): number => {
    if (split >= 0 && canHalve(cell, split)) return split;
    const shares = cell.intervals.map((side, i) => (canHalve(cell, i) ? width(side) / sizes[i] : 0));
    const most = Math.max(0, ...shares);
    return most > 0 ? shares.indexOf(most) : -1;
  };
  const dive = (from: BoundedCell): void => {
    let top = from;
    for (let depth = 0; depth < mostDepth && isWorth(top); depth++) {
      const side = sideOf(top);
      if (side < 0) break;
      const [a, b] = halves(top.cell, side).map(visit);
      const [higher, lower] =
        a.bound > b.bound || (a.bound === b.bound && a.sample >= b.sample) ? [a, b] : [b, a];
      heap.push(lower);
      top = higher;
    }
    const { face } = top.cell;
    meet(climbedFrom(top.cell, whole[0].intervals, (at) => heightAt(face, at)));
  };
  for (const cell of whole) heap.push(visit(cell));
  let next = visited;
  for (let top = heap.top(); top && isWorth(top) && visited < mostCells; top = heap.top()) {
    heap.pop();
    if (visited >= next) {
      dive(top);
      next = visited + pause;
      continue;
    }
    const side = sideOf(top);
    if (side >= 0) for (const half of halves(top.cell, side)) heap.push(visit(half));
  }
  return largest > (1 + alike) * known ? largest : known;
}

/** The value that a climb from the middle of a cell reaches, one coordinate at a time, within the whole domain. */
function climbedFrom(
  { intervals }: Cell,
  whole: readonly Interval[],
  heightAt: (at: readonly number[]) => number,
): number {
  const at = intervals.map(middle);
  let height = heightAt(at);
  const steps = intervals.map((side) => reach * width(side));
  for (let round = 0; round < mostRounds; round++)
    for (const [i, { low, high }] of whole.entries()) {
      const before = at[i];
      const isHigher = [1, -1].some((sign) => {
        at[i] = Math.min(high, Math.max(low, before + sign * steps[i]));
        const here = heightAt(at);
        if (here > height) height = here;
        else at[i] = before;
        return at[i] !== before;
      });
      steps[i] = isHigher ? 2 * steps[i] : steps[i] / 2;
    }
  return height;
}

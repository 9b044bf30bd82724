import type { SpreadUnit } from "./spread-nodes.ts";

/** A product of one unit of each variate. */
export interface SpreadCell {
  readonly units: readonly SpreadUnit[];
  readonly behind: readonly SpreadCell[];
  /** Nodes first … last − 1. */
  first: number;
  last: number;
  isRefined: boolean;
  /** Following units that are not taken yet because other units before them are not refined, and the number of all following units. */
  missing: (readonly SpreadUnit[])[];
  after: number;
  /** The contribution of its nodes to the means; if signs cancel, at least the square of the sum of absolute values over the scale. */
  own: Float64Array;
}

/**
 * The remainder after a unit is estimated by its contribution. For a nested rule of one variate it is this contribution times its ratio to
 * that of the rule before, but at least `leastLeft` of it. It is never below `leastFall` of the previous unit's contribution, because a sum
 * may be zero by chance.
 */
const leastLeft = 0.05;
/** Estimated contribution of waiting units, as a share of the contribution of the unit before them. */
const ofWaiting = 0.05;
const leastFall = { ofRule: 1e-4, ofPiece: 1e-3 };

export const keyOf = (units: readonly SpreadUnit[]): string => units.map(({ nodes }) => nodes[0].x).join();

export const isOpen = ({ isRefined, missing }: SpreadCell): boolean => !isRefined || missing.length > 0;

/** Estimated error because a cell is not, or only partly, refined. */
export function leftAfter(cell: SpreadCell, own: (cell: SpreadCell) => Float64Array, i: number): number {
  const { units, behind } = cell;
  const here = own(cell)[i];
  const before = behind.reduce((most, cell) => Math.max(most, own(cell)[i]), 0);
  const isRule = units.every(({ isWide }) => isWide) && behind.length <= 1;
  const share = cell.isRefined ? (ofWaiting * cell.missing.length) / cell.after : 1;
  if (!isRule) return share * Math.max(here, leastFall.ofPiece * before);
  const fell = before > 0 ? here / before : 1;
  return share * Math.max(here * Math.min(1, Math.max(4 * fell, leastLeft)), leastFall.ofRule * before);
}

/** Whether a cell is the middle, or lies beyond it in only one variate and only by the first set. */
export const isEarly = (units: readonly SpreadUnit[]): boolean =>
  units.filter(({ parent }) => parent).length <= 1 &&
  units.every(({ parent, isWide }) => isWide && !parent?.parent);

export function products<T>(sets: readonly (readonly T[])[]): T[][] {
  return sets.reduce<T[][]>((rows, set) => rows.flatMap((row) => set.map((x) => [...row, x])), [[]]);
}

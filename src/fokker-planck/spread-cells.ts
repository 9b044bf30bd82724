import type { SpreadUnit } from "./spread-nodes.ts";

/** A product of one unit of each variate. */
export interface SpreadCell {
  readonly units: readonly SpreadUnit[];
  readonly behind: readonly SpreadCell[];
  /** Nodes first … last − 1. */
  first: number;
  last: number;
  isRefined: boolean;
  /** Units after it that were not taken yet, because others before them are not refined; and how many there are in all. */
  missing: (readonly SpreadUnit[])[];
  after: number;
  /** What its nodes add to the means, where signs cancel at least the square. */
  own: Float64Array;
}

/**
 * What is left after a unit is as much as it brought; of a nested rule of one variate that much times the fall from the rule before, at
 * least this share. It is never less than another share of what the unit before brought: a sum that is zero by chance ends nothing.
 */
const leastLeft = 0.05;
/** Share of what a unit brought that those after it may bring which wait because others before them brought too little. */
const ofWaiting = 0.05;
const leastFall = { ofRule: 1e-4, ofPiece: 1e-3 };

export const keyOf = (units: readonly SpreadUnit[]): string => units.map(({ nodes }) => nodes[0].x).join();

export const isOpen = ({ isRefined, missing }: SpreadCell): boolean => !isRefined || missing.length > 0;

/** Estimate of what is missing where a cell is not refined, or was in part. */
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

/** The middle, or a first set in one variate alone. */
export const isEarly = (units: readonly SpreadUnit[]): boolean =>
  units.filter(({ parent }) => parent).length <= 1 &&
  units.every(({ parent, isWide }) => isWide && !parent?.parent);

export function products<T>(sets: readonly (readonly T[])[]): T[][] {
  return sets.reduce<T[][]>((rows, set) => rows.flatMap((row) => set.map((x) => [...row, x])), [[]]);
}

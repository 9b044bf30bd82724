import { logSum } from "../numerics/log-sum.ts";
import { nearestIndex } from "../numerics/nearest.ts";
import type { Cells } from "./cell-chain.ts";
import type { DeepestWell } from "./deepest-well.ts";
import { deepestWell } from "./deepest-well.ts";

/** Lifetimes of two sides whose logarithms differ by less than this count as equal (errors of the cells). */
const alike = 0.02;

/** The well on a meridian that spins leave, or why there is no single one; undefined if the event holds nowhere or everywhere. */
export type WellLeft = DeepestWell | { readonly reason: string } | undefined;

/**
 * The well that spins leave into an event: the deepest one on the side of the event where they start. Each side has its own rate, because
 * reaching the event is the end. `start` is the height z at which spins start; undefined if they start everywhere, and then all sides
 * must have one rate.
 */
export function wellLeftInto(
  cells: Cells,
  heights: readonly number[],
  inside: readonly boolean[],
  start: number | undefined,
): WellLeft {
  const sides = sidesOfEvent(inside);
  if (sides.length < 2) return deepestWell(heights, inside);
  if (start !== undefined) {
    const cell = nearestIndex(cells.centers, start);
    const side = sides.find(([from, to]) => from <= cell && cell < to);
    // spins that start in the event have already left
    return deepestWell(heights, side ? outsideOf(side, inside.length) : inside);
  }
  const lifetimes = sides.map((side) => logLifetime(cells, heights, outsideOf(side, inside.length)));
  const apart = Math.max(...lifetimes) - Math.min(...lifetimes);
  if (apart < alike) return deepestWell(heights, inside);
  return {
    reason:
      `spins begin on ${sides.length} sides of the event, whose rates differ by a factor of ${shownExponential(apart)}: ` +
      "let them begin in one well",
  };
}

/** Ranges of cells outside an event, each from its first cell to the one after its last. */
export function sidesOfEvent(inside: readonly boolean[]): [number, number][] {
  const sides: [number, number][] = [];
  inside.forEach((isIn, i) => {
    if (isIn) return;
    if (i === 0 || inside[i - 1]) sides.push([i, i + 1]);
    else sides[sides.length - 1][1] = i + 1;
  });
  return sides;
}

/** All cells but those of one side. */
export const outsideOf = ([from, to]: readonly [number, number], count: number): boolean[] =>
  Array.from({ length: count }, (_, i) => i < from || i >= to);

/**
 * ln of the mean time, times D, from the bottom of a well to the cells beyond it: ∫ exp(−W) dz · ∫ exp W/(1 − z²) dz over each of at most
 * two ways out (Kramers' integrals; the first is over the cells between the ways out).
 */
function logLifetime(
  { centers, edges }: Cells,
  heights: readonly number[],
  beyond: readonly boolean[],
): number {
  const { bottom } = deepestWell(heights, beyond) as DeepestWell;
  const none = Number.NEGATIVE_INFINITY;
  const conductance = [1, -1].reduce((sum, sign) => {
    let resistance = none;
    for (let i = bottom; ; i += sign) {
      if (i < 0 || i >= centers.length) return sum;
      if (beyond[i]) return logSum(sum, -resistance);
      const z = centers[i];
      resistance = logSum(resistance, heights[i] + Math.log((edges[i + 1] - edges[i]) / ((1 - z) * (1 + z))));
    }
  }, none);
  const mass = heights.reduce(
    (sum, height, i) => (beyond[i] ? sum : logSum(sum, Math.log(edges[i + 1] - edges[i]) - height)),
    none,
  );
  return mass - conductance;
}

/** exp x with two digits, also beyond the range of exp. */
function shownExponential(x: number): string {
  const power = Math.floor(x / Math.LN10);
  const text = Math.exp(x).toPrecision(2);
  return Number.isFinite(Number(text)) ? text : `${Math.exp(x - power * Math.LN10).toFixed(1)}e+${power}`;
}

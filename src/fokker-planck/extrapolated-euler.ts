import { relativeDistance } from "../linear-algebra/arnoldi.ts";
import type { DrivenSector } from "./driven-sectors.ts";
import { nextRow, stepFactor } from "./extrapolation.ts";

/** Coefficients of a density, and integrals along its path. */
export interface Integrated {
  readonly density: Float64Array;
  readonly integrals: Float64Array;
}

/** Adds weight times the integrand at a time and density to `sums`. */
export type Integrand = (t: number, density: Float64Array, weight: number, sums: Float64Array) => void;

/** Numbers of columns of the tableau, which are its order; as many as needed are used. */
const columns = { least: 3, most: 9 } as const;
const leastStep = 1e-9;
/** Longest step, in pieces on which the drive is nearly a straight line; a method of high order can take several. */
export const straightPieces = 3;

/**
 * Evolution under a drive that changes with time, by implicit Euler steps extrapolated to order 9 at most (P. Deuflhard, E. Hairer and J.
 * Zugck, Numer. Math. 51 (1987) 501). The length of a step follows the drive and the density, not the fastest rate: so drives may be
 * slower than precession by any factor. `tolerance` is the local error relative to the coefficients' norm. `straight` is the step over
 * which the drive is nearly a straight line; it limits steps, so that no feature of the drive is missed. The drive must be smooth inside
 * [from, to].
 */
export function extrapolatedEuler(
  sectors: readonly DrivenSector[],
  start: Integrated,
  { from, to, straight, tolerance }: { from: number; to: number; straight: number; tolerance: number },
  integrand: Integrand,
): Integrated {
  let state = start;
  let t = from;
  const longest = straightPieces * straight;
  let step = Math.min(longest, to - from);
  // the drive may jump at both ends
  const margin = 1e-12 * (to - from);
  const inside = (time: number): number => Math.min(Math.max(time, from + margin), to - margin);
  while (t < to) {
    step = Math.min(step, to - t);
    const { next, ratios } = extrapolated(sectors, state, { t, step, tolerance, inside }, integrand);
    const isSound = ratios[ratios.length - 1] <= 1;
    if (isSound || step <= leastStep * (to - from)) {
      t = to - t - step <= 1e-12 * (to - from) ? to : t + step;
      state = next;
    }
    step = Math.min(longest, step * bestFactor(ratios, isSound));
  }
  return state;
}

/**
 * Factor by which a step may grow or must shrink: to the length at which the same order suffices again, or the next order if that covers
 * more time for its work. `ratios` are errors over the tolerance, of orders from the third on.
 */
function bestFactor(ratios: readonly number[], isSound: boolean): number {
  const order = columns.least + ratios.length - 1;
  const last = ratios[ratios.length - 1];
  const own = stepFactor(last, order);
  const before = ratios[ratios.length - 2];
  if (!isSound || order === columns.most || !(last < before)) return own;
  const next = stepFactor((last * last) / before, order + 1);
  return next / work(order + 1) > own / work(order) ? next : own;
}

/** Number of Euler steps up to an order. */
const work = (order: number): number => (order * (order + 1)) / 2;

function extrapolated(
  sectors: readonly DrivenSector[],
  start: Integrated,
  at: { t: number; step: number; tolerance: number; inside: (t: number) => number },
  integrand: Integrand,
): { next: Integrated; ratios: readonly number[] } {
  let [densities, integrals]: Float64Array[][] = [[], []];
  const ratios: number[] = [];
  for (let j = 1; ; j++) {
    const ended = eulerSteps(sectors, start, at, j, integrand);
    densities = nextRow(ended.density, densities);
    integrals = nextRow(ended.integrals, integrals);
    if (j < columns.least) continue;
    const next = { density: densities[j - 1], integrals: integrals[j - 1] };
    ratios.push(relativeDistance(densities[j - 2], next.density) / at.tolerance);
    if (ratios[ratios.length - 1] <= 1 || j === columns.most) return { next, ratios };
  }
}

function eulerSteps(
  sectors: readonly DrivenSector[],
  start: Integrated,
  { t: from, step, inside }: { t: number; step: number; inside: (t: number) => number },
  count: number,
  integrand: Integrand,
): Integrated {
  const density = start.density.slice();
  const integrals = start.integrals.slice();
  const h = step / count;
  for (let i = 1; i <= count; i++) {
    const t = inside(from + i * h);
    for (const { sector, resolvent } of sectors) {
      const { unknowns } = sector;
      const b = new Float64Array(unknowns.length);
      let isEmpty = true;
      for (let k = 0; k < b.length; k++) {
        b[k] = density[unknowns[k]];
        isEmpty &&= b[k] === 0;
      }
      if (isEmpty) continue;
      resolvent(t, h).solve(b);
      for (let k = 0; k < b.length; k++) density[unknowns[k]] = b[k];
    }
    integrand(t, density, h, integrals);
  }
  return { density, integrals };
}

import type { CarriedState } from "./carry.ts";

/** Share of its time that a paced run spends on steps; above one it falls behind. */
export class Load {
  #took = 0;
  #given = 0;

  /** Adds a piece of so many steps at a given pace (steps per second), with the seconds that it took. */
  add(steps: number, pace: number, took: number): void {
    if (!Number.isFinite(pace)) return;
    this.#took += took;
    this.#given += steps / pace;
  }

  /** Null if there were too few pieces. */
  get share(): number | null {
    return this.#given > leastSeconds ? this.#took / this.#given : null;
  }
}

/** Shortest observed time, s, at the given pace. */
const leastSeconds = 1;
/** Shares above which an ensemble is too large and below which it could be larger, and the target. */
const [tooMuch, tooLittle, wanted] = [0.8, 0.2, 0.4];
const leastFactor = 1 / 64;

/**
 * Factor on the number of spins that the machine could step if it did nothing else: smaller if a run could not keep its
 * pace, slowly larger again if it had time to spare.
 */
export function adapted(factor: number, share: number | null): number {
  if (share === null) return factor;
  if (share > tooMuch) return Math.max(leastFactor, (factor * wanted) / share);
  return share < tooLittle ? Math.min(1, 1.5 * factor) : factor;
}

/** So many spins of a state, taken evenly from all. Spins are independent, so any of them represent the rest. */
export function thinned({ m, step }: CarriedState, spins: number): CarriedState {
  const all = m[0].length;
  if (spins >= all) return { m, step };
  const pick = (of: Float64Array): Float64Array =>
    Float64Array.from({ length: spins }, (_, i) => of[Math.floor((i * all) / spins)]);
  return { m: m.map(pick), step };
}

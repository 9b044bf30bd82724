import type { CarriedState } from "./carry.ts";

/** How much of its time a run that keeps a pace spends on steps; above one it falls behind. */
export class Load {
  #took = 0;
  #given = 0;

  /** A piece of so many steps, that should go by at a pace (steps per second), and the seconds it took. */
  add(steps: number, pace: number, took: number): void {
    if (!Number.isFinite(pace)) return;
    this.#took += took;
    this.#given += steps / pace;
  }

  /** Null where too little was seen to tell. */
  get share(): number | null {
    return this.#given > leastSeconds ? this.#took / this.#given : null;
  }
}

/** Seconds of the pace that must have gone by. */
const leastSeconds = 1;
/** Shares above and below which an ensemble is too large, or could be larger; and the one that is aimed at. */
const [tooMuch, tooLittle, wanted] = [0.8, 0.2, 0.4];
const leastFactor = 1 / 64;

/**
 * The factor on the size of ensembles that a machine can move when nothing else wants it: smaller where a run could not keep its pace,
 * slowly larger again where it had time to spare.
 */
export function adapted(factor: number, share: number | null): number {
  if (share === null) return factor;
  if (share > tooMuch) return Math.max(leastFactor, (factor * wanted) / share);
  return share < tooLittle ? Math.min(1, 1.5 * factor) : factor;
}

/** So many spins of a state, taken evenly from all of them: spins know nothing of each other, and any of them stand for the rest. */
export function thinned({ m, step }: CarriedState, spins: number): CarriedState {
  const all = m[0].length;
  if (spins >= all) return { m, step };
  const pick = (of: Float64Array): Float64Array =>
    Float64Array.from({ length: spins }, (_, i) => of[Math.floor((i * all) / spins)]);
  return { m: m.map(pick), step };
}

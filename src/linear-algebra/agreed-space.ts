import type { KrylovBasis } from "./arnoldi.ts";
import { krylov } from "./arnoldi.ts";

/** How a Krylov space is enlarged until two sizes give the same answer. */
export interface Enlargement<Answer> {
  /** Size of the first space that is asked, and of the next one after a size. */
  readonly first: number;
  readonly next: (size: number) => number;
  /** Most vectors. The largest space is asked too. */
  readonly most: number;
  readonly answer: (space: KrylovBasis) => Answer;
  readonly agree: (smaller: Answer, larger: Answer) => boolean;
  /** Whether no further space will agree; asked after two that did not. */
  readonly isHopeless?: () => boolean;
}

/** The last space, and the answers of the last two that were asked. */
export interface AgreedSpace<Answer> {
  readonly space: KrylovBasis;
  readonly before: Answer | undefined;
  /** Undefined where the space is invariant, because it ends without being asked. */
  readonly answer: Answer | undefined;
  /** Whether the last two agree, or the space contains everything that the operator makes of the start. */
  readonly isEnough: boolean;
}

/** A Krylov space, enlarged until its answer agrees with that of the size before. */
export function spaceUntilTwoAgree<Answer>(
  apply: (x: Float64Array) => void,
  start: Float64Array,
  { first, next, most, answer, agree, isHopeless }: Enlargement<Answer>,
): AgreedSpace<Answer> {
  const limit = Math.min(most, start.length);
  let asked = first;
  let before: Answer | undefined;
  let now: Answer | undefined;
  let isEnough = false;
  const space = krylov(apply, start, limit, (size, hessenberg, stride, vectors) => {
    if (size < asked && size < limit) return false;
    asked = next(size);
    before = now;
    now = answer({ vectors, hessenberg, stride, size, invariant: false });
    isEnough = size === start.length || (before !== undefined && agree(before, now));
    return isEnough || isHopeless?.() === true;
  });
  return space.invariant
    ? { space, before: now, answer: undefined, isEnough: true }
    : { space, before, answer: now, isEnough };
}

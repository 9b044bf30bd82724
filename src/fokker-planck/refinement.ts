import { isStopWanted } from "../linear-algebra/interruption.ts";
import type { Exact } from "./exact.ts";
import { outOfReach } from "./exact.ts";
import { orWhyNot } from "./interruptible.ts";

/** Answers of two neighbouring levels. */
export interface Neighbours<Level, Answer> {
  readonly coarse: Answer;
  readonly fine: Answer;
  /** Levels of both. */
  readonly from: Level;
  readonly level: Level;
}

/**
 * What two neighbours show: `enough` ends the search with a result; `useful` is what the search gives where it must end before
 * they agree, with the reason why it ends.
 */
export type Agreement<Result> =
  | { readonly enough: Exact<Result> }
  | { readonly enough?: undefined; readonly useful?: ((reason: string) => Exact<Result>) | undefined };

/** A figure at one level after the other: degrees, functions of a band, panels of a quadrature. */
export interface LevelSearch<Level, Answer, Result> {
  readonly first: Level;
  /** The answer at a level, with that of the coarser one to begin with. */
  solve(level: Level, coarse?: Answer): Exact<Answer>;
  /** The next level; undefined beyond the last. */
  finer(level: Level, answer: Answer): Level | undefined;
  compare(neighbours: Neighbours<Level, Answer>): Agreement<Result>;
  /** Why there is no result where the last level does not agree with the one before. */
  unresolved(level: Level): string;
}

/**
 * Solves at finer and finer levels until two neighbours agree: the one loop of this kind. A level that cannot be solved, or that has no
 * seconds left, leaves what the levels before it agree on well enough to be of use. One that the user stops leaves the reason alone: a run
 * that goes on later must give what it would have given, and a coarser figure would not say that it is one.
 */
export function refineUntilTwoAgree<Level, Answer, Result>({
  first,
  solve,
  finer,
  compare,
  unresolved,
}: LevelSearch<Level, Answer, Result>): Exact<Result> {
  let from = first;
  const begin = solve(first);
  if (begin.reason !== undefined) return outOfReach(begin.reason);
  let coarse = begin.value;
  let useful: ((reason: string) => Exact<Result>) | undefined;
  for (;;) {
    const level = finer(from, coarse);
    if (level === undefined) {
      const reason = unresolved(from);
      return useful?.(reason) ?? outOfReach(reason);
    }
    const known = coarse;
    const solved = orWhyNot(() => solve(level, known));
    if (solved.reason !== undefined)
      return (isStopWanted() ? undefined : useful?.(solved.reason)) ?? outOfReach(solved.reason);
    const found = compare({ coarse, fine: solved.value, from, level });
    if (found.enough) return found.enough;
    useful = found.useful;
    from = level;
    coarse = solved.value;
  }
}

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
 * The comparison of two neighbours: `enough` ends the search with a result; `useful` makes a result if the search must end before they
 * agree, with the reason why it ends.
 */
export type Agreement<Result> =
  | { readonly enough: Exact<Result> }
  | { readonly enough?: undefined; readonly useful?: ((reason: string) => Exact<Result>) | undefined };

/** A search over levels of resolution: degrees, functions of a band, panels of a quadrature. */
export interface LevelSearch<Level, Answer, Result> {
  readonly first: Level;
  /** The answer at a level; `coarse` is the answer of the coarser level, as a first guess. */
  solve(level: Level, coarse?: Answer): Exact<Answer>;
  /** The next level; undefined beyond the last. */
  finer(level: Level, answer: Answer): Level | undefined;
  compare(neighbours: Neighbours<Level, Answer>): Agreement<Result>;
  /** Why there is no result if the last level does not agree with the one before. */
  unresolved(level: Level): string;
}

/**
 * Solves at finer and finer levels until two neighbours agree; the only loop of this kind. If a level cannot be solved, or no time is
 * left for it, the result of the levels before is returned if they agree well enough. If the user stops a level, only the reason is
 * returned: a resumed run must give the same figures as an uninterrupted one, and a coarser figure would not be marked as such.
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

import type { FormulaPoint } from "../../src/figures/formulas.ts";
import type { TheoryResult } from "../../src/result.ts";
import type { Board } from "./board.ts";

/** A closed form as a curve over time. */
export interface Formula {
  readonly theory: TheoryResult;
  of(time: number): number;
}

const formulasOf = (
  board: Board,
  quantity: (name: string) => boolean,
  curve: (value: number) => Formula["of"],
): Formula[] =>
  (board.result?.theory ?? []).flatMap((theory) =>
    theory.value !== null && quantity(theory.quantity) ? [{ theory, of: curve(theory.value) }] : [],
  );

/** Probabilities to be up, above mz = 0, of a histogram's bins. */
export const upOf = (probabilities: ArrayLike<number>): number => {
  let up = 0;
  for (let i = probabilities.length / 2; i < probabilities.length; i++) up += probabilities[i];
  return up;
};

/**
 * Decay of the probability to be up by formulas for the smallest eigenvalue, from the exact value at the first record
 * to the stationary one; and write error rates by formulas, which are horizontal lines.
 */
export function decays(board: Board): Formula[] {
  const { exact } = board;
  const levels = formulasOf(
    board,
    (name) => name === "not-switched probability",
    (value) => () => value,
  );
  const [first] = exact?.bins ?? [];
  const [begin] = exact?.times ?? [];
  if (!first || begin === undefined || !exact?.stationaryShares) return levels;
  const end = upOf(exact.stationaryShares);
  const away = upOf(first) - end;
  const eigenvalues = formulasOf(
    board,
    (name) => name === "smallest eigenvalue",
    (rate) => (time) => end + away * Math.exp(-rate * (time - begin)),
  );
  return [...levels, ...eigenvalues];
}

const points = 80;

/** Formulas over a run as points of curves, drawn as in every figure; values below `least` are left out. */
export function formulaPoints(
  formulas: readonly Formula[],
  { duration, per, least }: { duration: number; per: number; least: number },
): FormulaPoint[] {
  const times = Array.from({ length: points + 1 }, (_, i) => (duration * i) / points);
  return formulas.flatMap(({ theory: { name, inRange }, of }) =>
    times.map((time) => {
      const value = of(time);
      return { name, x: time * per, value: value >= least ? value : null, inRange };
    }),
  );
}

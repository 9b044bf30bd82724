import type { TheoryResult } from "../../src/result.ts";
import type { Board } from "./board.ts";
import type { PlotTheme } from "./theme.ts";

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
 * How the probability to be up decays by formulas for the smallest eigenvalue, from the exact value at the first record
 * towards the stationary one; and write error rates by formula, which are levels.
 */
export function decays(board: Board): Formula[] {
  const { exact } = board;
  const levels = formulasOf(
    board,
    (name) => name === "not-switched probability",
    (value) => () => value,
  );
  const [first] = exact?.histogram ?? [];
  const [begin] = exact?.times ?? [];
  if (!first || begin === undefined || !exact?.stationaryHistogram) return levels;
  const end = upOf(exact.stationaryHistogram);
  const away = upOf(first) - end;
  const eigenvalues = formulasOf(
    board,
    (name) => name === "smallest eigenvalue",
    (rate) => (time) => end + away * Math.exp(-rate * (time - begin)),
  );
  return [...levels, ...eigenvalues];
}

const points = 80;

/** "Cregg, Crothers and Wickstead, all barriers" as it fits into a legend. */
const short = (name: string): string => name.replace(/^(\w+), \w+ and \w+/, "$1 et al.");

/** Formulas as dashed lines, those outside their range grey; values below `least` are left out. */
export function formulaTraces(
  formulas: readonly Formula[],
  { duration, per, least }: { duration: number; per: number; least: number },
  theme: PlotTheme,
): object[] {
  const colours = [theme.mz, theme.my, theme.mx];
  const times = Array.from({ length: points + 1 }, (_, i) => (duration * i) / points);
  const outside = formulas.filter(({ theory }) => !theory.inRange);
  const ordered = [...formulas.filter(({ theory }) => theory.inRange), ...outside];
  return ordered.map(({ theory, of }, i) => {
    const { name, inRange, validWhen } = theory;
    return {
      type: "scatter",
      mode: "lines",
      name: inRange ? short(name) : "formulas out of range",
      showlegend: inRange || theory === outside[0].theory,
      x: times.map((time) => time * per),
      y: times.map((time) => {
        const value = of(time);
        return value >= least ? value : null;
      }),
      hovertemplate: `${name}: %{y:.4g}<br>${inRange ? "" : `outside its range: ${validWhen}`}<extra></extra>`,
      line: {
        color: inRange ? colours[i % colours.length] : theme.soft,
        width: inRange ? 1.8 : 1.2,
        dash: "dash",
      },
      opacity: inRange ? 1 : 0.6,
    };
  });
}

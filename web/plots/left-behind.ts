import { readable } from "../../src/figures/readable.ts";
import { element } from "../elements/element.ts";
import { withPrefix } from "../values/number.ts";
import { instruments } from "../workers/instruments.ts";
import type { Board } from "./board.ts";

/** Fractions of an ensemble with their intervals, by time. */
interface Fractions {
  readonly probabilityUp: readonly number[];
  readonly probabilityUpLow: readonly number[];
  readonly probabilityUpHigh: readonly number[];
}

type Line = readonly [name: string, value: string, title?: string];

/** What of the ensemble is still where all started, with its interval; none left is a limit and no zero. */
function ensembleLine({ result }: Board, side: "up" | "down"): Line[] {
  const found = result?.observables.find(({ name }) => name === instruments.moments) as unknown as
    | Fractions
    | undefined;
  const last = found ? found.probabilityUp.length - 1 : -1;
  if (!found || last < 0) return [];
  const of = (up: readonly number[]): number => (side === "up" ? up[last] : 1 - up[last]);
  const value = of(found.probabilityUp);
  const ends = [of(found.probabilityUpLow), of(found.probabilityUpHigh)].sort((a, b) => a - b);
  return [
    [
      "ensemble",
      value > 0
        ? `${readable(value)} (${readable(ends[0])} … ${readable(ends[1])})`
        : `none left: below ${readable(ends[1])}`,
      "with the 95 % interval of Clopper and Pearson",
    ],
  ];
}

/** Figures of observables that are of the same event, however rare: their exact value is the one beside the run's. */
function splittingLines({ result }: Board, exact: number | null): Line[] {
  return (result?.figures ?? []).flatMap(({ name, value, low, high, unit, exact: own }): Line[] => {
    const isSame = exact !== null && own !== null && Math.abs(own / exact - 1) < 0.01;
    if (unit !== "" || low === undefined || high === undefined || !isSame) return [];
    return [[name, `${readable(value)} (${readable(low)} … ${readable(high)})`, "by splitting, 95 %"]];
  });
}

/** The share that has not switched at the end, said as a number: exact, of the ensemble, and by formulas. */
export function leftBehind(board: Board): HTMLElement[] {
  const { result } = board;
  const end = result?.fokkerPlanck?.notSwitched;
  if (!result || !end) return [];
  const { side, time, probability, errorEstimate } = end;
  const forms = result.theoryCurves.filter(({ quantity }) => quantity === "not-switched probability");
  const lines: Line[] = [
    [
      "exact",
      probability === null
        ? (end.reason ?? "not known")
        : `${readable(probability)}${errorEstimate ? ` ± ${readable(errorEstimate * probability)}` : ""}`,
    ],
    ...ensembleLine(board, side),
    ...splittingLines(board, probability),
    ...forms.flatMap(({ name, value, inRange, validWhen, cite }): Line[] => {
      const last = value.at(-1) ?? null;
      if (last === null) return [];
      return [[name, `${readable(last)}${inRange.at(-1) ? "" : " (out of range)"}`, `${cite}; ${validWhen}`]];
    }),
  ];
  return [
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "col", colspan: 2 },
        `not switched at ${withPrefix(time, "delta" in result.experiment.magnet ? "1/(γ'B_K)" : "s")} (mz ${side === "up" ? "> 0" : "< 0"})`,
      ),
    ),
    ...lines.map(([name, value, title]) =>
      element(
        "tr",
        { "data-left": name, title },
        element("th", { scope: "row" }, name),
        element("td", {}, value),
      ),
    ),
  ];
}

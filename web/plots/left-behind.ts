import { readable, withError } from "../../src/figures/readable.ts";
import type { Ranged } from "../../src/observables/counted-apart.ts";
import { countedApart } from "../../src/observables/counted-apart.ts";
import { element } from "../elements/element.ts";
import { withUnit } from "../values/number.ts";
import { instruments } from "../workers/instruments.ts";
import type { Board } from "./board.ts";

/** Fractions of an ensemble with their intervals, by time. */
interface Fractions {
  readonly probabilityUp: readonly number[];
  readonly probabilityUpLow: readonly number[];
  readonly probabilityUpHigh: readonly number[];
}

type Line = readonly [name: string, value: string, title?: string];

/**
 * Fraction of the ensemble that is still where all started, with its interval; with no spin left, an upper limit
 * instead of zero.
 */
function ensembleLine({ result }: Board, side: "up" | "down"): Line[] {
  const found = result?.observables.find(({ name }) => name === instruments.means) as unknown as
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

const splittingLine = ({ name, value, low, high }: Ranged): Line => [
  name,
  `${readable(value)} (${readable(low)} … ${readable(high)})`,
  "by splitting, 95 %",
];

/** The share that has not switched at the end, as numbers: exact, of the ensemble, and by formulas. */
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
        : withError(probability, errorEstimate ? errorEstimate * probability : null),
    ],
    ...ensembleLine(board, side),
    ...countedApart(result, side).map(splittingLine),
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
        `not switched at ${withUnit(time, result.provenance.timeUnit, 3)} (mz ${side === "up" ? "> 0" : "< 0"})`,
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

import { dwellLaw, dwellPoints, dwellTimesOf } from "../../figures/dwell-times.ts";
import type { Figure } from "../../figures/figure.ts";
import { colour, scaleFor } from "../../figures/figure.ts";
import { coveredEdges } from "./count.ts";
import type { DwellFigures } from "./exact.ts";
import type { DwellResult } from "./result.ts";

const states = ["up", "down"] as const;
type State = (typeof states)[number];

const paint: Readonly<Record<State, string>> = { up: colour.ensemble, down: colour.third };

/** A bin of dwell times, s: the interval that its whole numbers of steps represent. */
interface Bin {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly decades: number;
}

/** The bins that contain a whole number of steps, up to the longest dwell that can begin and end during counting. */
export function binsOf({ edges, countedTime }: Pick<DwellResult, "edges" | "countedTime">): Bin[] {
  const covered = coveredEdges(edges, edges[0]);
  return covered.slice(1).flatMap((to, index) => {
    const from = covered[index];
    const middle = Math.sqrt(from * to);
    return to > from && middle < countedTime
      ? [{ index, from, to, middle, decades: Math.log10(to / from) }]
      : [];
  });
}

/**
 * Probability of a bin per decade, with its standard error. Only dwells that begin and end during counting are
 * included. The longer a dwell, the shorter the window for its start; the probability is corrected for that. `exits`
 * counts all dwells that end, which are as many as begin.
 */
export function counted(
  { index, middle, decades }: Bin,
  { countedTime }: Pick<DwellResult, "countedTime">,
  counts: readonly number[],
  exits: number,
): readonly [number, number] {
  const each = 1 / ((1 - middle / countedTime) * exits * decades);
  return [counts[index] * each, Math.sqrt(counts[index]) * each];
}

/** Two edges differ by more than this, relatively. */
const rounding = 1e-9;

/** The exact probability that a dwell lasts longer than an edge of a bin, s; undefined where the state's law is not known. */
export function lasting(
  { times, ...law }: NonNullable<DwellFigures["survival"]>,
  state: State,
  edge: number,
): number | undefined {
  return law[state]?.[times.findIndex((t) => t > edge * (1 - rounding))];
}

/** Nothing is drawn below this probability or before the first counted dwell. */
const worthDrawing = 1e-3;

/** Dwell times as probability per decade beside the exact law or, where that is not known, exponential laws of the same means. */
export function dwellFigures(dwell: DwellResult, own: DwellFigures | null, timeUnit: string): Figure[] {
  const counts: Readonly<Record<State, readonly number[]>> = { up: dwell.upCounts, down: dwell.downCounts };
  const all = binsOf(dwell);
  if (!all.some(({ index }) => states.some((state) => counts[state][index] > 0))) return [];
  const means = states.flatMap((state) => dwell[state]?.mean ?? []);
  const [factor, unit] = scaleFor(means.length > 0 ? means : [all[all.length - 1].middle], timeUnit);
  const survival = own?.survival;
  const law = ({ from, to, middle, decades }: Bin, state: State): number => {
    const [before, after] = [from, to].map((edge) => survival && lasting(survival, state, edge));
    if (typeof before === "number" && typeof after === "number") return Math.max(0, before - after) / decades;
    const share = middle / (dwell[state]?.mean ?? Number.NaN);
    return Math.LN10 * share * Math.exp(-share);
  };
  const isShown = ({ index, to }: Bin): boolean =>
    states.some(
      (state) =>
        counts[state][index] > 0 || (survival && (lasting(survival, state, to) ?? 1) < 1 - worthDrawing),
    );
  const bins = all.slice(Math.max(0, all.findIndex(isShown) - 1));
  const x = bins.map(({ middle }) => middle * factor);
  return [
    dwellTimesOf(
      `Dwell times: ${dwell.name}`,
      survival
        ? `Lines: the exact law of the time from one threshold to the other. The certificate tests the means.${own?.survivalReason ? ` Dashed: an exponential law; no exact one: ${own.survivalReason}` : ""}`
        : `Dashed: an exponential law with the same mean${own?.survivalReason ? `; no exact law: ${own.survivalReason}` : ""}.`,
      states.flatMap((state) => {
        const total = counts[state].reduce((sum, n) => sum + n, 0);
        if (total === 0) return [];
        const color = paint[state];
        const points = bins.map((bin) => counted(bin, dwell, counts[state], dwell[state]?.count ?? total));
        return [
          dwellPoints(
            { name: state, x, y: points.map(([value]) => value) },
            points.map(([, error]) => error),
            color,
          ),
          ...(survival?.[state] || dwell[state]
            ? [
                dwellLaw(
                  {
                    name: survival?.[state] ? `${state}, exact` : `${state}, exponential law`,
                    x,
                    y: bins.map((bin) => law(bin, state)),
                  },
                  { color, ...(survival?.[state] ? {} : { dash: "dash" }) },
                ),
              ]
            : []),
        ];
      }),
      unit,
    ),
  ];
}

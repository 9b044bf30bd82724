import { dwellLaw, dwellPoints, dwellTimesOf } from "../figures/dwell-times.ts";
import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, scaleFor } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { TraceAnalysis } from "../traces/analyse.ts";
import { upAndDown } from "../traces/up-level.ts";

/** Dwell times of a model: survival at the edges of the bins (s) of each level, or why there is none. */
export interface ExactDwells {
  readonly up: readonly number[];
  readonly down: readonly number[];
  readonly reason?: string;
}

type DwellsOfLevel = TraceAnalysis["dwellTimes"][number];

/**
 * Drawing of one level: its name and colour, the mean of its exponential law, the law of a model, and the unit of the
 * axis.
 */
interface LevelStyle {
  readonly name: string;
  readonly color: string;
  readonly mean: number;
  readonly exact: readonly number[] | null;
  readonly exactDash: object;
  /** Units of the axis per second. */
  readonly factor: number;
}

/** Counts, fitted law and the law of a model of one level; a law is taken over each bin, as the counts are. */
function levelTraces({ edges, counts, shortest }: DwellsOfLevel, style: LevelStyle): Figure["data"] {
  const all = counts.reduce((sum, n) => sum + n, 0);
  if (all === 0) return [];
  const { name, color, mean, exact, exactDash, factor } = style;
  const x = counts.map((_, i) => Math.sqrt(edges[i] * edges[i + 1]) * factor);
  const decades = Math.log10(edges[1] / edges[0]);
  const each = Math.exp(-shortest / mean) / (all * decades);
  const law = (kind: string, survival: readonly number[], line: object): Figure["data"][number] =>
    dwellLaw(
      { name: `${name}, ${kind}`, x, y: counts.map((_, i) => (survival[i] - survival[i + 1]) / decades) },
      line,
    );
  const error = counts.map((n) => Math.sqrt(n) * each);
  return [
    dwellPoints({ name, x, y: counts.map((n) => n * each) }, error, color),
    law(
      "fitted",
      edges.map((t) => Math.exp(-t / mean)),
      { color, dash: "dash" },
    ),
    ...(exact ? [law("exact", exact, { color: colour.exact, ...exactDash })] : []),
  ];
}

/** The text of a caption about a model. */
const modelText = (exact: ExactDwells | null): string =>
  !exact
    ? ""
    : exact.reason
      ? ` No exact law of the experiment: ${exact.reason}.`
      : " Exact: the law of the experiment, from one threshold to the other.";

/**
 * Dwells that can be separated one by one, as probability per decade, with the fitted exponential laws and the laws of
 * a model.
 */
export function dwellTimesFigure(
  { dwellTimes, perLevel, upLevel }: TraceAnalysis,
  exact: ExactDwells | null,
): Figure[] {
  if (dwellTimes.every(({ counts }) => counts.length === 0)) return [];
  const [factor, unit] = scaleFor(
    perLevel.map(({ mean }) => mean),
    "s",
  );
  const last = perLevel.length - 1;
  const laws = exact?.reason ? null : exact;
  const [up, down] = upAndDown([0, last], upLevel);
  const data = dwellTimes.flatMap((dwells, s) =>
    levelTraces(dwells, {
      name: last > 1 ? `level ${readable(dwells.level)}` : s === up ? "up" : "down",
      color: s === up ? colour.ensemble : s === down ? colour.third : curveColours[s + 2],
      mean: perLevel[s].mean,
      exact: laws && (s === down ? laws.down : s === up ? laws.up : null),
      exactDash: s === down ? {} : { dash: "dot" },
      factor,
    }),
  );
  const unseen = readable(Math.max(...dwellTimes.map(({ shortest }) => shortest)) * factor);
  return [
    dwellTimesOf(
      "Dwell times of the trace",
      `Points: dwells found one by one in the trace. Dashed: exponential laws with the mean dwell times of the likelihood fit. Dwells below ${unseen} ${unit} cannot be separated from noise and are not counted.${modelText(exact)}`,
      data,
      unit,
    ),
  ];
}

import { duration } from "../figures/duration.ts";
import { readable } from "../figures/readable.ts";
import { allFigures } from "../fokker-planck/estimate.ts";
import type { RunCost } from "../run/cost.ts";

const sizes = [
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
] as const;

/** Drawing the initial states has a line of its own if it takes longer than this, s. */
const leastShown = 1;

/** "1.2 GB" */
function memory(bytes: number): string {
  const [size, unit] = sizes.find(([size]) => bytes >= size) ?? [1, "B"];
  return `${Number((bytes / size).toPrecision(2))} ${unit}`;
}

/** What `check` says a run takes, as lines of text. */
export function costSummary({
  backend,
  spinSteps,
  seconds,
  startSeconds,
  bytes,
  exact,
  average,
}: RunCost): readonly [string, string][] {
  const { value, reason } = exact;
  const start: [string, string][] =
    startSeconds < leastShown ? [] : [["initial states", `${duration(startSeconds)} to draw`]];
  const isFull = value?.degree !== undefined;
  const all = average
    ? `; ${duration(average.seconds)} for all figures, by about ${average.solutions} solutions over the spreads`
    : isFull
      ? `; ${allFigures.map((times) => duration(times * value.seconds)).join(" to ")} for all figures`
      : ", some seconds for all figures";
  return [
    ...start,
    [
      "ensemble here",
      `${duration(seconds)} and ${memory(bytes)} for ${readable(spinSteps)} spin-steps (${backend})`,
    ],
    [
      "exact side here",
      value
        ? `${duration(value.seconds)} and ${memory(value.bytes)} for a stationary state (${value.method}${value.degree === undefined ? "" : `, from degree ${value.degree} on`})${all}`
        : reason,
    ],
  ];
}

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

/** "about 2 s to 10 s", of "about 2 s" and "about 10 s". */
const range = ([from, to]: readonly string[]): string => `${from} to ${to.replace(/^about /, "")}`;

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
      ? `; ${range(allFigures.map((times) => duration(times * value.seconds)))} for all figures`
      : ", some seconds for all figures";
  return [
    ...start,
    [
      "ensemble on this machine",
      `${duration(seconds)} and ${memory(bytes)} for ${readable(spinSteps)} spin-steps (${backend})`,
    ],
    [
      "exact side on this machine",
      value
        ? `${duration(value.seconds)} and ${memory(value.bytes)} for a stationary state (${value.method}${value.degree === undefined ? "" : `, harmonics of degree ${value.degree} or more`})${all}`
        : reason,
    ],
  ];
}

import { commonPeriod } from "../expression/period.ts";
import type { Stretch } from "../expression/timeline.ts";
import { timeline } from "../expression/timeline.ts";
import type { DrivenOperator } from "./driven-span.ts";
import { alongDrive, drivenOperator, spanSeconds } from "./driven-span.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { throughPeriods } from "./periods.ts";
import { propagatorOf } from "./propagator.ts";
import { stopsAt } from "./stops.ts";

/** A drive of fewer periods is followed from end to end. */
const fewPeriods = 30;
/** Number of periods that are usually followed otherwise. */
const usuallyFollowed = 30;
/** Most seconds of one core for following a drive. */
const mostSeconds = 200;

/** The period of a drive with many periods until a time; undefined if the drive is followed from end to end. */
function manyPeriods({ times }: Generator, last: number): number | undefined {
  const period = times.length > 0 ? commonPeriod(times) : undefined;
  return period !== undefined && last > fewPeriods * period ? period : undefined;
}

/**
 * Coefficients at the given ascending times ≥ 0. Of a drive with many periods only so many are evolved as determine the map of
 * one period. Times in `breakpoints` are additional stops.
 */
export function evolveCoefficients(
  generator: Generator,
  initial: Float64Array,
  times: readonly number[],
  breakpoints: readonly number[] = [],
): Exact<Float64Array[]> {
  const last = times[times.length - 1] ?? 0;
  const period = manyPeriods(generator, last);
  const reason = untraceable(generator, period ?? last, period === undefined ? 1 : usuallyFollowed);
  if (reason) return outOfReach(reason);
  const operator = drivenOperator(generator);
  if (period === undefined) return exactly(followed(operator, initial, times, breakpoints));
  return throughPeriods(
    (start, phases) => followed(operator, start, phases, []),
    initial,
    times.map((t) => {
      const count = Math.floor(t / period);
      return { count, phase: Math.max(0, t - count * period) };
    }),
    period,
  );
}

/**
 * The same from end to end. Where the drive is proved constant, Krylov exponentials propagate sector by sector; elsewhere step by step.
 */
function followed(
  operator: DrivenOperator,
  initial: Float64Array,
  times: readonly number[],
  breakpoints: readonly number[],
): Float64Array[] {
  const { generator } = operator;
  const last = times[times.length - 1] ?? 0;
  const { stretches } = timeline(generator.times, 0, last);
  const stops = stopsAt([...times, ...breakpoints.filter((t) => t > 0 && t < last)], stretches);
  const reached = new Map<number, Float64Array>();
  let x: Float64Array = initial.slice();
  for (const { from, to, drive, ends } of spansOf(generator, stops, stretches)) {
    if (drive === undefined) {
      x = alongDrive(operator, x, { from, to, longest: stretchAt(stretches, (from + to) / 2).longestStep });
    } else {
      const propagator = propagatorOf(generator.operatorAt((from + to) / 2), harmonicOrdering(generator));
      const states = propagator.series(
        x,
        ends.map((end) => end - from),
      );
      ends.forEach((end, i) => {
        reached.set(end, states[i]);
      });
      x = states[states.length - 1];
    }
    reached.set(to, x);
  }
  return times.map((t) => (t === 0 ? initial : (reached.get(t) as Float64Array)).slice());
}

/** The reason why a drive cannot be followed `times` times up to a time; undefined if it can. */
function untraceable(generator: Generator, last: number, times: number): string | undefined {
  const { stretches, isComplete } = timeline(generator.times, 0, last);
  if (!isComplete) return "the drive changes too abruptly and too often to be followed";
  const seconds = stretches
    .filter(({ isConstant }) => !isConstant)
    .reduce(
      (sum, { from, to, longestStep }) =>
        sum + times * spanSeconds(generator, { from, to, longest: longestStep }),
      0,
    );
  return seconds > mostSeconds ? `the drive takes about ${seconds.toPrecision(2)} s to follow` : undefined;
}

/** From one stop to the next, or over several stops with constant drive. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** The drive's values as text; undefined if it changes. */
  readonly drive: string | undefined;
  readonly ends: readonly number[];
}

const stretchAt = (stretches: readonly Stretch[], t: number): Stretch =>
  stretches.find(({ to }) => t < to) ?? stretches[0];

function spansOf(generator: Generator, stops: readonly number[], stretches: readonly Stretch[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const to of stops) {
    if (to <= from) continue;
    const middle = (from + to) / 2;
    const drive = stretchAt(stretches, middle).isConstant ? valuesAt(generator, middle) : undefined;
    const last = spans[spans.length - 1];
    if (drive !== undefined && last?.drive === drive)
      spans[spans.length - 1] = { ...last, to, ends: [...last.ends, to] };
    else spans.push({ from, to, drive, ends: [to] });
    from = to;
  }
  return spans;
}

/** The drive's values, as text. */
const valuesAt = ({ parts, diffusion }: Generator, t: number): string =>
  [diffusion(t), ...parts.map(({ scale }) => scale(t))].join(" ");

import { largest } from "../../numerics/extremes.ts";
import { TraceError } from "../trace-error.ts";

/** Output of an instrument for a step from 0 to 1 at time 0. */
export interface StepResponse {
  readonly name: string;
  /** Ascending from 0, s. */
  readonly times: readonly number[];
  /** 1 at the end and afterwards; linear between two times. */
  readonly values: readonly number[];
}

/** The response at a time after the step (s), 0 before it. */
export function respondedAt({ times, values }: StepResponse, time: number): number {
  if (time < 0) return 0;
  if (time >= times[times.length - 1]) return 1;
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return values[low] + ((values[high] - values[low]) * (time - times[low])) / (times[high] - times[low]);
}

/** ∫(1 − response) dt: the mean delay of a jump, s; the time constant of a single pole. */
export const delayOf = ({ times, values }: StepResponse): number =>
  times.reduce(
    (sum, time, i) => (i === 0 ? sum : sum + (time - times[i - 1]) * (1 - 0.5 * (values[i] + values[i - 1]))),
    0,
  );

/** A smaller share of the largest change counts as zero. */
const nothing = 0.05;
/** The response starts where it was last within this share of its final value above zero. */
const begun = 0.02;

/**
 * A step response from a measurement at equidistant times: the response to a step, which stays at its final value, or
 * to a short pulse, which returns to its initial value and is summed. The part before the response is left out; a delay
 * would change nothing. Throws TraceError if it is neither, or has not settled.
 */
export function measuredResponse(name: string, values: readonly number[], sampleTime: number): StepResponse {
  if (values.length < 16)
    throw new TraceError(
      `${name}: ${values.length} values are too few for a response, at least 16 are needed`,
    );
  const rest = values.map((value) => value - values[0]);
  const most = largest(rest.map(Math.abs));
  if (!(most > 0)) throw new TraceError(`${name}: the response is constant`);
  const tail = rest.slice(-Math.ceil(nothing * rest.length));
  const end = tail.reduce((sum, value) => sum + value, 0) / tail.length;
  const percent = (value: number): string => `${Number(((100 * value) / most).toPrecision(2))} %`;
  const wander = Math.abs(tail[tail.length - 1] - tail[0]);
  if (wander > nothing * most)
    throw new TraceError(
      `${name}: the response has not settled where the file ends: it changes by ${percent(wander)} of its largest change in the last twentieth`,
    );
  const isStep = Math.abs(end) > 0.5 * most;
  if (!isStep && Math.abs(end) > nothing * most)
    throw new TraceError(
      `${name}: it ends at ${percent(end)} of its largest change: neither the response to a step, which stays, nor to a pulse, which returns`,
    );
  const step = isStep ? rest : summed(rest.map((value) => value - end));
  const settled = isStep ? end : step[step.length - 1];
  if (!(Math.abs(settled) > 0.1 * largest(step.map(Math.abs))))
    throw new TraceError(
      `${name}: this instrument transmits no constant signal (its gain at 0 Hz is almost 0), so levels cannot be found`,
    );
  return normalized(
    name,
    step.map((value) => value / settled),
    sampleTime,
  );
}

/** Sums by trapezes. */
function summed(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value, i) => (i === 0 ? 0 : (sum += 0.5 * (value + values[i - 1]))));
}

function normalized(name: string, values: readonly number[], sampleTime: number): StepResponse {
  let first = values.findIndex((value) => value > 0.5);
  while (first > 0 && Math.abs(values[first]) > begun) first--;
  const kept = values.slice(first);
  return {
    name,
    times: kept.map((_, i) => i * sampleTime),
    values: kept.map((value, i) => (i === 0 ? 0 : i === kept.length - 1 ? 1 : value)),
  };
}

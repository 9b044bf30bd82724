import { largest } from "../../numerics/extremes.ts";
import type { StepResponse } from "../instrument/step-response.ts";
import { respondedAt } from "../instrument/step-response.ts";

/** Response of the samples of a trace to a jump of the level by 1, if that is more than one pole. */
export interface Answer {
  /** Output over level long after the jump. */
  readonly settled: number;
  /**
   * Deviation from that value at multiples of the time between samples over `pointsPerSample` after the jump; zero
   * later.
   */
  readonly remaining: Float64Array;
}

/** Number of parts of a sample; jumps may be in the middle of any of them. */
export const pointsPerSample = 24;

/** The end of the response is cut where it stays below this share of the largest value. */
const nothing = 1e-3;
const mostSamples = 256;

/**
 * The response of an instrument (null: immediate) whose samples pass the filter 1, coefficients[0], … that makes their
 * noise white, and are then averaged over `averaging` samples.
 */
export function answerOf(
  response: StepResponse | null,
  coefficients: readonly number[],
  sampleTime: number,
  averaging: number,
): Answer {
  const filter = [1, ...coefficients];
  const settled = filter.reduce((sum, a) => sum + a, 0);
  const respond = (time: number): number => (response ? respondedAt(response, time) : time >= 0 ? 1 : 0);
  // the response summed over the filter, and then over the samples of a mean
  const weights = new Float64Array(filter.length + averaging - 1);
  for (let i = 0; i < averaging; i++)
    filter.forEach((a, k) => {
      weights[i + k] += a / averaging;
    });
  const point = (averaging * sampleTime) / pointsPerSample;
  const end = (response ? response.times[response.times.length - 1] : 0) + weights.length * sampleTime;
  const points = Math.min(mostSamples * pointsPerSample, Math.ceil(end / point) + 1);
  const remaining = Float64Array.from({ length: points }, (_, j) =>
    weights.reduce((rest, weight, i) => rest - weight * respond(j * point - i * sampleTime), settled),
  );
  const most = largest(remaining.map(Math.abs));
  let last = points - 1;
  while (last > 0 && Math.abs(remaining[last]) < nothing * most) last--;
  return { settled, remaining: remaining.subarray(0, last + 1) };
}

/** ∫|remaining| over its largest value, in samples. */
export function answerTime({ remaining }: Answer): number {
  const sizes = remaining.map(Math.abs);
  return sizes.reduce((sum, size) => sum + size, 0) / (pointsPerSample * largest(sizes));
}

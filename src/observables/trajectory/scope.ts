import type { Expression } from "../../expression/expression.ts";
import { normal, purpose, seedStream } from "../../random/streams.ts";

/** The instrument between a quantity of the magnet and its stored samples. */
export interface Scope {
  readonly of: Expression;
  /** Text of `of`. */
  readonly quantity: string;
  /** Bandwidth of a low-pass filter with one pole, Hz; null: no filter. */
  readonly bandwidth: number | null;
  /** Standard deviation of the white noise of a sample, after the filter; in the unit of the quantity. */
  readonly noise: number;
  /** Samples are rounded to one of 2^bits levels over the range, and cut off at its ends; null: they are not. */
  readonly converter: { readonly bits: number; readonly range: readonly [number, number] } | null;
}

/** One spin of one instrument. */
export interface Channel {
  readonly seed: number;
  readonly spin: number;
  /** Distinguishes instruments of one experiment. */
  readonly name: string;
}

/** FNV-1a, 32 bits. */
const hash = (text: string): number =>
  [...text].reduce(
    (h, letter) => Math.imul(h ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0,
    0x811c9dc5,
  );

/**
 * Samples as an instrument gives them of values at `times` (s): dy/dt = 2π·bandwidth·(x − y) with x on straight lines between the
 * values and y settled at the first; white noise; an analogue-to-digital converter. The noise is a function of the channel and the
 * number of the sample, independent of the values.
 */
export function sampled(
  values: readonly number[],
  times: readonly number[],
  { bandwidth, noise, converter }: Scope,
  { seed, spin, name }: Channel,
): number[] {
  const state = new Uint32Array(4);
  seedStream(state, seed, spin, hash(name), purpose.instrument);
  const pole = bandwidth === null ? null : 2 * Math.PI * bandwidth;
  let y = values[0];
  return values.map((x, i) => {
    if (pole === null) y = x;
    else if (i > 0) y = filtered(y, values[i - 1], x, times[i] - times[i - 1], pole);
    const seen = noise > 0 ? y + noise * normal(state) : y;
    return converter ? converted(seen, converter) : seen;
  });
}

/** The filter's output after a time in which its input changes linearly from one value to another. */
function filtered(y: number, from: number, to: number, time: number, pole: number): number {
  const gone = -Math.expm1(-pole * time);
  const slope = (to - from) / time;
  return y + (from - y) * gone + slope * (time - gone / pole);
}

function converted(value: number, { bits, range: [low, high] }: NonNullable<Scope["converter"]>): number {
  const top = 2 ** bits - 1;
  const level = Math.round(((value - low) / (high - low)) * top);
  return low + ((high - low) * Math.min(top, Math.max(0, level))) / top;
}

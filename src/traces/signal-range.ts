import { TraceError } from "./trace-error.ts";

/** The extreme values of a signal, and the shares of samples that are equal to them. */
export interface SignalRange {
  readonly lowest: number;
  readonly highest: number;
  readonly atLowest: number;
  readonly atHighest: number;
}

/** A range of fewer spacings of double precision than this contains no signal. */
const leastSpacings = 64;
/** A larger share of samples equal to an extreme value, while more than this share lies at neither, is not chance. */
const notChance = 0.02;

const digits = (value: number): string => `${Number(value.toPrecision(6))}`;

/** Spacing of double-precision numbers at this value. */
const spacingAt = (value: number): number =>
  value === 0 ? 0 : 2 ** (Math.floor(Math.log2(Math.abs(value))) - 52);

/** Throws TraceError if all samples are equal, or differ by less than double precision resolves. */
export function signalRange(values: Float64Array): SignalRange {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const spacing = spacingAt(Math.max(Math.abs(lowest), Math.abs(highest)));
  const isLarge = spacing > 1;
  if (highest - lowest < leastSpacings * spacing && (isLarge || highest > lowest))
    throw new TraceError(
      `no second level can be seen: the samples are ${lowest === highest ? `all ${digits(lowest)}` : `between ${lowest} and ${highest}`}, where double precision holds numbers only in steps of ${digits(spacing)}, so that smaller differences are lost: subtract a constant from the samples where they are written`,
    );
  if (highest === lowest)
    throw new TraceError(
      `the signal is constant: there is no second level, all ${values.length} samples are ${digits(lowest)}`,
    );
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value === lowest) low++;
    if (value === highest) high++;
  }
  return { lowest, highest, atLowest: low / values.length, atHighest: high / values.length };
}

/**
 * A warning if many samples equal an extreme value while others spread: the signal is clipped there. Otherwise null.
 */
export function saturationIn({ lowest, highest, atLowest, atHighest }: SignalRange): string | null {
  const ends = [
    { share: atLowest, end: `the lowest value, ${digits(lowest)}` },
    { share: atHighest, end: `the highest value, ${digits(highest)}` },
  ].filter(({ share }) => share > notChance);
  if (ends.length === 0 || 1 - atLowest - atHighest < notChance) return null;
  const shares = ends.map(({ share, end }) => `${Number((100 * share).toPrecision(2))} % are exactly ${end}`);
  return `of the samples ${shares.join(", ")}: the amplifier or converter seems to be saturated there (widen its range), or its steps are larger than the noise; noise that is cut off is not the model's, and levels and dwell times may be wrong`;
}

import { chiSquaredSurvival } from "../../src/statistics/chi-squared-distribution.ts";
import { twoSided } from "../../src/statistics/normal.ts";

/** The p-value of a statistic of many words; small if the words are not random. */
export type Test = (words: Uint32Array) => number;

const bitsOf = (x: number): number => {
  let v = x - ((x >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * p-value of counts against their probabilities; both tails count, because too uniform counts are not random either.
 */
function goodness(counts: ArrayLike<number>, probability: (i: number) => number): number {
  const total = Array.from(counts).reduce((a, b) => a + b, 0);
  let [sum, cells, restCount, restShare] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const share = probability(i);
    // cells with few counts are merged
    if (total * share < 10) [restCount, restShare] = [restCount + counts[i], restShare + share];
    else [sum, cells] = [sum + (counts[i] - total * share) ** 2 / (total * share), cells + 1];
  }
  if (total * restShare >= 10)
    [sum, cells] = [sum + (restCount - total * restShare) ** 2 / (total * restShare), cells + 1];
  if (cells < 2) throw new RangeError("these are too few words for the test");
  const tail = chiSquaredSurvival(sum, cells - 1);
  return Math.min(1, 2 * Math.min(tail, 1 - tail));
}

/** Cells of `bits` bits from every word and, from `other` on, from the word `lag` after it. */
const pairs =
  (bits: number, shift: number, lag: number, other = shift): Test =>
  (words) => {
    const counts = new Uint32Array(2 ** (2 * bits));
    const mask = 2 ** bits - 1;
    // no word is in two pairs, so that pairs are independent
    const stride = Math.max(1, 2 * lag);
    for (let from = 0; from + lag < words.length; from += stride)
      for (let i = from; i < from + Math.max(1, lag) && i + lag < words.length; i++)
        counts[(((words[i] >>> shift) & mask) << bits) | ((words[i + lag] >>> other) & mask)]++;
    return goodness(counts, () => 1 / counts.length);
  };

const binomial32 = (k: number): number => {
  let p = 2 ** -32;
  for (let i = 0; i < k; i++) p *= (32 - i) / (i + 1);
  return p;
};

/** Number of bits that two words have in common; correlated words have more, or fewer, than half. */
const distances =
  (lag: number): Test =>
  (words) => {
    const counts = new Uint32Array(33);
    for (let i = 0; i + lag < words.length; i++) counts[bitsOf(words[i] ^ words[i + lag])]++;
    return goodness(counts, binomial32);
  };

/** Rank of 32×32 matrices of bits: 32, 31 or less. */
const ranks: Test = (words) => {
  const counts = [0, 0, 0];
  const rows = new Uint32Array(32);
  for (let from = 0; from + 32 <= words.length; from += 32) {
    rows.set(words.subarray(from, from + 32));
    let rank = 0;
    for (let bit = 31; bit >= 0; bit--) {
      let pivot = rank;
      while (pivot < 32 && ((rows[pivot] >>> bit) & 1) === 0) pivot++;
      if (pivot === 32) continue;
      [rows[rank], rows[pivot]] = [rows[pivot], rows[rank]];
      for (let r = rank + 1; r < 32; r++) if ((rows[r] >>> bit) & 1) rows[r] ^= rows[rank];
      rank++;
    }
    counts[Math.min(2, 32 - rank)]++;
  }
  const shares = [0.2887880951, 0.5775761902, 0.1336357147];
  return goodness(counts, (i) => shares[i]);
};

/** Marsaglia's birthday spacings: 512 birthdays in 2²⁴ days, equal spacings are Poisson with mean 2. */
const birthdays: Test = (words) => {
  const counts = new Uint32Array(12);
  for (let from = 0; from + 512 <= words.length; from += 512) {
    const days = words
      .subarray(from, from + 512)
      .map((x) => x >>> 8)
      .sort();
    const spacings = days.map((day, i) => (i === 0 ? day : day - days[i - 1])).sort();
    let equal = 0;
    for (let i = 1; i < spacings.length; i++) if (spacings[i] === spacings[i - 1]) equal++;
    counts[Math.min(11, equal)]++;
  }
  const poisson = (k: number): number => {
    let p = Math.exp(-2);
    for (let i = 1; i <= k; i++) p *= 2 / i;
    return p;
  };
  const upTo10 = Array.from({ length: 11 }, (_, k) => poisson(k)).reduce((a, b) => a + b, 0);
  return goodness(counts, (k) => (k < 11 ? poisson(k) : 1 - upTo10));
};

/** Bits that are one, and changes from bit to bit. */
const monobit: Test = (words) => {
  let ones = 0;
  for (const word of words) ones += bitsOf(word);
  const n = 32 * words.length;
  return twoSided((2 * ones - n) / Math.sqrt(n));
};
const changes: Test = (words) => {
  let found = 0;
  for (const word of words) found += bitsOf((word ^ (word >>> 1)) & 0x7fffffff);
  const n = 31 * words.length;
  return twoSided((2 * found - n) / Math.sqrt(n));
};

/** Tests as in the usual batteries, which run without these programs. */
export const battery: Readonly<Record<string, Test>> = {
  monobit,
  changes,
  "pairs of high bits": pairs(6, 26, 1),
  "pairs of low bits": pairs(6, 0, 1),
  "variates of two steps": pairs(6, 0, 0, 12),
  "variates of a step and the next word's": pairs(6, 12, 1, 0),
  "pairs 128 words apart": pairs(6, 4, 128),
  "bits in common, 1 apart": distances(1),
  "bits in common, 64 apart": distances(64),
  "bits in common, 128 apart": distances(128),
  "bits in common, 1024 apart": distances(1024),
  "ranks of matrices": ranks,
  "birthday spacings": birthdays,
};

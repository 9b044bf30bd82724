import { largest } from "../numerics/extremes.ts";
import { testExponentiality } from "../statistics/exponentiality.ts";
import type { Estimated } from "./hidden-markov/estimate.ts";
import { leaving } from "./hidden-markov/telegraph.ts";

/** Single dwells at one level in a decoded trace. */
export interface SeparatedDwells {
  readonly number: number;
  /** The value of the level. */
  readonly level: number;
  /** s; shorter ones are not seen reliably. */
  readonly shortest: number;
  /** Durations of all longer dwells minus the shortest, in samples of `sampleTime` (s). */
  readonly beyond: readonly number[];
  readonly sampleTime: number;
  readonly reason?: string;
}

/** Dwells counted in bins; none, with the reason, if they cannot be separated. */
export interface DwellCounts {
  readonly level: number;
  /** s; the first edge. */
  readonly shortest: number;
  /** Ascending, s, evenly spaced in the logarithm. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly reason?: string;
}

/**
 * Dwells too short to be seen are missing, so only the time beyond the shortest counts: an exponential law has no
 * memory.
 */
export function separatedDwells(
  decoded: Uint8Array,
  { telegraph, trace, instrument, delay }: Estimated,
  level: number,
): SeparatedDwells {
  const step = telegraph.levels[1] - telegraph.levels[0];
  const { sampleTime } = trace;
  const noise = Math.max(telegraph.noise, ...(telegraph.noises ?? []));
  const shortest = Math.ceil(
    1 + 40 * (noise / step) ** 2 * (instrument?.noise?.gain ?? 1) + (2 * delay) / sampleTime,
  );
  const own = {
    number: level,
    level: telegraph.levels[level],
    shortest: shortest * sampleTime,
    sampleTime,
  };
  const mean = 1 / leaving(telegraph, level) / sampleTime;
  if (mean < 2 * shortest)
    return {
      ...own,
      beyond: [],
      reason: "dwells are too short against noise and bandwidth to be separated one by one",
    };
  const beyond: number[] = [];
  let since = -1;
  let dither = 0.5;
  for (let i = 1; i < decoded.length; i++) {
    if (decoded[i] === decoded[i - 1]) continue;
    // times in whole samples are spread uniformly over their sample
    dither = (dither + 0.6180339887498949) % 1;
    if (since >= 0 && decoded[i - 1] === level && i - since > shortest)
      beyond.push(i - since - shortest - dither);
    since = i;
  }
  return { ...own, beyond: beyond.filter((t) => t > 0) };
}

/** Tests whether the times at a level are exponential. */
export function exponentialityOf({ number, beyond, reason }: SeparatedDwells): {
  level: string;
  test: string;
  pValue: number | null;
  reason?: string;
} {
  const level = `level ${number}`;
  if (reason !== undefined) return { level, test: "Cox–Oakes", pValue: null, reason };
  const { pValue, test, ...rest } = testExponentiality(level, { events: beyond, censored: [] });
  const why = "reason" in rest ? (rest.reason as string | undefined) : undefined;
  return { level, test, pValue, ...(why ? { reason: why } : {}) };
}

const binsPerDecade = 8;

/** The same dwells, counted. */
export function dwellCounts({ level, shortest, beyond, sampleTime, reason }: SeparatedDwells): DwellCounts {
  if (reason !== undefined || beyond.length === 0)
    return {
      level,
      shortest,
      edges: [],
      counts: [],
      reason: reason ?? "no whole dwell is long enough to be seen",
    };
  const times = beyond.map((t) => shortest + t * sampleTime);
  const bins = Math.max(1, Math.ceil(binsPerDecade * Math.log10(largest(times) / shortest) + 1e-9));
  const edges = Array.from({ length: bins + 1 }, (_, i) => shortest * 10 ** (i / binsPerDecade));
  const counts = new Array<number>(bins).fill(0);
  for (const time of times)
    counts[Math.min(bins - 1, Math.floor(binsPerDecade * Math.log10(time / shortest)))]++;
  return { level, shortest, edges, counts };
}

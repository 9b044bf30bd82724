/** Survival at times, and how far it may be off. */
interface Shares {
  readonly values: readonly number[];
  readonly error: number;
}

/** What is alive must have fallen by so many times what was left out before functions that vanish at the rims follow it. */
const followed = 4;
/** The law is drawn through two times this far apart, and compared with all up to so much after the first. */
const [apart, compared] = [4, 16];

/**
 * Survival soon after a start that reaches to a rim. Functions that vanish there leave out a part of it, `lost`, until diffusion has emptied a
 * layer as wide as they resolve. Before that it is alive − a√t − bt, as a density falls beside an absorbing rim, through two times that
 * are resolved; its error follows from what it misses of what is computed later.
 */
export function soonAfterStart(
  { values, error }: Shares,
  times: readonly number[],
  { alive, lost }: { readonly alive: number; readonly lost: number },
): Shares {
  const isFollowed = (i: number): boolean => alive - values[i] >= followed * lost;
  if (lost <= error || times.every((t, i) => t === 0 || isFollowed(i))) return { values, error };
  const first = times.findIndex((t, i) => t > 0 && isFollowed(i));
  const second = first < 0 ? -1 : times.findIndex((t) => t >= apart * times[first]);
  if (second < 0) return { values, error: Math.max(error, lost) };
  const [root, laterRoot] = [first, second].map((i) => Math.sqrt(times[i]));
  const slope = (i: number): number => (alive - values[i]) / Math.sqrt(times[i]);
  const b = (slope(second) - slope(first)) / (laterRoot - root);
  const a = slope(first) - b * root;
  const law = (t: number): number => alive - a * Math.sqrt(t) - b * t;
  const missed = times.reduce(
    (most, t, i) =>
      i < first || t > compared * times[first]
        ? most
        : // what the law leaves out grows faster than time
          Math.max(most, (Math.abs(values[i] - law(t)) * times[first]) / t),
    0,
  );
  return {
    values: values.map((value, i) => (i < first ? law(times[i]) : value)),
    error: Math.max(error, missed),
  };
}

/** Survival at times, and its error. */
interface Shares {
  readonly values: readonly number[];
  readonly error: number;
}

/** Functions that vanish at the rims resolve the survival once it has decreased by this many times the lost share. */
const followed = 4;
/** The formula is fitted at two times with this ratio, and compared with all times up to this multiple of the first. */
const [apart, compared] = [4, 16];

/**
 * Survival soon after a start that extends to a rim. Functions that vanish there do not represent a part of the start, `lost`, until
 * diffusion has emptied a layer as wide as their resolution. Before that the survival is taken as alive − a√t − bt, the law beside an
 * absorbing rim, fitted at two times that are resolved. Its error follows from its deviation at later times.
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
        : // the terms that the formula leaves out grow faster than t
          Math.max(most, (Math.abs(values[i] - law(t)) * times[first]) / t),
    0,
  );
  return {
    values: values.map((value, i) => (i < first ? law(times[i]) : value)),
    error: Math.max(error, missed),
  };
}

import type { Stretch } from "../expression/timeline.ts";

/** The times asked for and the ends of the stretches, those left out that rounding alone tells from a time asked for. */
export function stopsAt(asked: readonly number[], stretches: readonly Stretch[]): number[] {
  const last = stretches[stretches.length - 1]?.to ?? 0;
  const near = 1e-11 * last;
  const known = [...new Set(asked)].sort((a, b) => a - b);
  const own = stretches.map(({ to }) => to).filter((end) => end < last);
  return [...known, ...own.filter((end) => known.every((t) => Math.abs(t - end) > near))].sort(
    (a, b) => a - b,
  );
}

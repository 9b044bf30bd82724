import type { Stretch } from "../expression/timeline.ts";

/** The requested times and the ends of the stretches, without ends that differ from a requested time only by rounding. */
export function stopsAt(asked: readonly number[], stretches: readonly Stretch[]): number[] {
  const last = stretches[stretches.length - 1]?.to ?? 0;
  const near = 1e-11 * last;
  const known = [...new Set(asked)].sort((a, b) => a - b);
  const own = stretches.map(({ to }) => to).filter((end) => end < last);
  return [...known, ...own.filter((end) => known.every((t) => Math.abs(t - end) > near))].sort(
    (a, b) => a - b,
  );
}

/** Members of an island that take the places of others; only the first entries of each array are used. */
export interface Moves {
  readonly places: Uint32Array;
  readonly sources: Uint32Array;
}

/** Number of further copies of one member that are always written, without a test of how many there are. */
const ahead = 3;

export const movesOf = (count: number): Moves => ({
  places: new Uint32Array(count + 1),
  sources: new Uint32Array(count + ahead),
});

/**
 * Systematic resampling (Carpenter, Clifford and Fearnhead, IEE Proc. Radar Sonar Navig. 146 (1999) 2): member i has floor or ceil of
 * count · weight / total copies, on average exactly that many. `offset` is uniform in (0, 1). A member with copies keeps its place; its
 * further copies take the places of members without any. Returns the number of these.
 */
export function systematic(
  weights: Float64Array,
  total: number,
  offset: number,
  { places, sources }: Moves,
): number {
  const count = weights.length;
  const scale = count / total;
  const next = 1 - offset;
  let [below, drawn, free, spare] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    below += weights[i];
    // rounding must not give one place too many; no whole part is negative
    const upTo = Math.min(count, (below * scale + next) | 0);
    const more = upTo - drawn - 1;
    drawn = upTo;
    // always write, and count by the sign bit: a branch here would often be mispredicted
    places[free] = i;
    free += more >>> 31;
    sources[spare] = i;
    sources[spare + 1] = i;
    sources[spare + 2] = i;
    for (let k = ahead; k < more; k++) sources[spare + k] = i;
    spare += more & ~(more >> 31);
  }
  // a place that rounding has left over stays as it is
  return Math.min(free, spare);
}

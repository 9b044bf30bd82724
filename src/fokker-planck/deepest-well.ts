/** A well on a meridian: the number of its lowest cell, and the barrier of its lowest way out. */
export interface DeepestWell {
  readonly bottom: number;
  readonly climb: number;
}

/**
 * The well that spins leave last: of all minima outside an event, the one with the highest barrier to it. Slopes into the event are not
 * wells, however low they are; if there are no minima, their lowest cell is taken. Undefined if the event holds nowhere or everywhere.
 */
export function deepestWell(heights: ArrayLike<number>, inside: readonly boolean[]): DeepestWell | undefined {
  if (!inside.includes(true)) return undefined;
  const height = (i: number): number => heights[i] ?? Number.POSITIVE_INFINITY;
  const climbFrom = (bottom: number): number => {
    const ways = [1, -1].map((sign) => {
      let highest = heights[bottom];
      for (let i = bottom + sign; i >= 0 && i < inside.length; i += sign) {
        highest = Math.max(highest, heights[i]);
        if (inside[i]) return highest - heights[bottom];
      }
      return Number.POSITIVE_INFINITY;
    });
    return Math.min(...ways);
  };
  let [best, lowest]: (DeepestWell | undefined)[] = [];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]) continue;
    if (!lowest || heights[i] < heights[lowest.bottom]) lowest = { bottom: i, climb: 0 };
    if (height(i - 1) < heights[i] || height(i + 1) < heights[i]) continue;
    const climb = climbFrom(i);
    if (!best || climb > best.climb) best = { bottom: i, climb };
  }
  return best ?? lowest;
}

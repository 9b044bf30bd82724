/** Index of the value that is nearest to x. */
export const nearestIndex = (values: ArrayLike<number>, x: number): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] - x) < Math.abs(values[best] - x)) best = i;
  return best;
};

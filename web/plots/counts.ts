/** Middles of even bins. */
export const centres = (bins: number, low: number, high: number): number[] =>
  Array.from({ length: bins }, (_, i) => low + ((high - low) * (i + 0.5)) / bins);

/** (found − expected)/√(N p (1 − p)), null where fewer than five are expected. */
export const scores = (counts: ArrayLike<number>, probabilities: ArrayLike<number>): (number | null)[] => {
  const all = Array.from(counts).reduce((sum, x) => sum + x, 0);
  return Array.from(counts, (count, i) => {
    const expected = all * probabilities[i];
    return expected < 5 ? null : (count - expected) / Math.sqrt(expected * (1 - probabilities[i]));
  });
};

/**
 * Unit variates for the noise.
 *
 * The dyadic law takes ±a with probability 1/16 each and ±b with 7/16 each. Four random bits make one
 * variate. Its moments 1–5 are those of a Gaussian (E x² = 1, E x⁴ = 3), as weak order two requires, and it
 * is the same on every device: a² − b² = √(2/(q(1−q))), b² = 1 − q(a² − b²) at q = 1/8.
 */
const spread = Math.sqrt(2 / ((1 / 8) * (7 / 8)));
export const dyadicSmall: number = Math.sqrt(1 - spread / 8);
export const dyadicLarge: number = Math.sqrt(1 - spread / 8 + spread);

/**
 * The dyadic variate of the lowest four bits of a word. It is large if three of them are zero, which GPUs
 * test in one instruction.
 */
export const dyadic = (word: number): number => {
  const magnitude = (word & 7) === 0 ? dyadicLarge : dyadicSmall;
  return (word & 8) === 0 ? magnitude : -magnitude;
};

/** Two independent Gaussian variates of two words (Box–Muller; tails end at 5.9 σ with 24 bits). */
export const gaussianPair = (first: number, second: number): [number, number] => {
  const radius = Math.sqrt(-2 * Math.log(((first >>> 8) + 0.5) / 0x1000000));
  const angle = (2 * Math.PI * (second >>> 8)) / 0x1000000;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
};

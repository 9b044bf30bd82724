/** Probability that a sample is a glitch, which carries no information about the level. */
export const glitch = 1e-9;

/** Chance that a sample is a glitch, which says nothing about the level. */
export const glitch = 1e-9;

/** Nearer to a time, as a share of the whole interval, functions have not changed but for a jump there. */
const besides = 1e-11;

/** Times just before and just behind a time: what a function of t gains between them is its jump, of which its derivative knows nothing. */
export const besideTime = (t: number, interval: number): readonly [before: number, behind: number] => [
  t - besides * interval,
  t + besides * interval,
];

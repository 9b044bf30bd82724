/** Distance before and after a time, as a share of the whole interval, over which a function changes only by a jump. */
const besides = 1e-11;

/**
 * Times just before and just after a time. The difference of a function of t between them is its jump, which its derivative does not
 * contain.
 */
export const besideTime = (t: number, interval: number): readonly [before: number, behind: number] => [
  t - besides * interval,
  t + besides * interval,
];

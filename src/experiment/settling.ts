/** Share of a run before statistics of its steady state begin to count: the ensemble settles first. */
export const settling = 0.1;

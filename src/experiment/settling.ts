/** Share of a run that statistics of the steady state leave out while the ensemble settles. */
export const settling = 0.1;

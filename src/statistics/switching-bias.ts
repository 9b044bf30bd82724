/**
 * Relative bias of switching times that comparisons allow, for the error that the threshold shift leaves at a finite
 * step. The name of every check that uses it states it.
 */
export const allowedSwitchingBias = 0.005;
export const allowance = `bias up to ${100 * allowedSwitchingBias} % allowed`;

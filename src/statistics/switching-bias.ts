/**
 * Relative bias of switching times that the comparison forgives, for what the threshold shift leaves at a finite step.
 * It stands in the name of every check that uses it.
 */
export const allowedSwitchingBias = 0.005;
export const allowance = `bias up to ${100 * allowedSwitchingBias} % allowed`;

/** Exact since the SI of 2019. Transport needs no other constants, neither k_B nor µ0. */
export const elementaryCharge = 1.602176634e-19; // C
export const reducedPlanckConstant = 6.62607015e-34 / (2 * Math.PI); // J s

/** γ of the electron, the value mumax3 and the rest of this package take by default, rad/(s T). */
export const defaultGyromagneticRatio = 1.760_859_63e11;

/*
 * CODATA 2022, https://physics.nist.gov/cuu/Constants. e, h and k_B are exact since the SI of 2019.
 */
export {
  defaultGyromagneticRatio,
  elementaryCharge,
  reducedPlanckConstant,
} from "../transport/constants.ts";

/** J/K. */
export const boltzmannConstant = 1.380649e-23;

/** T m/A. */
export const vacuumPermeability = 1.25663706127e-6;

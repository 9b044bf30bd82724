import {
  axialBarrierFromDown,
  axialBarrierFromUp,
  axialCriticalTorque,
  filmCriticalTorque,
  liZhang,
} from "./barriers.ts";
import { meanAxialMoment, meanSquaredAxialMoment } from "./boltzmann-moments.ts";
import {
  brownCorrected,
  brownEscapeFromDown,
  brownEscapeFromUp,
  brownHighBarrier,
  brownLowBarrier,
  cregg,
} from "./brown.ts";
import { integralRelaxation } from "./integral-relaxation.ts";
import { kramersLanger, melnikovMeshkov, veryLowDamping } from "./kramers.ts";
import {
  kramersLangerOverSaddles,
  melnikovOverSaddles,
  veryLowDampingOverSaddles,
} from "./kramers-over-saddles.ts";
import { langevinFunction } from "./langevin.ts";
import { butler, butlerNonlinear, butlerSwitchingTime, sun, sunThermal } from "./spin-torque-switching.ts";
import { tzoufras } from "./tzoufras.ts";

/** The closed forms by the situation whose parameters they take. */
export const theory = {
  /** `{ fieldEnergy }`: no anisotropy. */
  freeSpin: [langevinFunction],
  /** `{ delta, field? }`: equilibrium along the axis. */
  axialEquilibrium: [meanAxialMoment, meanSquaredAxialMoment],
  /** `AxialDrive`: rates, times and barriers with everything along the axis. */
  axial: [
    brownLowBarrier,
    brownHighBarrier,
    brownCorrected,
    brownEscapeFromUp,
    brownEscapeFromDown,
    cregg,
    integralRelaxation,
    axialBarrierFromUp,
    axialBarrierFromDown,
  ],
  /** `{ alpha, field?, fieldLike? }`. */
  axialStability: [axialCriticalTorque],
  /** `ObliqueMagnet`: a field at an angle, no torque. */
  oblique: [kramersLanger, veryLowDamping, melnikovMeshkov],
  /** `EscapeOverSaddles`: any energy of two wells, no torque. */
  twoWells: [kramersLangerOverSaddles, veryLowDampingOverSaddles, melnikovOverSaddles],
  /** `SwitchingPulse`: write errors; `tzoufras` also takes a field. */
  pulse: [butler, butlerNonlinear, tzoufras],
  /** `SwitchingStart`: times from an angle. */
  switchingStart: [sun, butlerSwitchingTime],
  /** `{ delta, alpha, overdrive }`. */
  thermalStart: [sunThermal],
  /** `FilmDrive`. */
  filmStability: [filmCriticalTorque],
  /** `FilmBarrier`. */
  filmBarrier: [liZhang],
} as const;

import { legendreColumn } from "../numerics/associated-legendre.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { axialProfile } from "./axial-profile.ts";
import type { Frame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { initialCoefficients } from "./initial.ts";
import { wellInterval } from "./initial-well.ts";
import { alongAxis } from "./meridian.ts";
import { profileNodes } from "./profile-nodes.ts";

/** Coefficients of order 0 of the profile's normalized weight: ∫ p(z) p_l0(z) dz /√(2π). */
export function axialCoefficients(profile: AxialProfile, index: HarmonicIndex): Float64Array {
  const c = new Float64Array(index.size);
  const column = new Float64Array(index.lmax + 1);
  const { z, mass } = profileNodes(profile, index.lmax);
  for (let q = 0; q < z.length; q++) {
    const weight = mass[q] / Math.sqrt(2 * Math.PI);
    if (weight < 1e-30) continue;
    legendreColumn(0, index.lmax, z[q], column);
    for (let l = 0; l <= index.lmax; l++) c[l] += weight * column[l];
  }
  return c;
}

/** Coefficients of an initial density that is symmetric about the axis. A well is an interval of z, integrated between its exact ends. */
export function axialInitial(initial: InitialLaw, index: HarmonicIndex, frame: Frame): Float64Array {
  if ("direction" in initial || "isotropic" in initial) return initialCoefficients(initial, index, frame);
  const energy = alongAxis(frame, initial.energyOverKT);
  const [from, to] = "wellOf" in initial ? wellInterval(initial, frame) : [-1, 1];
  return axialCoefficients(axialProfile(energy, from, to), index);
}

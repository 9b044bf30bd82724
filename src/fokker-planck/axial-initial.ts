import { legendreColumn } from "./associated-legendre.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { axialProfile } from "./axial-profile.ts";
import type { Frame } from "./frame.ts";
import { intoFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import type { InitialDensity } from "./initial.ts";
import { initialCoefficients } from "./initial.ts";
import { alongAxis } from "./meridian.ts";

/** Coefficients of order 0 of the profile's normalized weight: ∫ p(z) p_l0(z) dz /√(2π). */
export function axialCoefficients(profile: AxialProfile, index: HarmonicIndex): Float64Array {
  const c = new Float64Array(index.size);
  const column = new Float64Array(index.lmax + 1);
  for (let q = 0; q < profile.z.length; q++) {
    const weight = (profile.density[q] * profile.weights[q]) / Math.sqrt(2 * Math.PI);
    if (weight < 1e-30) continue;
    legendreColumn(0, index.lmax, profile.z[q], column);
    for (let l = 0; l <= index.lmax; l++) c[l] += weight * column[l];
  }
  return c;
}

/** Coefficients of a start that shares the axis; a well is an interval of z, integrated between its exact ends. */
export function axialInitial(initial: InitialDensity, index: HarmonicIndex, frame: Frame): Float64Array {
  if (initial.kind === "direction" || initial.kind === "uniform")
    return initialCoefficients(initial, index, frame);
  const energy = alongAxis(frame, initial.energyOverKT);
  const [from, to] =
    initial.kind === "well" ? basinInterval(energy, intoFrame(frame, initial.m)[2]) : [-1, 1];
  return axialCoefficients(axialProfile(energy, from, to), index);
}

/** The interval of z whose steepest descent ends in the minimum below `home`. */
export function basinInterval(energy: (z: number) => number, home: number): [number, number] {
  const steps = 4000;
  const at = (i: number) => -Math.cos((Math.PI * i) / steps);
  const height = (i: number) => energy(at(i));
  let bottom = Math.round((Math.acos(-Math.max(-1, Math.min(1, home))) / Math.PI) * steps);
  while (bottom > 0 && height(bottom - 1) < height(bottom)) bottom--;
  while (bottom < steps && height(bottom + 1) < height(bottom)) bottom++;
  const climb = (direction: 1 | -1): number => {
    let i = bottom;
    const end = direction > 0 ? steps : 0;
    while (i !== end && height(i + direction) >= height(i)) i += direction;
    if (i === end) return direction;
    return summit(energy, at(Math.max(0, i - 1)), at(Math.min(steps, i + 1)));
  };
  return [climb(-1), climb(1)];
}

/** The maximum between two points by golden section. */
function summit(energy: (z: number) => number, a: number, b: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (energy(left) > energy(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}

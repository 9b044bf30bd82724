import type { EnergyDensity, InitialLaw, WellDensity } from "../physics/initial/initial-law.ts";
import { axialProfile } from "./axial-profile.ts";
import { turnsAbout } from "./axis.ts";
import type { Band } from "./band-basis.ts";
import { isAlive } from "./band-basis.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { intoFrame, outOfFrame } from "./frame.ts";
import { harmonicIndex } from "./harmonics.ts";
import { initialCoefficients } from "./initial.ts";
import type { PointMass } from "./initial-well.ts";
import { massesOver, wellInterval, wellRegion, wellWithin } from "./initial-well.ts";
import { alongAxis } from "./meridian.ts";

/**
 * An initial state in the passage's frame: one direction, a density, or point masses. A density that ends at a rim also has the masses of
 * the living spins and, with a common axis, the z of its ends.
 */
export type BandStart =
  | { readonly direction: Vec3 }
  | {
      readonly density: (m: Vec3) => number;
      readonly ends?: readonly number[];
      readonly masses?: readonly PointMass[];
    }
  | { readonly masses: readonly PointMass[] };

/** Highest degree of functions for which the masses of a well are made. */
const highest = 60;

/** A start in the frame of a passage out of a band; `axial`: nothing else depends on the azimuth. */
export function startIn(frame: Frame, initial: InitialLaw, axial: boolean, band: Band): BandStart {
  if ("direction" in initial) return { direction: intoFrame(frame, initial.direction) };
  if ("isotropic" in initial) return { density: () => 1 / (4 * Math.PI) };
  if (axial && turnsAbout([initial.energyOverKT], frame[2])) return axialStart(initial, frame, band);
  // only with an axis of the dynamics can a start in a well be symmetric
  let known: Density | undefined;
  const density = (): Density => {
    const index = harmonicIndex(60);
    return (known ??= harmonicDensity(index, initialCoefficients(initial, index, frame), frame));
  };
  return {
    density: (m) => density().at(outOfFrame(frame, m)),
    ...("wellOf" in initial ? { masses: wellMasses(initial, frame, band) } : {}),
  };
}

/** exp(−U)/Z between the ends of the well, without an expansion, which would smear them. */
function axialStart(initial: EnergyDensity | WellDensity, frame: Frame, band: Band): BandStart {
  const energy = alongAxis(frame, initial.energyOverKT);
  const [from, to] = "wellOf" in initial ? wellInterval(initial, frame) : [-1, 1];
  const { lowest, logPartition } = axialProfile(energy, from, to);
  const density = ([, , z]: Vec3) =>
    z < from || z > to ? 0 : Math.exp(lowest - logPartition - energy(z)) / (2 * Math.PI);
  if (!("wellOf" in initial)) return { density };
  const [first, last] = [Math.max(from, band.from), Math.min(to, band.to)];
  if (!(first < last)) return { density, ends: [], masses: [] };
  const { z, weights } = axialProfile(energy, first, last);
  const masses = [...z].map((at, i): PointMass => {
    const m: Vec3 = [Math.sqrt((1 - at) * (1 + at)), 0, at];
    return { m, mass: 2 * Math.PI * density(m) * weights[i] };
  });
  return { density, ends: [first, last], masses };
}

/** The same for any well, along rays that end on its rim or on that of the band. */
function wellMasses(initial: WellDensity, frame: Frame, band: Band): PointMass[] {
  const isIn = (m: Vec3): boolean => isAlive(band, intoFrame(frame, m)[2]);
  const whole = massesOver(initial, wellRegion(initial), highest);
  const alive = whole.every(({ m }) => isIn(m))
    ? whole
    : massesOver(initial, wellWithin(initial, { ...band, axis: frame[2] }), highest);
  const total = whole.reduce((sum, { mass }) => sum + mass, 0);
  return alive.map(({ m, mass }) => ({ m: intoFrame(frame, m), mass: mass / total }));
}

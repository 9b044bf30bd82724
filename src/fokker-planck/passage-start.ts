import type { Expression } from "../expression/expression.ts";
import { axialProfile } from "./axial-profile.ts";
import { turnsAbout } from "./axis.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { intoFrame, outOfFrame } from "./frame.ts";
import { harmonicIndex } from "./harmonics.ts";
import type { InitialDensity } from "./initial.ts";
import { initialCoefficients } from "./initial.ts";
import { wellInterval } from "./initial-well.ts";
import { alongAxis } from "./meridian.ts";

type EnergyStart = Extract<InitialDensity, { energyOverKT: Expression }>;

/** A start as seen from the passage's frame: one direction, or a density. */
export type BandStart = { readonly direction: Vec3 } | { readonly density: (m: Vec3) => number };

/** A start in the frame of a passage; `axial` says that nothing else depends on the azimuth. */
export function startIn(frame: Frame, initial: InitialDensity, axial: boolean): BandStart {
  if (initial.kind === "direction") return { direction: intoFrame(frame, initial.m) };
  if (initial.kind === "uniform") return { density: () => 1 / (4 * Math.PI) };
  if (axial && turnsAbout([initial.energyOverKT], frame[2])) return { density: axialStart(initial, frame) };
  const index = harmonicIndex(60);
  const density: Density = harmonicDensity(index, initialCoefficients(initial, index, frame), frame);
  return { density: (m) => density.at(outOfFrame(frame, m)) };
}

/** exp(−U)/Z between the ends of the well, without an expansion that would smear them. */
function axialStart(initial: EnergyStart, frame: Frame): (m: Vec3) => number {
  const energy = alongAxis(frame, initial.energyOverKT);
  const [from, to] = initial.kind === "well" ? wellInterval(initial, frame) : [-1, 1];
  const { lowest, logPartition } = axialProfile(energy, from, to);
  return ([, , z]) => (z < from || z > to ? 0 : Math.exp(lowest - logPartition - energy(z)) / (2 * Math.PI));
}

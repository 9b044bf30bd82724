import type { Barrier, Section, Termination } from "./termination.ts";
import {
  halfSpace,
  idealContact,
  reversedBarrier,
  reversedSection,
  throughBarrier,
  throughSection,
} from "./termination.ts";

/** Sections between barriers: section k lies between barriers k and k+1. Null ends are ideal contacts. */
export interface SpinLine {
  readonly left: Section | null;
  readonly sections: readonly Section[];
  readonly right: Section | null;
  readonly barriers: readonly Barrier[];
}

/** At one barrier: δJ through it (A/m²) and U = Δμ/e on both faces (V). */
export interface Plane {
  readonly spinCurrent: number;
  readonly before: number;
  readonly after: number;
}

const end = (lead: Section | null): Termination => (lead ? halfSpace(lead) : idealContact);

/** Terminations to the left of each barrier: entry j is just before barrier j. */
function fromLeft(left: Section | null, sections: readonly Section[], barriers: readonly Barrier[]) {
  const seen = [end(left)];
  sections.forEach((section, k) => {
    seen.push(throughSection(throughBarrier(seen[k], barriers[k]), section));
  });
  return seen;
}

/** Δμ and δJ at every plane: terminations from both ends meet at each barrier. */
export function solveLine({ left, sections, right, barriers }: SpinLine): Plane[] {
  const before = fromLeft(left, sections, barriers);
  const after = fromLeft(
    right && reversedSection(right),
    sections.toReversed().map(reversedSection),
    barriers.toReversed().map(reversedBarrier),
  ).toReversed();
  return barriers.map((barrier, j) => {
    const source = throughBarrier(before[j], barrier);
    const spinCurrent = (source.emf - after[j].emf) / (source.resistance + after[j].resistance);
    return {
      spinCurrent,
      before: before[j].emf - before[j].resistance * spinCurrent,
      after: after[j].emf + after[j].resistance * spinCurrent,
    };
  });
}

/** The termination by everything left of the last barrier, that barrier included. */
export function terminationOf(
  left: Section | null,
  sections: readonly Section[],
  barriers: readonly Barrier[],
): Termination {
  const seen = fromLeft(left, sections, barriers);
  return throughBarrier(seen[sections.length], barriers[sections.length]);
}

/** sinh(a)/sinh(b) for 0 ≤ a ≤ b without overflow. */
const sinhRatio = (a: number, b: number): number =>
  (Math.exp(a - b) * Math.expm1(-2 * a)) / Math.expm1(-2 * b);

/** U and w at a distance into a section, from their values at its two planes: both obey f'' = f/l². */
export function between(section: Section, atLeft: number, atRight: number, distance: number): number {
  const whole = section.thickness / section.diffusionLength;
  const here = Math.min(distance / section.diffusionLength, whole);
  return atLeft * sinhRatio(whole - here, whole) + atRight * sinhRatio(here, whole);
}

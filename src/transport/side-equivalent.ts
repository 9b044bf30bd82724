import type { Line } from "./line.ts";
import { lineOf, mirrored, turned } from "./line.ts";
import { directionOf, sidesOf } from "./spacer-sides.ts";
import { terminationOf } from "./spin-line.ts";
import type { Stack } from "./stack-shape.ts";
import { spinLineOf } from "./thermoelectric.ts";

/** One side of the spacer, its interface included, as seen from the spacer: δJ = pJ0 ∓ Δμ/(e r). */
export interface SideEquivalent {
  /** Polarization of the current where Δμ=0 at the spacer; along the side's own magnetization. */
  readonly p: number;
  /** Areal resistance to Δμ, Ω m². */
  readonly r: number;
}

/** The part of a line left of region `spacer`, as a source of polarization. */
function leftOf(line: Line, spacer: number): SideEquivalent {
  const { left, sections, barriers } = spinLineOf(line, { currentDensity: 1, heat: null });
  const { emf, resistance } = terminationOf(left, sections.slice(0, spacer), barriers.slice(0, spacer + 1));
  return { p: resistance > 0 ? emf / resistance : 0, r: resistance };
}

/**
 * Both sides of the spacer, each with its reference magnet "up". p does not depend on which way the current runs:
 * a side fed from behind by J0 and one fed by −J0 from the other end are the same side.
 */
export function sideEquivalents(stack: Stack): { polarizer: SideEquivalent; free: SideEquivalent } {
  const { spacer, free, polarizer, forward } = sidesOf(stack);
  const line = lineOf(stack);
  /** The line with a magnet of it "up": a whole side turned over is the same side. */
  const upright = (i: number) => (directionOf(stack, i) === "down" ? turned(line) : line);
  const [onTheLeft, onTheRight] = forward ? [polarizer, free] : [free, polarizer];
  const onLeft = leftOf(upright(onTheLeft), spacer);
  const onRight = leftOf(mirrored(upright(onTheRight)), stack.layers.length - 1 - spacer);
  return forward ? { polarizer: onLeft, free: onRight } : { polarizer: onRight, free: onLeft };
}

import type { Line } from "./line.ts";
import { lineOf, mirrored, turned } from "./line.ts";
import { directionOf, sidesOf } from "./spacer-sides.ts";
import { terminationOf } from "./spin-line.ts";
import type { Stack } from "./stack-shape.ts";
import { spinLineOf } from "./thermoelectric.ts";

/** Equivalent circuit of one side of the spacer, its interface included, at the spacer: δJ = pJ0 ∓ Δμ/(e r). */
export interface SideEquivalent {
  /** Polarization of the current for Δμ=0 at the spacer, along the side's own magnetization. */
  readonly p: number;
  /** Areal resistance to Δμ, Ω m². */
  readonly r: number;
}

/** The part of a line left of region `spacer`, as a spin-current source. */
function leftOf(line: Line, spacer: number): SideEquivalent {
  const { left, sections, barriers } = spinLineOf(line, { currentDensity: 1, heat: null });
  const { emf, resistance } = terminationOf(left, sections.slice(0, spacer), barriers.slice(0, spacer + 1));
  return { p: resistance > 0 ? emf / resistance : 0, r: resistance };
}

/** Both sides of the spacer, each with its reference magnet "up". p does not depend on the direction of the current. */
export function sideEquivalents(stack: Stack): { polarizer: SideEquivalent; free: SideEquivalent } {
  const { spacer, free, polarizer, forward } = sidesOf(stack);
  const line = lineOf(stack);
  /**
   * The line with one of its magnets "up": reversing all magnetizations of a side does not change its equivalent
   * circuit.
   */
  const upright = (i: number) => (directionOf(stack, i) === "down" ? turned(line) : line);
  const [onTheLeft, onTheRight] = forward ? [polarizer, free] : [free, polarizer];
  const onLeft = leftOf(upright(onTheLeft), spacer);
  const onRight = leftOf(mirrored(upright(onTheRight)), stack.layers.length - 1 - spacer);
  return forward ? { polarizer: onLeft, free: onRight } : { polarizer: onRight, free: onLeft };
}

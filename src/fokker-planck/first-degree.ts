import { compileScalar } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Cut } from "./cut.ts";
import { rectangle, triangle } from "./cut.ts";
import { steepness } from "./steepness.ts";

/** Rings, and directions on each, on which the span around the pole is taken. */
const rings = 24;
const directions = 48;

/**
 * Span of Ψ/D in kT, and the degree and the highest order to begin with: wells of width 1/√span, layers of √α in energy at low
 * damping; around the pole the same of the span that there is at any one height.
 */
export function firstDegree(
  held: Dynamics,
  diffusion: number,
): { first: number; firstOrder: number; span: number; layers: number } {
  const psi = compileScalar(held.psi, magnetization);
  const { span, damping } = steepness(held, diffusion);
  const needed = (height: number): number =>
    Math.ceil(Math.max(12, 4.5 * Math.sqrt(height), 1.3 * Math.sqrt(height / Math.max(damping, 1e-6))));
  let around = 0;
  for (let ring = 0; ring < rings; ring++) {
    const z = Math.cos((Math.PI * (ring + 0.5)) / rings);
    const s = Math.sqrt(1 - z * z);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let j = 0; j < directions; j++) {
      const phi = (2 * Math.PI * j) / directions;
      const value = psi(s * Math.cos(phi), s * Math.sin(phi), z) / diffusion;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    around = Math.max(around, high - low);
  }
  return {
    first: needed(span),
    firstOrder: needed(around),
    span,
    layers: leastLayers * Math.sqrt(span / damping),
  };
}

/**
 * The degree that layers of low damping take at the very least for a rate: films have it to a part in a thousand at 1.85 √(span/α), and
 * to a hundredth at 1.3.
 */
const leastLayers = 0.5;

/** How many times as many degrees as orders, and how many of them, begin as a rectangle. */
const flat = 1.5;
const leastHeight = 60;

/** The harmonics to begin with, so that a finer resolution still lies within the highest degree. */
export function firstCut(
  { first, firstOrder }: { readonly first: number; readonly firstOrder: number },
  maximumDegree: number,
): Cut {
  const begin = Math.min(first, Math.floor((maximumDegree - 4) / 1.25));
  const isFlat = begin >= leastHeight && begin >= flat * firstOrder && begin + firstOrder <= maximumDegree;
  return isFlat ? rectangle(begin, firstOrder) : triangle(begin);
}

import { isMagnetic } from "./material.ts";
import { leadsOf, type Stack } from "./stack-shape.ts";

/** Parts of a spin valve, as indices into stack.layers. */
export interface Sides {
  readonly spacer: number;
  readonly free: number;
  /** The magnet nearest to the spacer on its other side: it defines p. −1 or layers.length mean a lead. */
  readonly polarizer: number;
  /** Whether the current along +z runs from the polarizer to the free layer. */
  readonly forward: boolean;
}

/** @throws RangeError naming each of the keys that the stack does not give. */
export function requireKeys(stack: Stack, ...keys: ("spacer" | "freeLayer" | "mixingConductance")[]): void {
  const missing = keys.filter((key) => stack[key] === undefined);
  if (missing.length > 0)
    throw new RangeError(missing.map((key) => `${key} must be given, got undefined`).join("\n"));
}

/**
 * The two sides of the spacer.
 * @throws RangeError where the stack names no spacer or no free layer.
 */
export function sidesOf(stack: Stack): Sides {
  requireKeys(stack, "spacer", "freeLayer");
  const spacer = stack.layers.findIndex((layer) => layer.name === stack.spacer);
  const free = stack.layers.findIndex((layer) => layer.name === stack.freeLayer);
  const forward = free > spacer;
  const { left, right } = leadsOf(stack);
  const magnetic = [left, ...stack.layers, right].map(isMagnetic);
  const polarizer = forward ? magnetic.lastIndexOf(true, spacer) - 1 : magnetic.indexOf(true, spacer + 2) - 1;
  return { spacer, free, polarizer, forward };
}

/** Magnetization direction in the given stack of the magnet at an index of Sides. */
export function directionOf(stack: Stack, i: number): "up" | "down" {
  const { left, right } = leadsOf(stack);
  return (i < 0 ? left : (stack.layers[i] ?? right)).magnetization ?? "up";
}

/** A copy of the stack with its free layer along or against the polarizer. */
export function withFreeLayer(stack: Stack, state: "parallel" | "antiparallel"): Stack {
  const { free, polarizer } = sidesOf(stack);
  const up = (directionOf(stack, polarizer) === "up") === (state === "parallel");
  const magnetization = up ? "up" : "down";
  return {
    ...stack,
    layers: stack.layers.map((layer, i) => (i === free ? { ...layer, magnetization } : layer)),
  };
}

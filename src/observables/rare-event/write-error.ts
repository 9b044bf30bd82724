import type { Problem } from "../../experiment/problem.ts";
import { sharedAxis } from "../../fokker-planck/axis.ts";
import { projectionSetOf } from "../../fokker-planck/condition.ts";
import { areParallel, inner } from "../../numerics/parallel.ts";
import type { PlannedRareEvent } from "./spec.ts";

/**
 * Whether the event means that a spin is, at the end, still in the half of the sphere with its initial well (halves
 * about the common axis).
 */
export function isWriteError({ dynamics, initial }: Problem, { event, asked }: PlannedRareEvent): boolean {
  const axis = sharedAxis(dynamics);
  const { value: set } = projectionSetOf(event);
  if (asked === "rate" || !axis || !("wellOf" in initial) || set === null || typeof set === "string")
    return false;
  const [half, ...others] = set.intervals;
  if (others.length > 0 || !areParallel(axis, set.axis)) return false;
  const side = inner(set.axis, initial.wellOf);
  return side > 0 ? half.from === 0 && half.to >= 1 : side < 0 && half.from <= -1 && half.to === 0;
}

import type { Problem } from "../../experiment/problem.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { Tally } from "../kernel.ts";
import { dynkinViews } from "./functions.ts";
import type { SampledSteps } from "./window.ts";
import { endOf, turnsTooFar, windowsOf } from "./window.ts";

/**
 * Dynkin's formula ⟨f⟩(t₂) − ⟨f⟩(t₁) = ∫⟨L f⟩dt for f = m, m m, compared with the ensemble: it needs no density, so a run that has no
 * exact side is tested too. Without windows the reason says why.
 */
export interface Dynkin {
  readonly windows: readonly SampledSteps[];
  readonly views: Readonly<Record<string, readonly Tally[]>>;
  /** Bounds of |L f|, by which the counted values are scaled. */
  readonly bounds: readonly number[];
  readonly reason?: string;
}

/** Below this many spins means are not normal enough. */
const fewestSpins = 200;

export const withoutDynkin = (reason: string): Dynkin => ({ windows: [], views: {}, bounds: [], reason });

/** The part of a run up to which spins that could be left alone are kept for a window. */
const keptFor = 0.25;

/**
 * Plans the test of a run. `isWatchedThroughout`: whether every spin is stepped to the end; where spins are left alone, the first window alone
 * is summed, before which none may be.
 */
export function dynkinOf(problem: Problem, scheme: Scheme, isWatchedThroughout: boolean): Dynkin {
  if (problem.variates === "none") return withoutDynkin("without noise every spin follows one path");
  if (problem.ensemble < fewestSpins)
    return withoutDynkin(`means of fewer than ${fewestSpins} spins are not normal`);
  if (turnsTooFar(problem))
    return withoutDynkin("in one step m may turn too far for an integral over its course");
  const found = windowsOf(problem);
  if (found.length === 0) return withoutDynkin("the run has no stretch without edges that is long enough");
  const windows = isWatchedThroughout
    ? found
    : found.slice(0, 1).filter((window) => endOf(window) <= keptFor * problem.steps);
  if (windows.length === 0) return withoutDynkin("spins are left alone once they have passed");
  return { windows, ...dynkinViews(problem, scheme) };
}

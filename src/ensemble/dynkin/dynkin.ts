import type { Problem } from "../../experiment/problem.ts";
import { merged, sizeOf } from "../../expression/merge.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { Tally } from "../kernel.ts";
import { dynkinViews, generated } from "./functions.ts";
import type { SampledSteps } from "./window.ts";
import { endOf, turnsTooFar, windowsOf } from "./window.ts";

/**
 * Dynkin's formula ⟨f⟩(t₂) − ⟨f⟩(t₁) = ∫⟨L f⟩dt for f = m, m m, compared with the ensemble. It needs no density, so it also tests runs
 * without an exact side. If there are no windows, `reason` says why.
 */
export interface Dynkin {
  readonly windows: readonly SampledSteps[];
  readonly views: Readonly<Record<string, readonly Tally[]>>;
  /** Bounds of |L f|, which scale the counted values. */
  readonly bounds: readonly number[];
  readonly reason?: string;
}

/** With fewer spins, means are not normally distributed to sufficient accuracy. */
const fewestSpins = 200;

/** Most operations of all L f, and of a step: their bounds, their code and the scheme's own shift take a second, in which no signal is heard. */
const mostOperations = 3000;

/** No test by Dynkin's formula, for the given reason. */
export const withoutDynkin = (reason: string): Dynkin => ({ windows: [], views: {}, bounds: [], reason });

/** Spins that are no longer needed are stepped on for a window only up to this share of the run. */
const keptFor = 0.25;

/**
 * Plans the test of a run. `isWatchedThroughout`: whether every spin is stepped to the end. If not, only the first window is tested, and
 * every spin is stepped to its end.
 */
export function dynkinOf(problem: Problem, scheme: Scheme, isWatchedThroughout: boolean): Dynkin {
  if (problem.variates === "none") return withoutDynkin("without noise every spin follows one path");
  if (problem.ensemble < fewestSpins)
    return withoutDynkin(`means of fewer than ${fewestSpins} spins are not normally distributed`);
  if (turnsTooFar(problem)) return withoutDynkin("m may turn too far in one step to integrate over time");
  const found = windowsOf(problem);
  if (found.length === 0)
    return withoutDynkin("no part of the run without jumps and kinks of the drives is long enough");
  const windows = isWatchedThroughout
    ? found
    : found.slice(0, 1).filter((window) => endOf(window) <= keptFor * problem.steps);
  if (windows.length === 0) return withoutDynkin("spins that have passed are not stepped any further");
  if (sizeOf(merged(scheme.step)) > mostOperations)
    return withoutDynkin(`a step takes more than ${mostOperations} operations`);
  const rates = generated(problem);
  if (sizeOf(merged(rates)) > mostOperations)
    return withoutDynkin(`the rates of m and m m take more than ${mostOperations} operations`);
  return { windows, ...dynkinViews(problem, scheme, rates) };
}

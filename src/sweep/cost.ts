import { reduce } from "../observables/experiment.ts";
import type { SweepPlan } from "./plan.ts";
import { checkedAt, isExperiment } from "./shape.ts";

/**
 * Seconds for the simplest exact solution on one core, for a spin-step in WebAssembly on one core, and for one on a
 * large GPU.
 */
const perPoint = 0.1;
const perSpinStep = { processor: 5e-9, gpu: 3e-12 };
/** A sweep whose estimated time on one machine is longer than this starts only with --force, s. */
const mostSeconds = 30 * 86_400;

/** The device that steps the spins. */
export type SteppingKind = keyof typeof perSpinStep;

/** A lower estimate of the seconds that a share takes, from the first point. */
export function secondsOf(plan: SweepPlan, shares: number, on: SteppingKind): number {
  const points = Math.ceil(plan.points.length / shares);
  if (plan.exact) return points * perPoint;
  const experiment = checkedAt(plan.experiment, plan.points[0]);
  if (!isExperiment(experiment)) return 0;
  const { steps, ensemble, compare } = reduce(experiment);
  return points * (steps * ensemble * perSpinStep[on] + (compare ? perPoint : 0));
}

/** Why a sweep needs --force to start; undefined if it does not. */
export function whyTooMuch(plan: SweepPlan, shares: number, on: SteppingKind): string | undefined {
  const seconds = secondsOf(plan, shares, on);
  if (seconds <= mostSeconds) return undefined;
  const days = Number((seconds / 86_400).toPrecision(2));
  const each = shares > 1 ? ` in each of ${shares} shares` : "";
  return `${plan.points.length} points would take at least ${days} days${each}: more shares, fewer points or spins`;
}

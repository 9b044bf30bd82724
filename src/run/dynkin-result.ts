import { functionNames, partNames } from "../ensemble/dynkin/functions.ts";
import type { DynkinWindow } from "../ensemble/dynkin/gather.ts";
import { endOf } from "../ensemble/dynkin/window.ts";
import type { Simulation } from "../ensemble/simulate.ts";
import { timeUnitOf } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";
import { integrators } from "../integrators/index.ts";
import type { DynkinResult } from "../result.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { compareDynkin, smallestErrorsSeen } from "../statistics/dynkin-comparison.ts";
import { allowedStepBias } from "../statistics/promised-bias.ts";

const times = ({ timeStep, units }: Problem, { window }: DynkinWindow): { from: number; to: number } => {
  const unit = timeStep * units.time;
  return { from: window.from * unit, to: endOf(window) * unit };
};

/** The run compared with Dynkin's formula, window by window; this does not need the exact side. */
export function compareWithGenerator(problem: Problem, { dynkin }: Simulation): Comparison[] {
  const rate = integrators[problem.integrator].stepLimit / problem.timeStepLimit;
  return dynkin.map((found) => {
    const { from, to } = times(problem, found);
    const unit = timeUnitOf(problem);
    // moments may be biased by the limit at both ends of the window, and their rates of change within it
    const length = (endOf(found.window) - found.window.from) * problem.timeStep;
    const mostShift = allowedStepBias * (2 + rate * length);
    return compareDynkin(
      `Dynkin's formula, ${from.toPrecision(4)} to ${to.toPrecision(4)} ${unit}`,
      found,
      mostShift,
    );
  });
}

/** Dynkin's formula as a result holds it. */
export function dynkinResult(problem: Problem, { dynkin, dynkinReason }: Simulation): DynkinResult {
  return {
    functions: [...functionNames],
    windows: dynkin.map((found) => {
      const seen = smallestErrorsSeen(found);
      return {
        ...times(problem, found),
        spins: found.spins,
        residual: found.records.map((record) => record.residual),
        standardError: found.records.map((record) => record.standardError),
        quadratureError: found.records.map((record) => record.quadratureError),
        schemeShift: found.records.map((record) => record.schemeShift),
        smallestErrorSeen: Object.fromEntries(partNames.map((name, i) => [name, seen[i]])) as Record<
          (typeof partNames)[number],
          number | null
        >,
      };
    }),
    ...(dynkinReason ? { reason: dynkinReason } : {}),
  };
}

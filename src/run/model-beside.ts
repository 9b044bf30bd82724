import { exactQuantities } from "./fit.ts";
import type { Measurable, Measurement } from "./measurement.ts";
import { readProblem } from "./read-problem.ts";

/** The exact values at the settings of one measurement, SI units, or why there are none. */
export interface ModelValues {
  readonly values: Readonly<Partial<Record<Measurable, number>>>;
  readonly reason?: string;
}

/** The model's values for each measurement, with the experiment's parameters unchanged. */
export function modelBeside(experiment: unknown, { settings, values }: Measurement): ModelValues {
  try {
    return {
      values: exactQuantities(readProblem(experiment, settings), Object.keys(values) as Measurable[]),
    };
  } catch (error) {
    return { values: {}, reason: error instanceof Error ? error.message : String(error) };
  }
}

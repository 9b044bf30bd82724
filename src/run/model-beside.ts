import { exactQuantities } from "./fit.ts";
import type { Measurable, Measurement } from "./measurement.ts";
import { readProblem } from "./read-problem.ts";

/** The exact values at the settings of one measurement, SI units, or why there are none. */
export interface ModelValues {
  readonly values: Readonly<Partial<Record<Measurable, number>>>;
  readonly reason?: string;
}

/** What an experiment says of each measurement, its parameters as they are. */
export function modelBeside(experiment: unknown, { settings, values }: Measurement): ModelValues {
  try {
    return {
      values: exactQuantities(readProblem(experiment, settings), Object.keys(values) as Measurable[]),
    };
  } catch (error) {
    return { values: {}, reason: error instanceof Error ? error.message : String(error) };
  }
}

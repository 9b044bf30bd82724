import type { Measurement } from "../run/measurement.ts";
import { measurementsIn } from "../run/measurement-table.ts";
import { UsageError } from "./exit.ts";
import { textOf } from "./text-of.ts";

/** The measurements of a file. Throws a UsageError with all problems. */
export async function readMeasurements(file: string): Promise<Measurement[]> {
  const text = await textOf(file).catch(() => {
    throw new UsageError(`${file} does not exist or cannot be read`);
  });
  try {
    return measurementsIn(file, text);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

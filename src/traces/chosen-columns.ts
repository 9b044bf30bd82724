import type { TraceColumn, TraceFile } from "./readers/trace-file.ts";
import { TraceError } from "./trace-error.ts";

/**
 * Time between samples (s) of a column: the given one, or the one from the file (`read`: after reading). Throws
 * TraceError if neither is known, or if they differ.
 */
export function sampleTimeOf(
  name: string,
  { sampleTime }: Pick<TraceColumn, "sampleTime">,
  read: number | null,
  given: number | undefined,
): number {
  const known = given ?? read;
  if (known === null)
    throw new TraceError(`${name}: the file does not say the time between samples: give --sample-time`);
  if (given !== undefined && sampleTime !== null && Math.abs(given / sampleTime - 1) >= 0.02)
    throw new TraceError(
      `${name}: the file gives ${Number(sampleTime.toPrecision(6))} s between samples, --sample-time ${given} s: is a unit wrong?`,
    );
  return known;
}

/** The columns requested by name or number, or the only one. */
export function chosenColumns(
  file: string,
  { columns }: TraceFile,
  asked: string | undefined,
): TraceColumn[] {
  const names = columns.map(({ name }, i) => `${i + 1} ${name}`).join(", ");
  if (asked === "all") return [...columns];
  if (asked === undefined) {
    if (columns.length === 1) return [...columns];
    throw new TraceError(
      `${file} has ${columns.length} signals (${names}): choose with --column NAME, NAME,NAME or all`,
    );
  }
  return asked.split(",").map((part) => {
    const wanted = part.trim();
    const numbers = columns.flatMap(({ name }, i) => (name === wanted ? [i + 1] : []));
    if (numbers.length > 1)
      throw new TraceError(
        `${file} has ${numbers.length} columns ${wanted}, numbers ${numbers.join(", ")}: choose by number, such as --column ${numbers[0]}`,
      );
    const column = columns[(numbers[0] ?? Number(wanted)) - 1];
    if (!column) throw new TraceError(`${file} has no column ${wanted}; there are ${names}`);
    return column;
  });
}

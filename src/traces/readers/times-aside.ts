import type { TraceColumn } from "./trace-file.ts";
import { UniformTimes } from "./uniform-times.ts";
import { isTimeName } from "./units.ts";

/**
 * Takes a column of times (s; called t, time …) out of the others and gives them its step. Throws TraceError where the
 * times are not uniform.
 */
export async function timesAside(file: string, columns: readonly TraceColumn[]): Promise<TraceColumn[]> {
  const times = columns.find(({ name }) => isTimeName(name));
  if (!times || columns.length < 2 || times.samples === null || times.samples < 2) return [...columns];
  const watch = new UniformTimes(1, (sample) => `${file}: sample ${sample} of ${times.name}`);
  for await (const { values } of times.chunks()) for (const time of values) watch.add(time);
  const { sampleTime } = watch;
  return columns
    .filter((column) => column !== times)
    .map((column) => (column.samples === times.samples ? { ...column, sampleTime } : column));
}

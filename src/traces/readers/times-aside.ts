import { TraceError } from "../trace-error.ts";
import type { TraceColumn } from "./trace-file.ts";
import { UniformTimes } from "./uniform-times.ts";
import { isTimeName } from "./units.ts";

/** What stands before the last slash of a name, as archives have it; "" where there is none. */
const folderOf = (name: string): string => name.slice(0, name.lastIndexOf("/") + 1);

/**
 * Takes columns of times (s; called t, time …) out of the others, and gives those in the folder of each its step. Throws
 * TraceError where the times are not uniform.
 */
export async function timesAside(file: string, columns: readonly TraceColumn[]): Promise<TraceColumn[]> {
  let found = [...columns];
  const folders = new Set(columns.map(({ name }) => folderOf(name)));
  for (const folder of folders) {
    const inside = columns.filter(({ name }) => folderOf(name) === folder);
    const times = inside.find(({ name }) => isTimeName(name.slice(folder.length)));
    if (!times || inside.length < 2 || times.samples === null || times.samples < 2) continue;
    const watch = new UniformTimes(1, (sample) => `${file}: sample ${sample} of ${times.name}`);
    let sampleTime: number | null;
    try {
      for await (const { values } of times.chunks()) for (const time of values) watch.add(time);
      ({ sampleTime } = watch);
    } catch (error) {
      // in a folder of its own it is none of the other traces' business
      if (folder === "" || !(error instanceof TraceError)) throw error;
      continue;
    }
    found = found
      .filter((column) => column !== times)
      .map((column) =>
        inside.includes(column) && column.samples === times.samples ? { ...column, sampleTime } : column,
      );
  }
  return found;
}

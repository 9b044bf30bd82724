import { breathe } from "../../linear-algebra/breathe.ts";
import { TraceError } from "../trace-error.ts";
import type { TraceColumn } from "./trace-file.ts";
import { UniformTimes } from "./uniform-times.ts";
import { isTimeName } from "./units.ts";

/** Folder of a name in an archive: the part before the last slash, or "". */
const folderOf = (name: string): string => name.slice(0, name.lastIndexOf("/") + 1);

/**
 * Removes columns of times (s; called t, time …), and gives their step to the columns in the same folder. Throws
 * TraceError if the times are not uniform, and the signal's reason between two pieces of them.
 */
export async function timesAside(
  file: string,
  columns: readonly TraceColumn[],
  signal?: AbortSignal,
): Promise<TraceColumn[]> {
  let found = [...columns];
  const folders = new Set(columns.map(({ name }) => folderOf(name)));
  for (const folder of folders) {
    const inside = columns.filter(({ name }) => folderOf(name) === folder);
    const times = inside.find(({ name }) => isTimeName(name.slice(folder.length)));
    if (!times || inside.length < 2 || times.samples === null || times.samples < 2) continue;
    const watch = new UniformTimes(1, (sample) => `${file}: sample ${sample} of ${times.name}`);
    let sampleTime: number | null;
    try {
      for await (const { values } of times.chunks()) {
        if (signal) await breathe();
        signal?.throwIfAborted();
        for (const time of values) watch.add(time);
      }
      ({ sampleTime } = watch);
    } catch (error) {
      // a time column alone in a folder does not apply to other traces
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

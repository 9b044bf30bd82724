import { coreCount } from "../ensemble/workers.ts";
import type { Vary } from "../experiment/vary.ts";
import { gridOf } from "../experiment/vary.ts";
import { exactRows } from "./exact-rows.ts";
import type { RatesOver, RowOrRefusal } from "./rates-over.ts";
import { emptyRow, together } from "./rates-over.ts";
import { ExperimentError } from "./read-problem.ts";
import { stoppedByUser } from "./thread/stopped.ts";

export interface RatesBesideOptions {
  readonly signal?: AbortSignal | undefined;
  /** Number of threads; default one for each core. */
  readonly threads?: number | undefined;
  /** Receives the number of finished rows and the number of all rows. */
  readonly onRow?: ((done: number, rows: number) => void) | undefined;
}

/**
 * `ratesOver` with its rows in threads of their own, if threads are available. It ends within about a second after the
 * signal; unfinished rows are then empty, with the reason, and `missed` counts them. Throws as `ratesOver` does.
 */
export async function ratesBeside(
  experiment: unknown,
  vary: Vary,
  { signal, threads, onRow }: RatesBesideOptions = {},
): Promise<RatesOver & { readonly missed: number }> {
  signal?.throwIfAborted();
  const grid = gridOf(vary);
  const rows: RowOrRefusal[] = [];
  let missed = 0;
  for await (const { index, row, error } of exactRows(experiment, grid, {
    threads: threads ?? (await coreCount()),
    signal,
  })) {
    if (error !== undefined && !(error instanceof ExperimentError)) throw error;
    if (!row && !error) missed++;
    rows.push(error ? { refusal: error } : (row ?? emptyRow(grid[index], stoppedByUser)));
    onRow?.(rows.length, grid.length);
  }
  return { ...together(grid, rows), missed };
}

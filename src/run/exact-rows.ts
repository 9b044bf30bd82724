import { breathe } from "../linear-algebra/breathe.ts";
import { inOrder } from "./in-order.ts";
import type { RatesRow } from "./rates.ts";
import { exactRates } from "./rates.ts";
import { openThreadPool } from "./thread/pool.ts";
import { stoppedByUser } from "./thread/stopped.ts";
import type { ExactThread } from "./thread/thread.ts";
import { NoThreadError, StoppedError } from "./thread/thread.ts";

type Settings = Readonly<Record<string, number>>;

/** One setting of many with its outcome: a row, a failure, or nothing because the user stopped. */
export interface FoundRow {
  readonly index: number;
  readonly row?: RatesRow;
  readonly error?: unknown;
}

/**
 * Exact rates at many settings, each in the next free of `threads` threads, returned in order. Without threads they are
 * computed here, one after the other. After an abort unfinished ones are returned empty.
 */
export async function* exactRows(
  experiment: unknown,
  places: readonly Settings[],
  { threads, signal }: { readonly threads: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<FoundRow> {
  const pool = await openThreadPool(Math.min(threads, places.length), signal);
  const at = async (index: number, thread: ExactThread | undefined): Promise<FoundRow> => {
    if (!thread) await breathe();
    if (signal?.aborted) return { index };
    const settings = places[index];
    try {
      const row = thread
        ? await thread.call("rates", { experiment, settings })
        : exactRates(experiment, settings);
      return isEmptied(row) ? { index } : { index, row };
    } catch (error) {
      if (thread && error instanceof NoThreadError) return at(index, undefined);
      return error instanceof StoppedError ? { index } : { index, error };
    }
  };
  try {
    yield* inOrder(places.length, (index) => pool.use((thread) => at(index, thread)), pool.width);
  } finally {
    pool.close();
  }
}

/** Whether a stop has left a row empty. */
const isEmptied = ({ reasons }: RatesRow): boolean =>
  reasons.some(({ quantity, reason }) => quantity === "everything" && reason === stoppedByUser);

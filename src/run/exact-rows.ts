import type { RatesRow } from "./rates.ts";
import { exactRates } from "./rates.ts";
import { stoppedByUser } from "./thread/stopped.ts";
import type { ExactThread } from "./thread/thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

type Settings = Readonly<Record<string, number>>;

/** One place of many, and what was found there: a row, a failure, or nothing, since the user had stopped. */
export interface FoundRow {
  readonly index: number;
  readonly row?: RatesRow;
  readonly error?: unknown;
}

/**
 * Exact rates at many settings, each in the next of `threads` threads that is free, handed out in their order. Where there are no
 * threads they are computed here, one after the other. After an abort those that are not done are handed out empty.
 */
export async function* exactRows(
  experiment: unknown,
  places: readonly Settings[],
  { threads, signal }: { readonly threads: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<FoundRow> {
  const opened = await Promise.all(
    Array.from({ length: Math.min(threads, places.length) }, () => openExactThread()),
  );
  const pool = opened.filter((thread): thread is ExactThread => thread !== null);
  const stop = (): void => pool.forEach((thread) => thread.stop());
  signal?.addEventListener("abort", stop);
  const at = async (index: number, thread: ExactThread | undefined): Promise<FoundRow> => {
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
    const found = new Map<number, Promise<FoundRow>>();
    const resolvers = places.map((_, index) => {
      let resolve: (row: FoundRow) => void = () => {};
      found.set(index, new Promise((done) => (resolve = done)));
      return resolve;
    });
    let next = 0;
    const work = async (thread: ExactThread | undefined): Promise<void> => {
      while (next < places.length) {
        const index = next++;
        resolvers[index](await at(index, thread));
        // signals and timers come in between
        if (!thread) await new Promise((resolve) => setTimeout(resolve));
      }
    };
    for (const thread of pool.length > 0 ? pool : [undefined]) void work(thread);
    for (let index = 0; index < places.length; index++) yield await (found.get(index) as Promise<FoundRow>);
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const thread of pool) thread.close();
  }
}

/** Whether a stop has left nothing of a row. */
const isEmptied = ({ reasons }: RatesRow): boolean =>
  reasons.some(({ quantity, reason }) => quantity === "everything" && reason === stoppedByUser);

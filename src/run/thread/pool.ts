import type { ExactThread } from "./thread.ts";
import { openExactThread } from "./thread.ts";

/** Threads of the exact side, which a signal stops all at once. */
export interface ThreadPool {
  /** Number of pieces of work at the same time; one without threads. */
  readonly width: number;
  /** Gives a piece of work a free thread, or none if there are none. Callers must respect `width`. */
  use<T>(work: (thread: ExactThread | undefined) => Promise<T>): Promise<T>;
  close(): void;
}

/** Total waiting time of all work after which another thread is opened, ms: the processor time of opening one. */
const worthOpening = 1000;

/**
 * As many threads as requested, or as possible. The first opens at once, each further one when work has waited as long
 * as opening a thread takes, so that short work uses few threads.
 */
export async function openThreadPool(
  count: number,
  signal: AbortSignal | undefined,
  open: () => Promise<ExactThread | null> = openExactThread,
): Promise<ThreadPool> {
  const [threads, free]: [ExactThread[], ExactThread[]] = [[], []];
  const waiting: ((thread: ExactThread) => void)[] = [];
  let [asked, waited, isClosed] = [0, 0, false];
  const hand = (thread: ExactThread): void => {
    const next = waiting.shift();
    if (next) next(thread);
    else free.push(thread);
  };
  const openOne = async (): Promise<void> => {
    if (asked >= count || isClosed || (asked > 0 && signal?.aborted)) return;
    asked++;
    const thread = await open().catch(() => null);
    if (!thread) asked = count;
    else if (isClosed) thread.close();
    else {
      threads.push(thread);
      if (signal?.aborted) thread.stop();
      hand(thread);
    }
  };
  const nextFree = (): Promise<ExactThread> =>
    new Promise((resolve) => {
      const began = performance.now();
      const timer = setTimeout(() => void openOne(), Math.max(0, worthOpening - waited));
      waiting.push((thread) => {
        clearTimeout(timer);
        waited += performance.now() - began;
        resolve(thread);
      });
    });
  await openOne();
  const stop = (): void => threads.forEach((thread) => thread.stop());
  signal?.addEventListener("abort", stop);
  return {
    width: threads.length === 0 ? 1 : count,
    async use(work) {
      if (threads.length === 0) return work(undefined);
      const thread = free.pop() ?? (await nextFree());
      try {
        return await work(thread);
      } finally {
        hand(thread);
      }
    },
    close() {
      isClosed = true;
      signal?.removeEventListener("abort", stop);
      for (const thread of threads) thread.close();
    },
  };
}

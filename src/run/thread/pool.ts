import type { ExactThread } from "./thread.ts";
import { openExactThread } from "./thread.ts";

/** Threads of the exact side, which a signal stops all at once. */
export interface ThreadPool {
  /** Pieces of work that go on at the same time: as many as there are threads, or one without. */
  readonly width: number;
  /** Hands a thread that is free to a piece of work, or none where there are none. Callers keep to the width. */
  use<T>(work: (thread: ExactThread | undefined) => Promise<T>): Promise<T>;
  close(): void;
}

/** As many threads as are asked for, or as there can be. */
export async function openThreadPool(count: number, signal: AbortSignal | undefined): Promise<ThreadPool> {
  const open = (): Promise<ExactThread | null> => openExactThread().catch(() => null);
  const opened = await Promise.all(Array.from({ length: count }, open));
  const threads = opened.filter((thread) => thread !== null);
  const stop = (): void => threads.forEach((thread) => thread.stop());
  signal?.addEventListener("abort", stop);
  const free = [...threads];
  return {
    width: Math.max(1, threads.length),
    async use(work) {
      const thread = free.pop();
      try {
        return await work(thread);
      } finally {
        if (thread) free.push(thread);
      }
    },
    close() {
      signal?.removeEventListener("abort", stop);
      for (const thread of threads) thread.close();
    },
  };
}

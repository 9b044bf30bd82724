import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openThreadPool } from "../../src/run/thread/pool.ts";
import type { ExactThread } from "../../src/run/thread/thread.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Threads that are counted, and what has become of them. */
function counted() {
  const threads: { stopped: boolean; closed: boolean }[] = [];
  const open = async (): Promise<ExactThread> => {
    const state = { stopped: false, closed: false };
    threads.push(state);
    return {
      call: () => Promise.reject(new Error("no call is made")),
      stop: () => (state.stopped = true),
      close: () => (state.closed = true),
    };
  };
  return { threads, open };
}
const lasting = (ms: number) => () => new Promise<void>((done) => setTimeout(done, ms));

describe("threads of the exact side", () => {
  it("are not opened for work that is done before one more is ready", async () => {
    const { threads, open } = counted();
    const pool = await openThreadPool(4, undefined, open);
    expect(pool.width).toBe(4);
    const both = Promise.all([pool.use(lasting(300)), pool.use(lasting(300))]);
    await vi.advanceTimersByTimeAsync(700);
    await both;
    expect(threads).toHaveLength(1);
    pool.close();
    expect(threads[0].closed).toBe(true);
  });

  it("are all opened for work that waits for long, be it in one long piece or in many short ones", async () => {
    for (const pieces of [
      { count: 4, ms: 60_000 },
      { count: 100, ms: 300 },
    ]) {
      const { threads, open } = counted();
      const pool = await openThreadPool(3, undefined, open);
      const all = Promise.all(Array.from({ length: pieces.count }, () => pool.use(lasting(pieces.ms))));
      await vi.advanceTimersByTimeAsync(2000);
      expect(threads).toHaveLength(3);
      await vi.advanceTimersByTimeAsync(120_000);
      await all;
    }
  });

  it("are stopped by the signal, also one that is just being opened", async () => {
    const { threads, open } = counted();
    const stop = new AbortController();
    const late = async (): Promise<ExactThread> => {
      if (threads.length > 0) await lasting(500)();
      return open();
    };
    const pool = await openThreadPool(2, stop.signal, late);
    const both = [pool.use(lasting(3000)), pool.use(lasting(10))];
    await vi.advanceTimersByTimeAsync(1200);
    stop.abort();
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all(both);
    expect(threads.map(({ stopped }) => stopped)).toEqual([true, true]);
  });
});

import { leaveSignals } from "./start-signals.ts";

/** What signals ask of a command. */
export interface Interrupts {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal;
  /** Whether the process is to end as soon as the state is kept: SIGTERM, or SIGHUP of a terminal that is gone. */
  readonly mustEnd: boolean;
  /** Signals are listened to from here on; before, they end a command that has begun nothing. */
  listen(): void;
  /** Signals end the process at once again. */
  release(): void;
}

/** Ctrl-C once asks the run to stop, twice ends the process. */
export function interrupts(onFirst: () => void): Interrupts {
  const stop = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let mustEnd = false;
  let isListening = false;
  const release = (): void => {
    for (const name of names) process.off(name, handle);
    isListening = false;
  };
  function handle(name: NodeJS.Signals): void {
    if (stop.signal.aborted) {
      release();
      process.kill(process.pid, name);
      return;
    }
    mustEnd ||= name !== "SIGINT";
    stop.abort();
    // one that came while the process was busy, or comes with this one, is heard before nobody listens any more:
    // a signal caught between the two would be lost
    setTimeout(() => setImmediate(release), 5);
    onFirst();
  }
  return {
    signal: stop.signal,
    get mustEnd() {
      return mustEnd;
    },
    listen() {
      if (isListening || stop.signal.aborted) return;
      for (const name of names) process.on(name, handle);
      leaveSignals();
      isListening = true;
    },
    release,
  };
}

/**
 * Work of a command in all its phases, from where a signal costs something to its last file: between two phases nobody else would listen,
 * and the process would end without a sentence. The first signal clears the line of progress and says `sentence`.
 */
export async function listening<T>(sentence: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stops = interrupts(() => {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    process.stderr.write(`${sentence}\n`);
  });
  stops.listen();
  try {
    return await work(stops.signal);
  } finally {
    stops.release();
  }
}

import { clearLine } from "./rewritten-line.ts";
import { leaveSignals } from "./start-signals.ts";

/** What signals ask of a command. */
export interface Interrupts {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** Whether the process must end as soon as its state is saved: after SIGTERM, or SIGHUP from a closed terminal. */
  readonly mustEnd: boolean;
  /** Signals are listened to from here on; before, they end a command that has begun nothing. */
  listen(): void;
  /** Signals end the process at once again. */
  release(): void;
}

/**
 * Milliseconds in which a second signal of the same name is the same press of Ctrl-C: `npm` and `timeout` send it to their child, which
 * also has it from the terminal or as one of a group.
 */
const samePress = 30;

/** Ctrl-C once asks the run to stop, twice ends the process. */
export function interrupts(onFirst: () => void): Interrupts {
  const stop = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let mustEnd = false;
  let isListening = false;
  let first: NodeJS.Signals | undefined;
  let heard = 0;
  const release = (): void => {
    for (const name of names) process.off(name, handle);
    isListening = false;
  };
  function handle(name: NodeJS.Signals): void {
    if (stop.signal.aborted) {
      if (name === first && performance.now() - heard < samePress) return;
      release();
      process.kill(process.pid, name);
      return;
    }
    [first, heard] = [name, performance.now()];
    mustEnd ||= name !== "SIGINT";
    stop.abort();
    // release later: a second signal that is already pending, or comes together with this one, must still be handled; otherwise it would
    // be lost
    setTimeout(() => setImmediate(release), samePress);
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
 * Handles signals during all phases of a command's work, up to its last file. Without it a signal between two phases would end the
 * process without a message. The first signal clears the line of progress and prints `sentence`.
 */
export async function listening<T>(sentence: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stops = interrupts(() => {
    clearLine(process.stderr);
    process.stderr.write(`${sentence}\n`);
  });
  stops.listen();
  try {
    return await work(stops.signal);
  } finally {
    stops.release();
  }
}

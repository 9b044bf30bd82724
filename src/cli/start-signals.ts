import { exitCode } from "./exit.ts";

/** Not SIGHUP: where the terminal is gone nobody reads a sentence, and it ends the process anyway. */
const names = ["SIGINT", "SIGTERM"] as const;

function end(): void {
  process.stderr.write("stopped: nothing was begun; the same command starts again\n");
  process.exit(exitCode.failed);
}

/** From here on a signal ends the process with a sentence and the exit code of what was stopped, until a command listens itself. */
export function hearSignals(): void {
  for (const name of names) process.on(name, end);
}

/** Leaves signals to whoever listens now. */
export function leaveSignals(): void {
  for (const name of names) process.off(name, end);
}

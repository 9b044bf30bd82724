import { exitCode } from "./exit.ts";
import { interrupts } from "./interrupts.ts";

/**
 * From here on a signal ends a command that keeps nothing, with a sentence and the exit code of what was stopped. Gives what leaves
 * signals to the process again: before something is written, which is then written whole.
 */
export function endAtOnce(command: string): () => void {
  const stops = interrupts(() => {
    process.stderr.write(`stopped: ${command} keeps no partial result; the same command starts again\n`);
    process.exit(exitCode.failed);
  });
  stops.listen();
  return stops.release;
}

import { exitCode } from "./exit.ts";
import { interrupts } from "./interrupts.ts";

/**
 * Work of a command that keeps nothing: while it lasts, a signal ends the process with a sentence and the exit code of what was
 * stopped. What is written afterwards is written whole. Work that throws leaves no listener behind.
 */
export async function endingAtOnce<T>(command: string, work: () => T | Promise<T>): Promise<T> {
  const stops = interrupts(() => {
    process.stderr.write(`stopped: ${command} keeps no partial result; the same command starts again\n`);
    process.exit(exitCode.failed);
  });
  stops.listen();
  try {
    return await work();
  } finally {
    stops.release();
  }
}

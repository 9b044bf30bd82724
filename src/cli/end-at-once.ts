import { exitCode } from "./exit.ts";
import { interrupts } from "./interrupts.ts";

/**
 * Work of a command that keeps nothing: while it lasts, a signal ends the process with a sentence and the exit code of what was
 * stopped. What it has found is then delivered whole: the first signal waits for that, the second ends the process. Work that throws leaves
 * no listener behind.
 */
export async function endingAtOnce<T, Delivered = T>(
  command: string,
  work: () => T | Promise<T>,
  deliver: (found: T) => Delivered | Promise<Delivered> = (found) => found as never,
): Promise<Delivered> {
  let isFound = false;
  const stops = interrupts(() => {
    if (isFound) {
      process.stderr.write("stopping when the result is written (again: quit at once)\n");
      return;
    }
    process.stderr.write(`stopped: ${command} keeps no partial result; the same command starts again\n`);
    process.exit(exitCode.failed);
  });
  stops.listen();
  try {
    const found = await work();
    isFound = true;
    return await deliver(found);
  } finally {
    stops.release();
  }
}

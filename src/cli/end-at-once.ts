import { exitCode } from "./exit.ts";
import { interrupts } from "./interrupts.ts";

/**
 * Work of a command that keeps nothing: a signal ends the process with a sentence and the exit code of what was stopped. After the work
 * has called `found`, it writes its result whole: the first signal waits for that, the second ends the process. Work that throws leaves
 * no listener behind.
 */
export async function endingAtOnce<T>(command: string, work: (found: () => void) => Promise<T>): Promise<T> {
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
    return await work(() => {
      isFound = true;
    });
  } finally {
    stops.release();
  }
}

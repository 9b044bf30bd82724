import { spawn } from "node:child_process";

/** Marks the process that does the work, which signals end at any time. */
const mark = "SPINSEMBLE_SCRIPT_WORKS";

/**
 * Runs a script in a separate process, so that a signal ends it at once with a sentence and code 1, even while it
 * computes. Returns only in that process.
 */
export async function endedAtOnce(sentence: string): Promise<void> {
  if (process.env[mark]) {
    // the parent process has ended
    process.on("disconnect", () => process.exit(1));
    process.channel?.unref();
    return;
  }
  const worker = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [mark]: "1" },
  });
  const stop = (): void => {
    worker.kill("SIGKILL");
    process.stderr.write(`stopped: ${sentence}\n`);
    process.exit(1);
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  // a terminal sends its Ctrl-C to both
  worker.on("exit", (code, signal) => (signal ? stop() : process.exit(code ?? 1)));
  await new Promise(() => {});
}

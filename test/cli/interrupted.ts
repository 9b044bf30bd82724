import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** How a command ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** From the last signal on. */
  readonly seconds: number;
  readonly error: string;
}

/** SIGHUP, which our commands take as they take Ctrl-C, and Node itself does not. */
const hangUp = 1n;
/** Whether a process listens to signals; null where the system does not tell. */
function listens(pid: number): boolean | null {
  try {
    const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return caught && (BigInt(`0x${caught[1]}`) & hangUp) !== 0n;
  } catch {
    return null;
  }
}

/** When a command is sent its signals. */
export interface Phase {
  /** Seconds after the command listens, or after `reached`. */
  readonly after: number;
  readonly reached?: () => boolean;
  readonly signals?: readonly NodeJS.Signals[];
  /** Seconds between two signals; 0: they are sent together. */
  readonly apart?: number;
  readonly program?: readonly string[];
}

/** Starts the command and sends it signals once it is in its phase. */
export async function interrupted(flags: readonly string[], phase: Phase): Promise<Ending> {
  const { after, reached = () => true, signals = ["SIGINT"], program = ["dist/cli.js"] } = phase;
  const { apart = 0.05 } = phase;
  const child = spawn(process.execPath, [...program, ...flags], { cwd: root });
  let [error, sent] = ["", 0];
  child.stdout.resume();
  child.stderr.on("data", (text) => {
    error += text;
  });
  const ended = new Promise<Ending>((resolve) =>
    child.on("exit", (code, signal) =>
      resolve({ code, signal, seconds: (performance.now() - sent) / 1000, error }),
    ),
  );
  const pause = (seconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const began = performance.now();
  const pid = child.pid as number;
  while (!(listens(pid) ?? performance.now() - began > 4000) || !reached()) {
    await pause(0.02);
    if (child.exitCode !== null || performance.now() - began > 60_000) break;
  }
  await pause(after);
  for (const signal of signals) {
    sent = performance.now();
    child.kill(signal);
    if (apart > 0) await pause(apart);
  }
  return ended;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Whether a process runs, is certain to end soon, or is gone. */
export interface ProcessState {
  readonly is: "running" | "ending" | "gone";
  /** Its start time as the system gives it; null if it is not known. */
  readonly started: string | null;
}

/** Flag of the kernel on a process that is being taken down, and the bit of SIGKILL among signals that wait (Linux, proc(5)). */
const exiting = 0x4;
const killBit = 1n << 8n;

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Whether SIGKILL was sent to it and not yet delivered, as on a busy machine. */
function isKilled(status: string): boolean {
  const waiting = [...status.matchAll(/^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)$/gm)];
  return waiting.some(([, signals]) => (BigInt(`0x${signals}`) & killBit) !== 0n);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * State of a process of this machine. A zombie (ended, but its parent has not waited for it) counts as gone. `proc` is the folder in
 * which the system describes processes; without it every process that exists counts as running.
 */
export function processState(pid: number, proc = "/proc"): ProcessState {
  const text = textOf(join(proc, String(pid), "stat"));
  if (text === null) return { is: exists(pid) ? "running" : "gone", started: null };
  // the fields after the name, which is in brackets and may hold anything: state is the third of all, flags the 9th
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, flags, threads, started = null] = [
    fields[0],
    Number(fields[6]),
    Number(fields[17]),
    fields[19],
  ];
  const hasEnded = state === "Z" || state === "X";
  // the first thread may have ended while others still write
  if (hasEnded && !(threads > 1)) return { is: "gone", started };
  const isEnding =
    hasEnded || (flags & exiting) !== 0 || isKilled(textOf(join(proc, String(pid), "status")) ?? "");
  return { is: isEnding ? "ending" : "running", started };
}

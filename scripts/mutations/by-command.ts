import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCode } from "../../src/cli/exit.ts";

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** How the built command ended with an experiment. */
export interface CommandEnd {
  readonly end: "done" | "disagreement" | "refused" | "stopped" | "failed";
  readonly text: string;
}

/** What is wrong with the text of a result; undefined if it is valid. */
function faultOf(text: string): string | undefined {
  try {
    const { observables } = JSON.parse(text) as { observables?: unknown };
    if (!Array.isArray(observables)) return "the result has no observables";
  } catch (error) {
    return `the result is no JSON: ${(error as Error).message}`;
  }
  return /[:[,]\s*"?-?(NaN|Infinity)"?\s*[,\]}]/.exec(text)?.[0].replace(/^/, "the result holds ");
}

/**
 * `run` of the built command: Ctrl-C after some seconds, and SIGKILL twenty later. A failure is an undocumented exit
 * code, a stack trace, a refusal without a message, or a result that is invalid or contains NaN.
 */
export function byCommand(experiment: object, seconds: number): CommandEnd {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-mutation-"));
  const out = join(folder, "out");
  try {
    const file = join(folder, "experiment.json");
    writeFileSync(file, JSON.stringify(experiment));
    const limits = ["--preserve-status", "-s", "INT", "-k", "20", `${seconds}`];
    const words = [command, "run", file, "--backend", "wasm", "--threads", "1", "--out", out];
    const { status, signal, stdout, stderr } = spawnSync("timeout", [...limits, process.execPath, ...words], {
      encoding: "utf8",
    });
    const said = `${stdout}\n${stderr}`;
    const failed = (text: string): CommandEnd => ({ end: "failed", text });
    const trace = /^ {4}at .*|\b(TypeError|ReferenceError|SyntaxError|UnhandledPromise)\b.*/m.exec(said);
    if (trace) return failed(`a stack trace: ${trace[0].slice(0, 120)}`);
    const place = join(out, "result.json");
    const result = existsSync(place) ? readFileSync(place, "utf8") : undefined;
    const fault = result === undefined ? undefined : faultOf(result);
    if (fault) return failed(fault);
    const last = stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
    if (status === exitCode.badInput && last !== "") return { end: "refused", text: last };
    if (status === exitCode.failed && /stopp/.test(stderr)) return { end: "stopped", text: last };
    // a run that became unstable is written, and its exit code says that it failed
    if (status === exitCode.failed && result?.includes('"outcome": "unstable'))
      return { end: "stopped", text: "unstable" };
    const isWritten = result !== undefined;
    if (status === exitCode.done && isWritten) return { end: "done", text: "" };
    if (status === exitCode.disagreement && isWritten) return { end: "disagreement", text: "" };
    return failed(`exit code ${status ?? signal}, ${isWritten ? "a" : "no"} result: ${last}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

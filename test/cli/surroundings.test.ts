import { spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/* The command in poor surroundings: pipes that close, folders that cannot be written, little memory, no home. */

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-surroundings-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const experiment = `
magnet: { delta: 3, alpha: 0.1 }
energies: [{ type: uniaxial, Ku1: 1 }]
initial: { type: boltzmann }
ensemble: 2000
time: { duration: 5, step: 0.05 }
observables: [{ type: moments, times: 4 }]
`;
const run = ["run", at("experiment.yaml"), "--backend", "wasm", "--threads", "2"];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs shell text; $RUN is the command in Node. */
const shell = (text: string, cwd = folder, env: NodeJS.ProcessEnv = process.env): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn("bash", ["-c", text], { cwd, env });
    let [out, error] = ["", ""];
    child.stdout.on("data", (more) => {
      out += more;
    });
    child.stderr.on("data", (more) => {
      error += more;
    });
    child.on("close", (code) => resolve({ code, out, error }));
  });
const words = (flags: readonly string[], node: readonly string[] = []): string =>
  [process.execPath, ...node, command, ...flags].map((word) => `'${word}'`).join(" ");
const noTrace = (error: string): void => expect(error).not.toMatch(/^ {4}at |Unhandled|EPIPE/m);

/** A folder that nobody writes into: closed to all, or where that stops nobody (root), one of the system's that is closed to root too. */
function closedFolder(): string {
  const closed = at("closed");
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  try {
    accessSync(closed, constants.W_OK);
    return "/proc/self";
  } catch {
    return closed;
  }
}

describe("the command", () => {
  let closed: string;
  beforeAll(() => {
    writeFileSync(at("experiment.yaml"), experiment);
    closed = closedFolder();
  });

  it("whose reader has seen enough finishes its result in silence", async () => {
    const { code, out, error } = await shell(
      `${words([...run, "--out", at("piped")])} | head -1; exit $\{PIPESTATUS[0]}`,
    );
    expect(code, error).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(1);
    noTrace(error);
    expect(JSON.parse(readFileSync(at("piped", "result.json"), "utf8")).outcome).toBe("complete");
  });

  it("runs without input, errors' place, home or much memory, from a folder that is closed", async () => {
    const out = at("poor");
    const { PATH } = process.env;
    const { code, error } = await shell(
      `exec 0<&- 2>&-; ${words([...run, "--out", out], ["--max-old-space-size=64"])}`,
      closed,
      { PATH },
    );
    expect(code, error).toBe(0);
    const { certificate, outcome } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
    expect([certificate.passed, outcome]).toEqual([true, "complete"]);
  });

  it.each([
    ["the folder of results, where it is started", run, /^results\/experiment cannot be written: /],
    ["the folder that it is given", [...run, "--out", "out"], /^out cannot be written: /],
  ])("says before it computes that it cannot write %s", async (_, flags, said) => {
    const { code, error } = await shell(words(flags), closed);
    expect(code).toBe(2);
    expect(error).toMatch(said);
    expect(error.trim().split("\n")).toHaveLength(1);
  });

  it("on a full disk keeps what was there, says what is wrong and leaves nothing half-written", async () => {
    const out = at("full");
    expect((await shell(words([...run, "--out", out]))).code).toBe(0);
    const before = readFileSync(join(out, "result.json"), "utf8");
    // no file may be longer than a kilobyte, which looks to a program as a full disk does
    const { code, error } = await shell(`ulimit -f 1; ${words([...run, "--seed", "2", "--out", out])}`);
    expect(code).toBe(1);
    expect(error).toMatch(/^spinsemble: .*(EFBIG|ENOSPC|file too large)/m);
    noTrace(error);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(before);
    expect(existsSync(join(out, "spinsemble.lock"))).toBe(false);
  });
});

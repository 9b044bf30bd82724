import { spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainOutput } from "../../src/cli/plain-output.ts";

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

  it.skipIf(!existsSync("/dev/full"))(
    "whose output finds no room finishes its result and says so",
    async () => {
      const { code, error } = await shell(`${words([...run, "--out", at("unprinted")])} >/dev/full`);
      expect([code, error]).toEqual([
        1,
        expect.stringMatching(/^spinsemble: the output cannot be written: ENOSPC.*\n$/),
      ]);
      expect(readdirSync(at("unprinted")).sort()).toEqual(["arrays.npz", "report.html", "result.json"]);
    },
  );

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

  it("writes no control sequence of a file's to a terminal", async () => {
    writeFileSync(at("escape.yaml"), `"\\e[2Jmag\\x9bnet": 1\nname: "a\\e]0;x\\a"\n`);
    const { code, error } = await shell(words(["check", at("escape.yaml")]));
    expect(code).toBe(2);
    expect(error).toContain("\\u001b[2Jmag\\u009bnet is not known");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
    expect(error).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
    const written: unknown[] = [];
    const stream = { write: (...of: unknown[]) => written.push(...of) > 0 };
    plainOutput(stream as never);
    const bytes = Uint8Array.of(27);
    stream.write("\r\x1b[K10 %\ta\x1b[Jb\r\n", "utf8");
    stream.write(bytes);
    stream.write(JSON.stringify("\x7f\x9b\x1b"));
    expect(written.slice(0, 3)).toEqual(["\r\x1b[K10 %\ta\\u001b[Jb\\u000d\n", "utf8", bytes]);
    expect(JSON.parse(written[3] as string)).toBe("\x7f\x9b\x1b");
  });

  it("ends as it would where nobody reads its errors any more", async () => {
    const { code } = await shell(`exec 2> >(exit 0); sleep 0.2; ${words(["check", at("none.yaml")])}`);
    expect(code).toBe(2);
  });

  it("says in a sentence that a folder that leads nowhere cannot be written", async () => {
    symlinkSync(at("nowhere"), at("dangling"));
    const { code, error } = await shell(words([...run, "--out", at("dangling")]));
    expect(code).toBe(2);
    expect(error).toMatch(/^.*dangling cannot be written: it is a symbolic link that leads nowhere\n$/);
  });

  it("on a full disk keeps what was there, says what is wrong and leaves nothing half-written", async () => {
    const out = at("full");
    expect((await shell(words([...run, "--out", out]))).code).toBe(0);
    const before = readFileSync(join(out, "result.json"), "utf8");
    // no file may be longer than a kilobyte, which looks to a program as a full disk does
    const {
      code,
      out: printed,
      error,
    } = await shell(`ulimit -f 1; ${words([...run, "--seed", "2", "--out", out])}`);
    expect(code).toBe(1);
    // what was computed is printed, and claims no file
    expect(printed).toMatch(/Certificate/i);
    expect(printed).not.toMatch(/result in/);
    expect(error).toMatch(/^spinsemble: .*(EFBIG|ENOSPC|file too large)/m);
    noTrace(error);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(before);
    expect(existsSync(join(out, "spinsemble.lock"))).toBe(false);
  });

  it("on a disk without a free byte leaves no empty folder, and those of others", async () => {
    writeFileSync(
      at("sweep.yaml"),
      `experiment: experiment.yaml\nvary: { magnet.alpha: [0.1, 0.2] }\nexactCurves: false\n`,
    );
    mkdirSync(at("theirs"));
    const sweep = ["sweep", at("sweep.yaml"), "--backend", "wasm"];
    for (const flags of [run, [...run, "--task", "1/2"], sweep, [...sweep, "--task", "1/2"]])
      for (const out of [["theirs"], ["new", "nested"]]) {
        const { code, error } = await shell(`ulimit -f 0; ${words([...flags, "--out", at(...out)])}`);
        expect([code === 1 || code === 2, error]).toEqual([true, expect.stringMatching(/cannot be written/)]);
        noTrace(error);
        expect(existsSync(at("new", "nested"))).toBe(false);
        expect(readdirSync(at("theirs"))).toEqual([]);
      }
  });
});

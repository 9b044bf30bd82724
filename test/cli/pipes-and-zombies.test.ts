import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadCheckpoint } from "../../src/cli/checkpoint-files.ts";
import { fileSource } from "../../src/cli/file-source.ts";
import { lockFolder } from "../../src/cli/folder-lock.ts";
import { processState } from "../../src/cli/process-state.ts";
import { readSpinShare } from "../../src/cli/spin-share-files.ts";
import { sharesOf } from "../../src/cli/sweep-folder.ts";
import { textOf } from "../../src/cli/text-of.ts";
import { interrupted } from "./interrupted.ts";

/* Whoever waits for a pipe that nobody writes to, or for a process that has ended, waits for ever. */

const folder = mkdtempSync(join(tmpdir(), "spinsemble-pipes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const pipe = (...names: string[]): string => {
  expect(spawnSync("mkfifo", [at(...names)]).status).toBe(0);
  return at(...names);
};

describe.skipIf(process.platform === "win32")("a pipe", () => {
  it("as an input ends when its writer has gone, and not before it came", async () => {
    const path = pipe("input");
    const text = textOf(path);
    spawn("bash", ["-c", `sleep 0.1; (echo one; sleep 0.1; echo two) > '${path}'`]);
    expect(await text).toBe("one\ntwo\n");
    expect(await textOf("/dev/null")).toBe("");
  });

  it("as an input keeps nobody from ending at the first signal", async () => {
    const { code, seconds, error } = await interrupted(["check", pipe("nobody")], { after: 0.2 });
    expect(error).toContain("stopped: check keeps no partial result");
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(2);
  });

  it("in the place of a file of ours or of a trace is refused at once", async () => {
    mkdirSync(at("ours"));
    for (const name of [
      "spinsemble.checkpoint",
      "share-1-of-1.jsonl",
      "share-1-of-2.spins",
      "spinsemble.lock",
    ])
      pipe("ours", name);
    expect((await loadCheckpoint(at("ours"))).refused.join()).toContain("it is not a file");
    expect(() => sharesOf(at("ours"))).toThrow("share-1-of-1.jsonl is not a file");
    await expect(readSpinShare(at("ours"), "share-1-of-2.spins")).rejects.toThrow("is not a file");
    await expect(lockFolder(at("ours"))).rejects.toThrow("is not a readable lock file");
    await expect(fileSource(pipe("trace"))).rejects.toThrow("is not a file");
  });
});

describe.skipIf(process.platform !== "linux")("a process", () => {
  it("that has ended does not hold a folder while its parent has not asked for it", async () => {
    // bash becomes a program that asks for no child
    const parent = spawn("bash", ["-c", "sleep 0.1 & echo $!; exec sleep 20"]);
    try {
      const pid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
      await expect.poll(() => processState(pid).is).toBe("gone");
      expect(() => process.kill(pid, 0)).not.toThrow();
      const { started } = processState(pid);
      mkdirSync(at("left"));
      writeFileSync(at("left", "spinsemble.lock"), JSON.stringify({ pid, started, host: hostname() }));
      (await lockFolder(at("left")))();
    } finally {
      parent.kill();
    }
  });

  it("that was killed is waited for until it has ended", async () => {
    mkdirSync(at("dying"));
    writeFileSync(at("dying", "spinsemble.lock"), JSON.stringify({ pid: 7, started: "1", host: hostname() }));
    const states = ["ending", "ending", "gone"] as const;
    let asked = 0;
    const stateOf = () => ({ is: states[asked++], started: "1" });
    (await lockFolder(at("dying"), undefined, stateOf))();
    expect(asked).toBe(states.length);
  });

  it("is running, ending or gone by what the system says", () => {
    const described = (pid: number, state: string, flags: number, threads: number, status = ""): void => {
      mkdirSync(at(String(pid)));
      const fields = [state, 1, 1, 1, 0, -1, flags, ...new Array(10).fill(0), threads, 0, 777, 0];
      writeFileSync(at(String(pid), "stat"), `${pid} (a) R (b) ${fields.join(" ")}\n`);
      writeFileSync(at(String(pid), "status"), status);
    };
    described(2, "S", 0x400000, 7, "SigPnd:\t0000000000000002\nShdPnd:\t0000000000004000\n");
    described(3, "R", 0x404004, 7);
    described(4, "D", 0x400000, 7, "SigPnd:\t0000000000000000\nShdPnd:\t0000000000000100\n");
    described(5, "Z", 0x404004, 2);
    described(6, "Z", 0x404004, 1);
    const found = [2, 3, 4, 5, 6].map((pid) => processState(pid, folder));
    expect(found.map(({ is }) => is)).toEqual(["running", "ending", "ending", "ending", "gone"]);
    expect(found.map(({ started }) => started)).toEqual(new Array(5).fill("777"));
    expect(processState(process.pid).is).toBe("running");
    expect(processState(2 ** 22 + 1).is).toBe("gone");
  });
});

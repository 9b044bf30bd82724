import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { interrupted } from "./interrupted.ts";

/* What keeps no partial result ends within a second of a signal, with a sentence and the code of what was stopped. */

const folder = mkdtempSync(join(tmpdir(), "spinsemble-at-once-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Has the command send itself a signal at one point of its work: code of Node that is run before it. */
const signalled = (signal: NodeJS.Signals, where: string): string =>
  `data:text/javascript,${encodeURIComponent(`
  import fs, { promises } from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const signal = () => process.kill(process.pid, "${signal}");
  const heard = () => new Promise((resolve) => setTimeout(resolve, 100));
  ${where}
  syncBuiltinESMExports();
`)}`;
/** As soon as anybody listens. */
const asLoaded = `process.once("newListener", () => setImmediate(signal));`;
/** When the draft of a folder is there, before its files are. */
const asWritten = `
  const { mkdtemp } = promises;
  promises.mkdtemp = async (...words) => {
    const made = await mkdtemp(...words);
    signal();
    await heard();
    return made;
  };
`;
/** When a run has taken its folder. */
const asLocked = `
  const { linkSync } = fs;
  fs.linkSync = (...words) => {
    linkSync(...words);
    signal();
  };
`;

/** A disk that takes two seconds for an input file: the command is sure to be at work when the signal comes. */
const slowDisk = `data:text/javascript,${encodeURIComponent(`
  import { promises } from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const { readFile } = promises;
  promises.readFile = async (...words) => {
    if (/yaml$/.test(words[0])) await new Promise((resolve) => setTimeout(resolve, 2000));
    return readFile(...words);
  };
  syncBuiltinESMExports();
`)}`;
const onSlowDisk = ["--import", slowDisk, "dist/cli.js"];
/** A second, and as much again where the machine is busy. */
const soon = 2;

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  it.each([
    ["check", ["check", "examples/cubic.yaml"], { after: 0.3 }],
    ["check, which reads", ["check", "examples/cubic.yaml"], { after: 0.1, program: onSlowDisk }],
    ["transport", ["transport", "examples/cobalt-copper-cobalt.yaml"], { after: 0.1, program: onSlowDisk }],
    ["onsager", ["onsager", "examples/thermoelectric.yaml"], { after: 0.1, program: onSlowDisk }],
    ["bench", ["bench", "--backend", "wasm", "--threads", "1", "--seconds", "0.3"], { after: 1 }],
    ["devices", ["devices"], { after: 0 }],
  ])("ends %s", async (_, words, phase) => {
    const { code, seconds, error } = await interrupted(words, { ...phase, signals: [signal] });
    expect(error).toContain(`stopped: ${words[0]} keeps no partial result; the same command starts again`);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
  });

  const ended = (where: string, words: readonly string[]) =>
    spawnSync(process.execPath, ["--import", signalled(signal, where), "dist/cli.js", ...words], {
      encoding: "utf8",
    });

  it("ends a command that is still being loaded with a sentence", () => {
    const out = join(folder, `loaded-${signal}`);
    const { status, stderr, stdout } = ended(asLoaded, ["run", "examples/neel-brown.yaml", "--out", out]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toBe("stopped: nothing was begun; the same command starts again\n");
    expect(existsSync(out)).toBe(false);
  });

  it("ends a run that has just taken its folder, and leaves nothing there", () => {
    const out = join(folder, `locked-${signal}`);
    const { status, stderr } = ended(asLocked, ["run", "examples/neel-brown.yaml", "--out", out]);
    expect(stderr).toMatch(/^stopp|^ending/);
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ["transport", "examples/cobalt-copper-cobalt.yaml"],
    ["onsager", "examples/thermoelectric.yaml"],
  ])("lets %s write its folder to the end", (command, file) => {
    const place = join(folder, `${command}-${signal}`);
    const { status, stderr } = ended(asWritten, [command, file, "--out", join(place, "out")]);
    expect(stderr).toBe("stopping when the result is written (again: quit at once)\n");
    expect(status).toBe(0);
    expect(readdirSync(place)).toEqual(["out"]);
    expect(readdirSync(join(place, "out")).sort()).toEqual(["report.html", "result.json"]);
  });

  it("lets --slurm submit both jobs", () => {
    const [bin, out] = [join(folder, `bin-${signal}`), join(folder, `slurm-${signal}`)];
    mkdirSync(bin);
    const sbatch = `case "$*" in *dependency*) echo 8 ;; *) kill -${signal.slice(3)} $PPID; sleep 0.3; echo 7 ;; esac`;
    writeFileSync(join(bin, "sbatch"), `#!/bin/sh\n${sbatch}\n`, { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["dist/cli.js", "run", "examples/neel-brown.yaml", "--slurm", "2", "--out", out],
      { encoding: "utf8", env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } },
    );
    expect(stderr).toBe("stopping when both jobs are submitted (again: quit at once)\n");
    expect([status, stdout]).toEqual([
      0,
      `submitted array job 7 of 2 tasks and its merge job 8; results will be in ${out}\n`,
    ]);
  });

  it.each([
    ["calibrate", ["--seeds", "1"], "what was done is kept; the same command goes on"],
    ["power", [], "the same command starts again"],
  ])("ends npm run %s, even while it computes", async (script, words, sentence) => {
    const { code, seconds, error } = await interrupted(words, {
      after: 3,
      signals: [signal],
      program: ["--import", "tsx", `scripts/${script}.ts`],
    });
    expect(error).toContain(`stopped: ${sentence}`);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
  });
});

import { describe, expect, it } from "vitest";
import { interrupted } from "./interrupted.ts";

/* What keeps no partial result ends within a second of a signal, with a sentence and the code of what was stopped. */

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

  it("ends the script that calibrates, even while it computes", async () => {
    const { code, seconds, error } = await interrupted(["--seeds", "1"], {
      after: 3,
      signals: [signal],
      program: ["--import", "tsx", "scripts/calibrate.ts"],
    });
    expect(error).toContain("stopped: what was done is kept; the same command goes on");
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
  });
});

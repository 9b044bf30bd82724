import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepCommand } from "../../src/cli/sweep-command.ts";
import { writeResult } from "../../src/cli/write-result.ts";
import { run } from "../../src/run/run.ts";

const text = readFileSync(fileURLToPath(new URL("../../docs/reading-results.md", import.meta.url)), "utf8");
const snippets = [...text.matchAll(/```(python|js)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
  language,
  code,
  needs: [...code.matchAll(/^import ([\w, ]+)/gm)]
    .flatMap(([, names]) => names.split(","))
    .map((name) => name.trim().split(" ")[0]),
}));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-reading-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const python = (code: string): { status: number | null; stderr: string } =>
  spawnSync("python3", ["-c", code], { cwd: folder, encoding: "utf8" });
const has = (modules: readonly string[]): boolean => python(`import ${modules.join(", ")}`).status === 0;

describe("docs/reading-results.md shows code that reads results", () => {
  beforeAll(async () => {
    const experiment = {
      magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
      energies: [
        { type: "uniaxial", Ku1: 4e4 },
        { type: "zeeman", B_ext: [0, 0, 0.01] },
      ],
      ensemble: 64,
      time: { duration: 1e-9 },
      observables: [{ type: "moments", times: 2 }],
    };
    await writeResult(await run(experiment, { backend: "reference", threads: 1 }), join(folder, "run"));
    const vary = { "energies.1.B_ext.2": [0, 0.01, 0.02], "time.duration": [1e-9] };
    writeFileSync(join(folder, "sweep.json"), JSON.stringify({ experiment, vary, exactCurves: false }));
    await sweepCommand(
      join(folder, "sweep.json"),
      { set: [], out: join(folder, "sweep"), backend: "reference", threads: 1 },
      { environment: {}, program: [] },
    );
  });

  it.each(snippets.filter(({ language }) => language === "python"))("$needs", ({ code, needs }) => {
    if (!has(needs)) {
      console.log(`skipped: this machine has no python3 with ${needs.join(", ")}`);
      return;
    }
    const { status, stderr } = python(code);
    expect(status, stderr).toBe(0);
  });

  it("and JavaScript", () => {
    const [{ code }] = snippets.filter(({ language }) => language === "js");
    writeFileSync(join(folder, "read.mjs"), code);
    const { stdout } = spawnSync(process.execPath, ["read.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stdout.trim()).toBe("3 J true");
  });
});

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-words-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const experiment = {
  magnet: { delta: 1, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 100,
  time: { duration: 1 },
  compare: "none",
};
writeFileSync(at("one.json"), JSON.stringify(experiment));
writeFileSync(at("map.json"), JSON.stringify({ experiment, vary: { "magnet.alpha": [0.1, 0.2] } }));

it.each([
  [["run", "map.json"], "map.json is a sweep: spinsemble sweep map.json"],
  [["rates", "map.json"], "map.json is a sweep: spinsemble sweep map.json"],
  [["run", "one.json", "--task", "1/2", "--merge"], "'--task <i/N>' cannot be used with option '--merge'"],
  [["sweep", "map.json", "--task", "1/2", "--merge"], "'--task <i/N>' cannot be used with option '--merge'"],
  [
    ["sweep", "map.json", "--merge", "--slurm", "2"],
    "'--merge' cannot be used with option '--slurm <tasks>'",
  ],
])("%j is refused in one line, before anything is written", (words, line) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [resolve("dist/cli.js"), ...words, "--out", at("out")],
    { cwd: folder, encoding: "utf8" },
  );
  expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(line)]);
  expect(status).toBe(2);
  expect(existsSync(at("out"))).toBe(false);
});

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
const vary = { "magnet.alpha": [0.1, 0.2] };
writeFileSync(at("of-map.json"), JSON.stringify({ experiment: "map.json", vary }));
writeFileSync(at("in-map.json"), JSON.stringify({ experiment: { experiment, vary }, vary }));
writeFileSync(at("elsewhere.json"), JSON.stringify({ experiment: at("nothing.json"), vary }));
writeFileSync(at("map.json"), JSON.stringify({ experiment, vary }));

it.each([
  [["run", "map.json"], "map.json is a sweep: spinsemble sweep map.json"],
  [["rates", "map.json"], "map.json is a sweep: spinsemble sweep map.json"],
  [["run", "one.json", "--task", "1/2", "--merge"], "'--task <i/N>' cannot be used with option '--merge'"],
  [["sweep", "map.json", "--task", "1/2", "--merge"], "'--task <i/N>' cannot be used with option '--merge'"],
  [
    ["sweep", "map.json", "--merge", "--slurm", "2"],
    "'--merge' cannot be used with option '--slurm <tasks>'",
  ],
  [["sweep", "of-map.json"], "map.json is a sweep, not an experiment"],
  [["sweep", "in-map.json"], "in-map.json: experiment is a sweep, not an experiment"],
  // a path that begins at the root is no path from the sweep's folder
  [["sweep", "elsewhere.json"], `${at("nothing.json")} does not exist`],
  [["run", "one.json", "--slurm", "100001"], "argument '100001' is invalid. must be at most 100000"],
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

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Files that are started by their name, not those that they import. */
const scripts = [
  ...readdirSync(`${root}scripts`)
    .filter((name) => /\.(ts|mjs)$/.test(name) && !["help.mjs", "options.ts"].includes(name))
    .map((name) => `scripts/${name}`),
  "bench/bundle.mjs",
  "bench/points.ts",
  "bench/starts.ts",
  "test/house/same-results.ts",
];

const started = (...flags: readonly string[]) =>
  spawnSync(process.execPath, flags, { cwd: root, encoding: "utf8" });

describe("scripts", () => {
  it.each(scripts)("%s answers --help before it does anything, from its head", (script) => {
    const text = readFileSync(`${root}${script}`, "utf8");
    expect(text).toMatch(/^(\/\*\*|\/\/)/);
    expect(/^import .*$/m.exec(text)?.[0]).toMatch(/^import "(\.{1,2}\/)+(scripts\/)?help\.mjs";$/);
  });

  it("print the head and end with 0", () => {
    const { status, stdout, stderr } = started("scripts/build.mjs", "--help");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Builds dist\/cli\.js/);
  });

  it("refuse what they do not know in two lines", () => {
    const { status, stdout, stderr } = started("--import", "tsx", "scripts/oracle.ts", "--nonsense");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.trim().split("\n")).toHaveLength(2);
    expect(stderr).toMatch(/--nonsense/);
  });
});

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

/* The Snakefile of docs/cluster.md, run by Snakemake: installed, or unpacked by scripts/prepare-tests.mjs. */

const unpacked = resolve("node_modules/.cache/snakemake/usr");
const isInstalled = spawnSync("which", ["snakemake"]).status === 0;
const program = isInstalled
  ? ["snakemake"]
  : existsSync(join(unpacked, "bin/snakemake"))
    ? ["/usr/bin/python3", join(unpacked, "bin/snakemake")]
    : null;

const folder = mkdtempSync(join(tmpdir(), "spinsemble-snakemake-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

it.skipIf(!program)(
  "the Snakefile of the docs makes a sweep in shares, and again only what is missing",
  () => {
    const [, snakefile] =
      /## Snakemake\n+```python\n([\s\S]*?)```/.exec(readFileSync("docs/cluster.md", "utf8")) ?? [];
    // two shares of fewer cores than in the docs
    writeFileSync(at("Snakefile"), snakefile.replace("N = 100", "N = 2").replace("threads: 8", "threads: 1"));
    writeFileSync(
      at("map.yaml"),
      `experiment:
  magnet: { delta: 1, alpha: 0.2 }
  energies: [{ type: uniaxial, Ku1: 1 }]
  ensemble: 100
  time: { duration: 1 }
  compare: none
vary: { magnet.alpha: [0.1, 0.2] }
exactCurves: false
`,
    );
    writeFileSync(
      at("spinsemble"),
      `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli.js")}" "$@"\n`,
      { mode: 0o755 },
    );
    const [command, ...words] = program as string[];
    const run = () =>
      spawnSync(command, [...words, "--cores", "2", "--nocolor"], {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          HOME: folder,
          PATH: `${folder}:${process.env.PATH}`,
          ...(isInstalled ? {} : { PYTHONPATH: join(unpacked, "lib/python3/dist-packages") }),
        },
      });
    const first = run();
    expect(first.status, first.stderr).toBe(0);
    expect(readFileSync(at("map", "table.csv"), "utf8").trim().split("\n")).toHaveLength(3);
    const before = statSync(at("map", "share-1-of-2.jsonl")).mtimeMs;
    rmSync(at("map", "share-2-of-2.jsonl"));
    rmSync(at("map", "table.parquet"));
    const second = run();
    expect(second.status, second.stderr).toBe(0);
    expect(second.stderr).toContain("3 of 3 steps");
    expect(statSync(at("map", "share-1-of-2.jsonl")).mtimeMs).toBe(before);
    expect(existsSync(at("map", "table.parquet"))).toBe(true);
  },
);

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

/* The scripts for PBS of docs/cluster.md, run by a qsub that does what PBS does with them: no PBS can be installed. */

const folder = mkdtempSync(join(tmpdir(), "spinsemble-pbs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const write = (name: string, text: string): void => writeFileSync(at(name), text, { mode: 0o755 });

const [, section] = /## PBS\n([\s\S]*?)\n## /.exec(readFileSync("docs/cluster.md", "utf8")) ?? [];
const [array, merge, submit] = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text);
/** Two shares of one core, and a place that this machine has. */
const here = (text: string): string =>
  text
    .replaceAll("100", "2")
    .replace("ncpus=8", "ncpus=1")
    .replace("--threads 8", "--threads 1")
    .replaceAll("/scratch", folder);

// each index of an array in turn, in another folder than the one of submission, with no more of the environment than PBS promises
const qsub = `#!/bin/bash
script=\${@: -1}
range=$(sed -n 's/^#PBS -J //p' "$script")
echo "$*" >> "${at("submitted")}"
cd /
for i in $([ -n "$range" ] && seq \${range/-/ } || echo none); do
  [ $i = none ] && unset PBS_ARRAY_INDEX || export PBS_ARRAY_INDEX=$i
  PBS_O_WORKDIR="${folder}" bash "${folder}/$script" >> "${at("said")}" 2>&1
done
echo "1[].server"
`;

it("the scripts for PBS of the docs make a sweep in shares, and a task without its share is refused", () => {
  write("array.pbs", here(array));
  write("merge.pbs", here(merge));
  write("qsub", qsub);
  write("spinsemble", `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli.js")}" "$@"\n`);
  write(
    "map.yaml",
    `experiment:
  magnet: { delta: 1, alpha: 0.2 }
  energies: [{ type: uniaxial, Ku1: 1 }]
  ensemble: 100
  time: { duration: 1 }
  compare: none
vary: { magnet.alpha: [0.1, 0.2, 0.3] }
exactCurves: false
`,
  );
  const env = { ...process.env, HOME: folder, PATH: `${folder}:${process.env.PATH}` };
  const run = (command: string) => spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8", env });
  const { status, stderr } = run(submit);
  expect(status, stderr).toBe(0);
  expect(readFileSync(at("submitted"), "utf8")).toBe("array.pbs\n-W depend=afterany:1[].server merge.pbs\n");
  const said = readFileSync(at("said"), "utf8");
  expect(existsSync(at("map", "share-2-of-2.jsonl")), said).toBe(true);
  expect(readFileSync(at("map", "table.csv"), "utf8").trim().split("\n"), said).toHaveLength(4);
  const alone = run("PBS_ARRAY_INDEX=1 spinsemble sweep map.yaml --out other");
  expect(alone.status).toBe(2);
  expect(alone.stderr).toContain('add --task "$PBS_ARRAY_INDEX/N"');
  expect(existsSync(at("other"))).toBe(false);
});

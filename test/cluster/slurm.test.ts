import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences } from "../../src/run/differences.ts";
import { Cluster, until, whyNoSlurm } from "./slurm.ts";

/* Array jobs in a real Slurm of one node, which the tests start and stop; needs slurm-wlm and munge, and root. */

describe.skipIf(whyNoSlurm !== null)("an array job of Slurm", () => {
  const cluster = new Cluster();
  beforeAll(() => cluster.start());
  afterAll(() => cluster.stop());

  const write = (name: string, text: string): string => {
    writeFileSync(cluster.at(name), text);
    return cluster.at(name);
  };
  const spinsemble = (...words: string[]): string => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [resolve("dist/cli.js"), ...words], {
      cwd: cluster.folder,
      env: cluster.environment,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const submitted = (said: string): readonly [string, string] => {
    const [, array, merge] = /array job (\d+) .*merge job (\d+)/.exec(said) ?? [];
    return [array, merge];
  };
  const over = (job: string): Promise<boolean> => until(`job ${job} ends`, () => cluster.isOver(job));
  const saidBy = (folder: string, job: string): string =>
    readFileSync(join(folder, `slurm-merge-${job}.txt`), "utf8");
  const tableOf = (folder: string): string => readFileSync(join(folder, "table.csv"), "utf8");

  it("shares a sweep: a task is requeued and goes on, one is killed, and the merge waits for it", async () => {
    const file = write(
      "map.yaml",
      `experiment:
  magnet: { delta: 2, alpha: 0.1 }
  energies: [{ type: uniaxial, Ku1: 1 }, { type: zeeman, B_ext: [0, 0, 0] }]
  ensemble: 20000
  time: { duration: 200, step: 0.1 }
  observables: [{ type: moments, times: 1 }]
  compare: none
vary: { time.duration: { from: 200, to: 208, count: 9 } }
exactCurves: false
`,
    );
    const out = cluster.at("shared");
    const flags = ["--backend", "wasm", "--threads", "1", "--seed", "7"];
    const [array, merge] = submitted(spinsemble("sweep", file, "--out", out, ...flags, "--slurm", "3"));
    // both in their second point or later
    const linesOf = (share: number): number => {
      const path = join(out, `share-${share}-of-3.jsonl.part`);
      return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
    };
    await until("two tasks have a point", () => linesOf(2) >= 2 && linesOf(3) >= 2);
    const { pid } = JSON.parse(readFileSync(join(out, "share-3-of-3.lock"), "utf8"));
    process.kill(pid, "SIGKILL");
    cluster.ask("scontrol", "requeue", `${array}_2`);
    await until("the task is requeued", () => cluster.field(`${array}_2`, "JobState") === "PENDING");
    // Slurm waits two minutes by itself; its node refuses a job in the second in which it was stopped there
    cluster.ask("scontrol", "update", `jobid=${array}_2`, "starttime=now+2");
    await over(array);
    expect(cluster.field(`${array}_3`, "JobState")).toBe("FAILED");
    const saidBySecond = readFileSync(join(out, `slurm-${array}_2.txt`), "utf8");
    expect(cluster.field(`${array}_2`, "JobState"), saidBySecond).toBe("COMPLETED");
    expect(cluster.field(`${array}_2`, "Restarts")).toBe("1");
    expect(saidBySecond).toMatch(/REQUEUE[\s\S]*share 2 of 3 is in/);
    await over(merge);
    expect(cluster.field(merge, "ExitCode")).toBe("2:0");
    expect(saidBy(out, merge)).toMatch(/share 3 is not finished, it has \d point/);
    // what is missing, then the merge once more
    const again = cluster.ask("sbatch", "--parsable", "--array=3", join(out, "array.sbatch")).trim();
    await over(again);
    const last = cluster
      .ask("sbatch", "--parsable", `--dependency=afterany:${again}`, join(out, "merge.sbatch"))
      .trim();
    await over(last);
    expect(saidBy(out, last)).toContain("9 points; nothing was compared");
    spinsemble("sweep", file, "--out", cluster.at("whole"), ...flags);
    expect(tableOf(out)).toBe(tableOf(cluster.at("whole")));
  });

  it("shares the spins of one run: a task is preempted, and goes on from its checkpoint", async () => {
    const file = write(
      "large.yaml",
      `magnet: { delta: 1, alpha: 0.2 }
energies: [{ type: uniaxial, Ku1: 1 }]
initial: { type: uniform }
ensemble: 20000
time: { duration: 1000, step: 0.05 }
observables: [{ type: moments, times: 1 }]
compare: none
`,
    );
    const out = cluster.at("run");
    const flags = ["--backend", "wasm", "--threads", "1", "--seed", "5"];
    const [array, merge] = submitted(
      spinsemble("run", file, "--out", out, ...flags, "--checkpoint", "0", "--slurm", "2"),
    );
    // the first checkpoint of all holds no spins
    const kept = join(out, "share-2-of-2.part", "spinsemble.checkpoint");
    await until("a task has a state", () => (statSync(kept, { throwIfNoEntry: false })?.size ?? 0) > 9000);
    cluster.ask("scontrol", "requeue", `${array}_2`);
    await until("the task is requeued", () => cluster.field(`${array}_2`, "JobState") === "PENDING");
    cluster.ask("scontrol", "update", `jobid=${array}_2`, "starttime=now+2");
    await over(merge);
    const saidBySecond = readFileSync(join(out, `slurm-${array}_2.txt`), "utf8");
    expect(saidBySecond).toMatch(
      /REQUEUE[\s\S]*share 2 of 2 continues from its checkpoint[\s\S]*share 2 of 2 is in/,
    );
    expect(cluster.field(merge, "ExitCode"), saidBy(out, merge)).toBe("0:0");
    expect(readdirSync(out).filter((name) => name.endsWith(".spins"))).toHaveLength(2);
    spinsemble("run", file, "--out", cluster.at("run at once"), ...flags);
    const [shared, whole] = ["run", "run at once"].map((name) =>
      JSON.parse(readFileSync(join(cluster.at(name), "result.json"), "utf8")),
    );
    expect(shared.outcome).toBe("complete");
    expect(differences(whole, shared)).toEqual([]);
  });

  it("has a GPU and cores for every task", () => {
    const file = write(
      "gpu.yaml",
      "experiment: { magnet: { delta: 1, alpha: 0.2 }, energies: [{ type: uniaxial, Ku1: 1 }], time: { duration: 1 } }\nvary: { magnet.alpha: [0.1, 0.2] }\n",
    );
    const out = cluster.at("gpu");
    // none of it is run
    cluster.ask("scontrol", "update", "PartitionName=main", "State=DOWN");
    const [array, merge] = submitted(
      spinsemble("sweep", file, "--out", out, "--backend", "webgpu", "--threads", "2", "--slurm", "2"),
    );
    expect(cluster.field(array, "TresPerNode")).toBe("gres:gpu:1");
    expect(cluster.field(array, "NumCPUs")).toBe("2");
    expect(cluster.field(merge, "Dependency")).toContain(`afterany:${array}`);
    cluster.ask("scancel", array, merge);
    rmSync(out, { recursive: true });
  });
});

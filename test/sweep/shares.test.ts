import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SweepFlags } from "../../src/cli/sweep-command.ts";
import { sweepCommand } from "../../src/cli/sweep-command.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-sweep-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

writeFileSync(
  at("cone.yaml"),
  `magnet: { Ms: 8.0e5, volume: 2.0e-25, alpha: 0.1, temperature: 300 }
energies: [{ type: uniaxial, Ku1: 4.0e4 }, { type: zeeman, B_ext: [0, 0, 0.01] }]
ensemble: 60
time: { duration: 1.0e-9 }
observables: [{ type: moments, times: 1 }]
`,
);
const vary = "{ energies.1.B_ext.2: [0, 0.01, 0.02], time.duration: [1.0e-9, 1.5e-9] }";
writeFileSync(at("sweep.yaml"), `experiment: cone.yaml\nvary: ${vary}\nexactCurves: false\n`);

const sweep = (flags: Partial<SweepFlags>, file = "sweep.yaml", environment = {}): Promise<number> =>
  sweepCommand(
    at(file),
    { set: [], backend: "wasm", threads: 1, ...flags },
    { environment, program: ["spinsemble"] },
  );
const text = (...names: string[]): string => readFileSync(at(...names), "utf8");

describe("a sweep in shares", () => {
  beforeAll(async () => {
    expect(await sweep({ out: at("whole") })).toBe(0);
    // in any order, one of them as a task of an array job
    expect(await sweep({ out: at("shared"), task: "3/3" })).toBe(0);
    expect(await sweep({ out: at("shared"), task: "1/3", threads: 2 })).toBe(0);
    await expect(sweep({ out: at("shared"), merge: true })).rejects.toThrow(/missing of 3 shares: 2/);
    const slurm = {
      SLURM_ARRAY_TASK_ID: "2",
      SLURM_ARRAY_TASK_MIN: "1",
      SLURM_ARRAY_TASK_MAX: "3",
      SLURM_ARRAY_TASK_COUNT: "3",
    };
    expect(await sweep({ out: at("shared") }, "sweep.yaml", slurm)).toBe(0);
    expect(await sweep({ out: at("shared"), merge: true })).toBe(0);
  });

  it("is the whole, to the bit", () => {
    expect(text("shared", "table.csv")).toBe(text("whole", "table.csv"));
    const [shared, whole] = ["shared", "whole"].map((name) => JSON.parse(text(name, "result.json")));
    expect(shared).toEqual(whole);
    expect(whole.certificate.passed).toBe(true);
    expect(whole.certificate.tests).toBeGreaterThanOrEqual(6);
    expect(whole.certificate.limit).toBeLessThan(1e-4 / 6 + 1e-12);
  });

  it("has a row a point, with errors, exact partners and units", async () => {
    const bytes = readFileSync(at("whole", "table.parquet"));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(6);
    expect(rows[3]).toMatchObject({
      point: 3,
      "energies.1.B_ext.2": 0.01,
      "time.duration": 1.5e-9,
      outcome: "complete",
    });
    for (const row of rows) {
      const [m, error, exact] = ["", ".error", ".exact"].map((end) => row[`moments.mz${end}`] as number);
      expect(Math.abs(m - exact)).toBeLessThan(5 * error);
    }
    const units = JSON.parse(
      parquetMetadata(file).key_value_metadata?.find(({ key }) => key === "units")?.value ?? "",
    );
    expect(units).toMatchObject({
      "energies.1.B_ext.2": "T",
      "time.duration": "s",
      "moments.energy": "J",
      "moments.mz": "",
    });
    expect(units).toEqual(JSON.parse(text("whole", "result.json")).units);
    expect(text("whole", "report.html")).toContain("heatmap");
  });

  it("does nothing again, and goes on where a process was killed in the middle of a line", async () => {
    const name = "share-1-of-1.jsonl";
    const before = text("whole", name);
    expect(await sweep({ out: at("whole") })).toBe(0);
    expect(text("whole", name)).toBe(before);
    const lines = before.split("\n");
    rmSync(at("whole", name));
    writeFileSync(at("whole", `${name}.part`), `${lines.slice(0, 3).join("\n")}\n${lines[3].slice(0, 40)}`);
    await expect(sweep({ out: at("whole"), merge: true })).rejects.toThrow(
      /share 1 is not finished, it has 2 points/,
    );
    await expect(sweep({ out: at("whole"), backend: "reference" })).rejects.toThrow(
      /were simulated on wasm, not on reference: choose --backend wasm/,
    );
    expect(await sweep({ out: at("whole"), backend: "auto" })).toBe(0);
    expect(text("whole", "table.csv")).toBe(text("shared", "table.csv"));
    expect(existsSync(at("whole", `${name}.part`))).toBe(false);
  });

  it("refuses to merge what is double, of another plan or of another version, and says which", async () => {
    const share = (i: number): string => at("shared", `share-${i}-of-3.jsonl`);
    const [first, second] = [1, 2].map((i) => readFileSync(share(i), "utf8"));
    const merged = (): Promise<number> => sweep({ out: at("shared"), merge: true });
    appendFileSync(share(1), `${second.split("\n")[1]}\n`);
    await expect(merged()).rejects.toThrow(
      /point 1 occurs twice: in share-[12]-of-3\.jsonl and share-[12]-of-3\.jsonl/,
    );
    writeFileSync(share(1), first.replace(/"version":"[^"]*"/, '"version":"0.0.0"'));
    await expect(merged()).rejects.toThrow(/share-1-of-3\.jsonl was computed by version 0\.0\.0/);
    writeFileSync(share(1), first.replace(/"fingerprint":"../, '"fingerprint":"zz'));
    await expect(merged()).rejects.toThrow(/share-1-of-3\.jsonl belongs to another sweep/);
    writeFileSync(share(1), first.replace('"share":1', '"share":2'));
    await expect(merged()).rejects.toThrow(/share-1-of-3\.jsonl holds share 2 of 3 under another name/);
    writeFileSync(share(1), first.replace('"backend":"wasm"', '"backend":"webgpu"'));
    await expect(merged()).rejects.toThrow(
      /shares of different backends: on (wasm|webgpu) \(share-\d-of-3\.jsonl\), on (wasm|webgpu) \(/,
    );
    writeFileSync(share(1), first);
    await expect(sweep({ out: at("shared") })).rejects.toThrow(/holds share-\d-of-3\.jsonl: --merge/);
    renameSync(share(2), at("shared", "share-2-of-4.jsonl"));
    writeFileSync(at("shared", "share-2-of-4.jsonl"), second.replace('"of":3', '"of":4'));
    await expect(merged()).rejects.toThrow(/different divisions: of \d, of \d/);
    rmSync(at("shared", "share-2-of-4.jsonl"));
    // a share that could never be merged with those that are there is not begun
    await expect(sweep({ out: at("shared"), task: "2/4" })).rejects.toThrow(
      /shares\.json is of 3 shares, not of 4.*choose another --out/,
    );
    await expect(sweep({ out: at("shared"), task: "2/3", seed: "2" })).rejects.toThrow(
      /shares\.json belongs to another sweep.*choose another --out/,
    );
    await expect(sweep({ out: at("shared"), task: "2/3", backend: "reference" })).rejects.toThrow(
      /were simulated on wasm, not on reference/,
    );
    expect(readdirSync(at("shared")).filter((name) => name.startsWith("share"))).toEqual([
      "share-1-of-3.jsonl",
      "share-3-of-3.jsonl",
      "shares.json",
    ]);
  });
});

it("a sweep without an ensemble gives exact rates, barriers and dwell times", async () => {
  writeFileSync(
    at("rates.yaml"),
    `experiment: { magnet: { delta: 12, alpha: 0.1 }, energies: [{ type: uniaxial, Ku1: 1 }], ensemble: 0, time: { duration: 10 }, observables: [{ type: dwell, up: "mz > 0.5", down: "mz < -0.5" }] }
vary: { magnet.delta: [10, 12] }
exactCurves: false
`,
  );
  expect(await sweep({ out: at("rates") }, "rates.yaml")).toBe(0);
  const { columns, certificate } = JSON.parse(text("rates", "result.json"));
  expect(certificate).toBeNull();
  // Brown: λ₁ ∝ √Δ… e^(−Δ), whose barrier is Δ − 1/2 − 1/Δ …
  expect(columns["exact.upBarrier"][0]).toBeCloseTo(9.5 - 0.1, 1);
  // up and down are alike
  expect(columns["exact.occupationUp"]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)]);
  expect(columns["exact.slowestRate"][0]).toBeGreaterThan(columns["exact.slowestRate"][1]);
});

it("a wrong ensemble fails the certificate of its sweep", async () => {
  writeFileSync(
    at("wrong.yaml"),
    `experiment: cone.yaml\nvary: { energies.1.B_ext.2: [0.05, 0.06] }\npointResults: true\nexactCurves: false\n`,
  );
  const flags = { out: at("wrong"), ensemble: "20000", set: ["time.integrator=heun", "time.step=2e-11"] };
  expect(await sweep(flags, "wrong.yaml")).toBe(3);
  const { certificate, columns } = JSON.parse(text("wrong", "result.json"));
  expect(certificate.reason).toMatch(/point [01], /);
  // the whole result of each point: of its own parameters, and what the table has of it
  expect(readdirSync(at("wrong", "points")).sort()).toEqual(["000000.json", "000001.json"]);
  for (const k of [0, 1]) {
    const { experiment, provenance, observables } = JSON.parse(text("wrong", "points", `00000${k}.json`));
    expect(experiment.energies[1].B_ext[2]).toBe([0.05, 0.06][k]);
    expect(provenance.seed).toBe(columns.seed[k]);
    const [{ m }] = observables;
    expect(m[m.length - 1][2]).toBe(columns["moments.mz"][k]);
  }
});

it("Ctrl-C ends a sweep at once and keeps its points; the same command goes on", async () => {
  writeFileSync(
    at("long.yaml"),
    `experiment: cone.yaml\nvary: { energies.1.B_ext.2: { from: 0.03, to: 0.04, count: 40 } }\n`,
  );
  const out = at("long");
  const name = join(out, "share-1-of-1.jsonl.part");
  const running = sweep({ out, ensemble: "200" }, "long.yaml");
  while (!existsSync(name) || readFileSync(name, "utf8").split("\n").length < 4)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const began = process.cpuUsage();
  process.emit("SIGINT");
  expect(await running).toBe(1);
  const { user } = process.cpuUsage(began);
  expect(user / 1e6).toBeLessThan(1);
  const kept = readFileSync(name, "utf8").split("\n").length - 2;
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThan(40);
  await expect(sweep({ out, ensemble: "200", merge: true }, "long.yaml")).rejects.toThrow(
    new RegExp(`share 1 is not finished, it has ${kept} points`),
  );
});

it("a full disk is named with the file, and with room the same command goes on to the same table", async () => {
  const words = `sweep ${at("sweep.yaml")} --backend wasm --threads 1 --out ${at("full")}`;
  // no file may be longer than two kilobytes, which looks to a program as a full disk does
  const command = `ulimit -f 2; exec ${process.execPath} dist/cli.js ${words}`;
  const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /full\/share-1-of-1\.jsonl\.part cannot be written \(.*\); finished points are kept: free some disk space, then the same/,
  );
  expect(await sweep({ out: at("full") })).toBe(0);
  expect(text("full", "table.csv")).toBe(text("whole", "table.csv"));
});

it("a full disk before the first point is named, with what to do, and leaves neither draft nor folder", () => {
  const words = `sweep ${at("sweep.yaml")} --backend wasm --threads 1 --out ${at("fuller")}`;
  const [share, alone] = [" --task 1/3", ""].map((task) => {
    const command = `ulimit -f 0; exec ${process.execPath} dist/cli.js ${words}${task}`;
    const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    return { status, stderr, isLeft: existsSync(at("fuller")) };
  });
  expect(share.stderr).toMatch(
    /shares\.json cannot be written \(.*\); nothing was computed: free some disk space/,
  );
  expect([share.status, share.isLeft, alone.status, alone.isLeft]).toEqual([1, false, 2, false]);
});

describe("an array job", () => {
  it("runs a share a task and merges after them", async () => {
    const bin = at("bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "sbatch"), `#!/bin/sh\necho "$@" >> ${at("submitted")}\necho 4711\n`, {
      mode: 0o755,
    });
    const path = process.env.PATH;
    process.env.PATH = `${bin}:${path}`;
    try {
      expect(await sweep({ out: at("it's array"), slurm: 3, seed: "5", backend: "webgpu" })).toBe(0);
    } finally {
      process.env.PATH = path;
    }
    const [array, merge] = ["array.sbatch", "merge.sbatch"].map((name) => at("it's array", name));
    expect(text("submitted").trim().split("\n")).toEqual([
      `--parsable ${array}`,
      `--parsable --dependency=afterany:4711 ${merge}`,
    ]);
    const script = readFileSync(array, "utf8");
    for (const line of ["--array=1-3", "--cpus-per-task=1", "--gres=gpu:1", "--requeue"])
      expect(script).toContain(`#SBATCH ${line}\n`);
    // the shell hands every word on as it was
    const { stdout } = spawnSync("bash", ["-c", script.replace("exec spinsemble", "exec printf '%s\\n'")], {
      env: { ...process.env, SLURM_ARRAY_TASK_ID: "2" },
      encoding: "utf8",
    });
    expect(stdout.trim().split("\n")).toEqual([
      "sweep",
      at("sweep.yaml"),
      "--out",
      at("it's array"),
      "--seed",
      "5",
      "--backend",
      "webgpu",
      "--task",
      "2/3",
      "--threads",
      "1",
    ]);
    expect(readFileSync(merge, "utf8")).toMatch(/--merge\n$/);
  });

  it("has no more tasks than points, and nothing that would take for ever", async () => {
    await expect(sweep({ out: at("none"), task: "1/7" })).rejects.toThrow(
      /7 shares are more than the 6 points/,
    );
    const endless = { ensemble: "2000000000", set: ["time.step=1e-14"] };
    await expect(sweep({ out: at("none"), ...endless })).rejects.toThrow(
      /6 points would take at least .* days.*--force/,
    );
    expect(existsSync(at("none"))).toBe(false);
  });
});

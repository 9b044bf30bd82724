import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runCommand } from "../../src/cli/run-commands.ts";
import { sweepCommand } from "../../src/cli/sweep-command.ts";
import { differences } from "../../src/run/differences.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-shares-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
writeFileSync(
  at("cone.yaml"),
  `magnet: { delta: 1, alpha: 0.2 }
energies: [{ type: uniaxial, Ku1: 1 }, { type: zeeman, B_ext: [0, 0, 0.2] }]
initial: { type: uniform }
ensemble: 1000
time: { duration: 10, step: 0.05 }
observables: [{ type: moments, times: 3 }]
`,
);
const run = (out: string, more: Partial<Parameters<typeof runCommand>[1]> = {}): Promise<number> =>
  runCommand(at("cone.yaml"), {
    set: [],
    backend: "wasm",
    threads: 1,
    checkpoint: 60,
    out: at(out),
    ...more,
  });
/** The number of a process that has ended. */
const deadProcess = (): number => spawnSync(process.execPath, ["--version"]).pid;
const result = (out: string): unknown => JSON.parse(readFileSync(at(out, "result.json"), "utf8"));

it("one run in shares gives the result of the whole, and is refused until they are all there", async () => {
  expect(await run("whole")).toBe(0);
  expect(await run("shared", { task: "3/3" })).toBe(0);
  expect(await run("shared", { task: "1/3" })).toBe(0);
  await expect(run("shared", { merge: true })).rejects.toThrow(/missing of 3 shares: 2/);
  // a share that was stopped keeps its state, and the same command goes on with it
  const stopped = run("shared", { task: "2/3", checkpoint: 0 });
  const part = at("shared", "share-2-of-3.part");
  // the first checkpoint of all holds no spins
  const isBegun = (): boolean =>
    (statSync(join(part, "spinsemble.checkpoint"), { throwIfNoEntry: false })?.size ?? 0) > 4000;
  while (!isBegun()) await new Promise((resolve) => setTimeout(resolve, 5));
  process.emit("SIGTERM");
  expect(await stopped).toBe(1);
  await expect(run("shared", { merge: true })).rejects.toThrow(/share 2 of 3 is not finished/);
  const kept = readFileSync(join(part, "spinsemble.checkpoint"));
  // a run in one piece would write its result among them
  const before = readdirSync(at("shared")).sort();
  for (const more of [{}, { force: true }])
    await expect(run("shared", more)).rejects.toThrow(/shared holds share-1-of-3.spins of a run in shares/);
  expect(readdirSync(at("shared")).sort()).toEqual(before);
  await expect(run("shared", { task: "2/3", seed: "2" })).rejects.toThrow(/another experiment \(seed/);
  // what was refused is still there
  expect(readFileSync(join(part, "spinsemble.checkpoint"))).toEqual(kept);
  expect(await run("shared", { task: "2/3" })).toBe(0);
  expect(existsSync(part)).toBe(false);
  // a share that is there is not computed again, and damage is seen
  const file = at("shared", "share-1-of-3.spins");
  const bytes = readFileSync(file);
  expect(await run("shared", { task: "1/3" })).toBe(0);
  expect(readFileSync(file)).toEqual(bytes);
  await expect(run("shared", { task: "1/3", backend: "reference" })).rejects.toThrow(
    /this share was simulated on wasm, not on reference/,
  );
  // the file of another share under its name
  writeFileSync(file, readFileSync(at("shared", "share-2-of-3.spins")));
  const misnamed = /share-1-of-3\.spins holds share 2 of 3 under another name/;
  await expect(run("shared", { task: "1/3" })).rejects.toThrow(misnamed);
  await expect(run("shared", { merge: true })).rejects.toThrow(misnamed);
  writeFileSync(file, bytes.subarray(0, -9));
  await expect(run("shared", { merge: true })).rejects.toThrow(
    /share-1-of-3.spins cannot be used: it is truncated/,
  );
  expect(await run("shared", { task: "1/3" })).toBe(0);
  // only one process merges; the lock of one that was killed is not held
  const lock = at("shared", "spinsemble.lock");
  const holder = (pid: number): void =>
    writeFileSync(lock, JSON.stringify({ pid, started: null, host: hostname() }));
  holder(process.ppid);
  await expect(run("shared", { merge: true })).rejects.toThrow(`shared is in use by process ${process.ppid}`);
  expect(existsSync(at("shared", "result.json"))).toBe(false);
  holder(deadProcess());
  expect(await run("shared", { merge: true })).toBe(0);
  expect(existsSync(lock)).toBe(false);
  expect(differences(result("whole"), result("shared"))).toEqual([]);
  await expect(run("shared", { task: "1/2000" })).rejects.toThrow(/2000 shares are more than the 1000 spins/);
});

it("neither a run nor a sweep in one piece takes a folder with an idle share of a run", async () => {
  mkdirSync(at("idle", "share-2-of-3.part"), { recursive: true });
  const idle = /idle holds share-2-of-3.part of a run in shares: --task i\/N continues a share/;
  for (const more of [{}, { force: true }]) await expect(run("idle", more)).rejects.toThrow(idle);
  writeFileSync(at("map.yaml"), "experiment: cone.yaml\nvary: { magnet.alpha: [0.1, 0.2] }\n");
  const sweep = sweepCommand(
    at("map.yaml"),
    { set: [], backend: "wasm", threads: 1, out: at("idle") },
    { environment: {}, program: [] },
  );
  await expect(sweep).rejects.toThrow(idle);
  expect(readdirSync(at("idle"))).toEqual(["share-2-of-3.part"]);
});

it("neither a share nor a sweep nor a merge takes a folder with an idle run in one piece", async () => {
  const stopped = run("half", { set: ["time.duration=1e6"], checkpoint: 0, force: true });
  const kept = (): number =>
    statSync(at("half", "spinsemble.checkpoint"), { throwIfNoEntry: false })?.size ?? 0;
  // the first checkpoint of all holds no spins
  while (kept() < 4000) await new Promise((resolve) => setTimeout(resolve, 5));
  process.emit("SIGTERM");
  expect(await stopped).toBe(1);
  const before = readdirSync(at("half")).sort();
  const idle =
    /half holds an unfinished run: spinsemble resume \S+ continues it, otherwise choose another --out/;
  for (const share of [{ task: "1/3" }, { merge: true }])
    await expect(run("half", share)).rejects.toThrow(idle);
  writeFileSync(at("map.yaml"), "experiment: cone.yaml\nvary: { magnet.alpha: [0.1, 0.2] }\n");
  for (const task of [{}, { task: "1/2" }, { merge: true }]) {
    const flags = { set: [], backend: "wasm", threads: 1, out: at("half"), ...task } as const;
    const swept = sweepCommand(at("map.yaml"), flags, { environment: {}, program: [] });
    await expect(swept).rejects.toThrow(idle);
  }
  expect(readdirSync(at("half")).sort()).toEqual(before);
});

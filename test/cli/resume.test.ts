import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCheckpoint, writeCheckpoint } from "../../src/cli/checkpoint-files.ts";
import { KeptRun } from "../../src/cli/kept-run.ts";
import { seeded } from "../statistics/seeded.ts";

/* The command killed at random moments, and its folder spoiled in the ways that disks and people spoil folders. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "spinsemble-resume-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const experiment = {
  name: "killed",
  magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 2.5e4, anisU: [0, 0, 1] }],
  ensemble: 600,
  time: { duration: 1e-8, step: 2e-12, integrator: "splitting" },
  observables: [
    { type: "moments", times: 20 },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
  ],
  compare: "none",
};
const file = join(place, "killed.json");
const command = [join(root, "dist/cli.js")];
const flags = ["--backend", "reference", "--threads", "1", "--checkpoint", "0"];

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error: string;
}

/** Runs the command; `during` may do something to the process once its folder holds a state. */
function start(
  args: readonly string[],
  during?: (kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...command, ...args], { cwd: place });
    let error = "";
    child.stdout.resume();
    child.stderr.on("data", (text) => {
      error += text;
    });
    child.on("close", (code, signal) => resolve({ code, signal, error }));
    during?.((signal) => child.kill(signal));
  });
}

/** When the state in a folder was written, ns; undefined before there is one. */
function stateOf(folder: string): bigint | undefined {
  const file = statSync(join(folder, "spinsemble.checkpoint"), { throwIfNoEntry: false, bigint: true });
  return file && file.size > 10_000n ? file.mtimeNs : undefined;
}

/** Sends a signal once the folder holds a state, and so many others have taken its place: whatever the machine's speed is. */
const killing =
  (folder: string, signal: NodeJS.Signals, others = 0) =>
  (kill: (signal: NodeJS.Signals) => void): void => {
    const seen = new Set<bigint>();
    const look = setInterval(() => {
      const state = stateOf(folder);
      if (state === undefined) return;
      if (seen.add(state).size <= others) return;
      clearInterval(look);
      kill(signal);
    }, 2);
    setTimeout(() => clearInterval(look), 60_000).unref();
  };

const resultOf = (folder: string): { outcome: string; observables: unknown; dynkin: unknown } =>
  JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
const lasting = (folder: string): unknown => {
  const { outcome, observables, dynkin } = resultOf(folder);
  return { outcome, observables, dynkin };
};
const plain = ["arrays.npz", "report.html", "result.json"];

/** A folder whose run was killed on the way. */
async function killed(name: string): Promise<string> {
  const folder = join(place, name);
  const { signal } = await start(["run", file, ...flags, "--out", folder], killing(folder, "SIGKILL", 1));
  expect(signal).toBe("SIGKILL");
  return folder;
}

describe("a run", () => {
  const whole = join(place, "whole");

  beforeAll(async () => {
    writeFileSync(file, JSON.stringify(experiment));
    expect((await start(["run", file, ...flags, "--out", whole])).code).toBe(0);
    expect(readdirSync(whole).sort()).toEqual(plain);
  });

  it("killed at random moments, again and again, ends with the same result", async () => {
    const folder = join(place, "random");
    const random = seeded(4);
    let { signal } = await start(
      ["run", file, ...flags, "--out", folder],
      killing(folder, "SIGKILL", Math.floor(3 * random.uniform())),
    );
    for (let i = 0; i < 3 && signal === "SIGKILL"; i++)
      ({ signal } = await start(
        ["resume", folder, "--checkpoint", "0"],
        killing(folder, "SIGKILL", 1 + Math.floor(3 * random.uniform())),
      ));
    if (signal === "SIGKILL") expect((await start(["resume", folder])).code).toBe(0);
    expect(lasting(folder)).toEqual(lasting(whole));
    expect(readdirSync(folder).sort()).toEqual(plain);
  });

  it.each(["SIGTERM", "SIGHUP"] as const)("keeps its state on %s and says how to go on", async (signal) => {
    const folder = join(place, signal);
    const args = ["run", file, ...flags, "--out", folder];
    const { code, error } = await start(args, killing(folder, signal));
    expect(code, error).toBe(1);
    expect(error).toContain(`spinsemble resume ${folder}`);
    expect(existsSync(join(folder, "result.json"))).toBe(false);
    expect((await start(["resume", folder])).code).toBe(0);
    expect(lasting(folder)).toEqual(lasting(whole));
  });

  it("writes what it has on Ctrl-C and goes on from there", async () => {
    const folder = join(place, "interrupted");
    const { code, error } = await start(["run", file, ...flags, "--out", folder], killing(folder, "SIGINT"));
    expect(code, error).toBe(1);
    expect(error).toContain(`spinsemble resume ${folder}`);
    expect(resultOf(folder).outcome).toBe("stopped");
    expect((await start(["resume", folder])).code).toBe(0);
    expect(lasting(folder)).toEqual(lasting(whole));
    const again = await start(["resume", folder]);
    expect(again.code).toBe(0);
    expect(again.error).toContain("nothing to resume");
  });

  it("goes on from the checkpoint before where the last is spoiled, and says why", async () => {
    const folder = await killed("spoiled");
    const current = join(folder, "spinsemble.checkpoint");
    truncateSync(current, 5000);
    // a draft that a kill left behind does no harm
    writeFileSync(join(folder, "spinsemble.checkpoint.part"), "half");
    const { code, error } = await start(["resume", folder]);
    expect(code, error).toBe(0);
    expect(error).toContain("it is truncated");
    expect(lasting(folder)).toEqual(lasting(whole));
    expect(readdirSync(folder).sort()).toEqual(plain);
  });

  it("is refused where no checkpoint is good, where it would be lost, and through links", async () => {
    const folder = await killed("refused");
    const { checkpoint } = await loadCheckpoint(folder);
    if (!checkpoint) throw new Error("no checkpoint");
    const older = join(place, "older");
    mkdirSync(older);
    await writeCheckpoint(older, { ...checkpoint, version: "0.0.1" });
    const another = { folder: older, name: "another", every: "never", say: () => {} } as const;
    await expect(KeptRun.begin(another)).rejects.toThrow(/an unfinished run of version 0\.0\.1/);
    const lost = await start(["run", file, ...flags, "--out", folder]);
    expect(lost.code).toBe(2);
    expect(lost.error).toMatch(/unfinished run: spinsemble resume .* continues it/);
    const elsewhere = join(place, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(join(folder, "spinsemble.checkpoint"), join(elsewhere, "spinsemble.checkpoint"));
    const linked = await start(["resume", elsewhere]);
    expect(linked.code).toBe(2);
    expect(linked.error).toContain("it is a link");
    for (const name of ["spinsemble.checkpoint", "spinsemble.checkpoint.previous"])
      writeFileSync(join(folder, name), "PK other");
    const foreign = await start(["resume", folder]);
    expect(foreign.code).toBe(2);
    expect(foreign.error).toContain("it is not a checkpoint of this program");
    // another version may read it
    const stays = () => expect(readFileSync(join(folder, "spinsemble.checkpoint"), "utf8")).toBe("PK other");
    stays();
    const anew = await start(["run", file, ...flags, "--out", folder]);
    expect(anew.code).toBe(2);
    expect(anew.error).toMatch(/it is not a checkpoint of this program[\s\S]*delete them with --force/);
    stays();
    const share = join(folder, "share-1-of-2.part");
    mkdirSync(share);
    writeFileSync(join(share, "spinsemble.checkpoint"), "PK other");
    const task = await start(["run", file, ...flags, "--task", "1/2", "--out", folder]);
    expect(task.code, task.error).toBe(2);
    expect(task.error).toMatch(/it is not a checkpoint of this program[\s\S]*delete them with --force/);
    rmSync(share, { recursive: true });
    const discarding = { folder, name: "again", every: "never", say: () => {} } as const;
    await (await KeptRun.begin({ ...discarding, discard: true })).finish(false);
    expect(existsSync(join(folder, "spinsemble.checkpoint"))).toBe(false);
    expect((await start(["resume", join(place, "nowhere")])).code).toBe(2);
  });

  it("holds its folder while it lives, not after", async () => {
    const folder = await killed("held");
    const lock = join(folder, "spinsemble.lock");
    const held = JSON.parse(readFileSync(lock, "utf8"));
    // this process lives, and nobody knows when it started
    writeFileSync(lock, JSON.stringify({ ...held, pid: process.pid, started: null }));
    const refused = await start(["resume", folder]);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain(`in use by process ${process.pid}`);
    expect((await start(["run", file, ...flags, "--out", folder])).error).toContain("in use");
    // a lock of a process number that another process has now
    writeFileSync(lock, JSON.stringify({ ...held, pid: process.pid }));
    expect((await start(["resume", folder])).code).toBe(0);
    expect(lasting(folder)).toEqual(lasting(whole));
  });

  it("keeps nothing where it is told never to", async () => {
    const kept = await KeptRun.begin({
      folder: join(place, "never"),
      name: "never",
      every: "never",
      say: () => {},
    });
    expect(kept.checkpoint).toBeUndefined();
    await kept.finish(false);
    expect(existsSync(join(place, "never"))).toBe(false);
  });

  it("goes on where its checkpoints cannot be written", async () => {
    const folder = join(place, "removed");
    const { code, error } = await start(["run", file, ...flags, "--out", folder], () => {
      const look = setInterval(() => {
        if (stateOf(folder) === undefined) return;
        clearInterval(look);
        // one step, so that no file can be written between
        renameSync(folder, join(place, "moved"));
      }, 5);
    });
    expect(code, error).toBe(0);
    expect(error).toContain("no checkpoint could be written, but the run continues");
    expect(lasting(folder)).toEqual(lasting(whole));
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fitCommand } from "../../src/cli/fit-command.ts";
import { lockFolder } from "../../src/cli/folder-lock.ts";
import { onsagerCommand } from "../../src/cli/onsager-command.ts";
import { ratesCommand } from "../../src/cli/rates-command.ts";
import { fokkerPlanckCommand, runCommand } from "../../src/cli/run-commands.ts";
import type { SweepFlags } from "../../src/cli/sweep-command.ts";
import { sweepCommand } from "../../src/cli/sweep-command.ts";
import { tracesCommand } from "../../src/cli/traces-command.ts";
import { transportCommand } from "../../src/cli/transport-command.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-places-"));
const home = process.cwd();
const at = (...names: string[]): string => join(folder, ...names);
const example = (name: string): string => join(home, "examples", name);

beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** Its exact side would take a minute: whoever looks for the place only afterwards is late. */
const slow = `
magnet: { Ms: 1.0e6, volume: 1.005e-24, alpha: 0.01, temperature: 300 }
energies: [{ type: ellipsoid, axes: [40e-9, 20e-9, 1.6e-9] }, { type: uniaxial, Ku1: 4.0e5, anisU: [0, 0, 1] }]
initial: { type: boltzmann }
ensemble: 20
time: { duration: 1.0e-9 }
observables: [{ type: dwell, up: "mx > 0.5", down: "mx < -0.5" }]
`;

describe("a place that cannot be written", () => {
  beforeAll(() => {
    writeFileSync(at("slow.yaml"), slow);
    // a file where the folder of all results would be
    writeFileSync(at("results"), "");
  });

  const none = { set: [] };
  it.each<[string, () => Promise<number>]>([
    ["run", () => runCommand(at("slow.yaml"), { ...none, checkpoint: 60 })],
    ["fokker-planck", () => fokkerPlanckCommand(at("slow.yaml"), none)],
    ["rates", () => ratesCommand(at("slow.yaml"), { ...none, vary: ["magnet.alpha=0.01,0.02"] })],
    ["transport", () => transportCommand(example("cobalt-copper-cobalt.yaml"), {})],
    ["traces", () => tracesCommand([example("telegraph-trace.csv")], {})],
    ["onsager", () => onsagerCommand(example("thermoelectric.yaml"), { out: at("results", "x") })],
    [
      "sweep",
      () => sweepCommand(example("sweep-occupation.yaml"), { ...none }, { environment: {}, program: [] }),
    ],
  ])("is told by %s before anything is computed", async (_, command) => {
    const began = process.cpuUsage().user;
    await expect(command()).rejects.toThrow(/^(results|\/).* cannot be written: /);
    expect(process.cpuUsage().user - began).toBeLessThan(5e6);
  });

  it.each(["nowhere", "itself"])("is a link to %s", async (to) => {
    const link = at(to === "itself" ? to : "leading nowhere");
    symlinkSync(at(to), link);
    const written = fokkerPlanckCommand(at("slow.yaml"), { ...none, out: link });
    await expect(written).rejects.toThrow("cannot be written: it is a symbolic link that leads nowhere");
  });

  it("is told by fit", async () => {
    writeFileSync(at("data.csv"), "magnet.alpha,tau_up,tau_up_error\n0.1,1e-9,1e-10\n0.2,1e-9,1e-10\n");
    const flags = { ...none, model: at("slow.yaml"), free: "magnet.alpha" };
    await expect(fitCommand(at("data.csv"), flags)).rejects.toThrow(/^results.* cannot be written: /);
  });
});

it("a share of a run is not kept through a link", async () => {
  mkdirSync(at("away"));
  mkdirSync(at("shares"));
  symlinkSync(at("away"), at("shares", "share-1-of-2.part"));
  const flags = { set: [], checkpoint: 60, task: "1/2", out: at("shares"), force: true } as const;
  await expect(runCommand(at("slow.yaml"), flags)).rejects.toThrow(/share-1-of-2.part is a symbolic link/);
  expect(readdirSync(at("away"))).toEqual([]);
});

describe("what belongs to the folder of a sweep", () => {
  const sweep = (flags: Partial<SweepFlags>): Promise<number> =>
    sweepCommand(
      at("sweep.yaml"),
      { set: [], backend: "reference", threads: 1, ...flags },
      { environment: {}, program: [] },
    );
  const share = "share-1-of-1.jsonl";

  beforeAll(() =>
    writeFileSync(
      at("sweep.yaml"),
      `experiment:
  magnet: { delta: 2, alpha: 0.2 }
  energies: [{ type: uniaxial, Ku1: 1 }]
  ensemble: 20
  time: { duration: 1, step: 0.1 }
  compare: none
vary: { magnet.alpha: [0.1, 0.2, 0.3] }
exactCurves: false
pointResults: true
`,
    ),
  );

  it("is neither written nor read through a link", async () => {
    writeFileSync(at("precious"), "precious\n");
    mkdirSync(at("linked"));
    for (const name of [`${share}.part`, share]) {
      symlinkSync(at("precious"), at("linked", name));
      await expect(sweep({ out: at("linked") })).rejects.toThrow(/is a symbolic link/);
      await expect(sweep({ out: at("linked"), merge: true })).rejects.toThrow(/is a symbolic link/);
      rmSync(at("linked", name));
    }
    mkdirSync(at("elsewhere"));
    symlinkSync(at("elsewhere"), at("linked", "points"));
    await expect(sweep({ out: at("linked") })).rejects.toThrow(/points is a symbolic link/);
    expect(readFileSync(at("precious"), "utf8")).toBe("precious\n");
    expect(existsSync(at("elsewhere", "000000.json"))).toBe(false);
  });

  it("is computed again from the first damaged line on", async () => {
    expect(await sweep({ out: at("whole") })).toBe(0);
    const [result, lines] = [at("whole", "result.json"), at("whole", share)].map((path) =>
      readFileSync(path, "utf8"),
    );
    const [head, first, ...rest] = lines.split("\n");
    writeFileSync(at("whole", share), [head, first, "{ not json", ...rest].join("\n"));
    await expect(sweep({ out: at("whole"), merge: true })).rejects.toThrow(/damaged from line 3 on/);
    expect(await sweep({ out: at("whole") })).toBe(0);
    expect(readFileSync(at("whole", "result.json"), "utf8")).toBe(result);
  });

  it("is for one process at a time, a share each", async () => {
    mkdirSync(at("held"));
    const unlock = await lockFolder(at("held"), "share-1-of-3.lock");
    await expect(sweep({ out: at("held"), task: "1/3" })).rejects.toThrow(
      /share-1-of-3 is in use by process/,
    );
    unlock();
    expect(await sweep({ out: at("held"), task: "1/3" })).toBe(0);
    expect(existsSync(at("held", "share-1-of-3.lock"))).toBe(false);
  });

  it("in one piece takes no folder in which a run is at work", async () => {
    mkdirSync(at("of-a-run"));
    const unlock = await lockFolder(at("of-a-run"));
    await expect(sweep({ out: at("of-a-run") })).rejects.toThrow(/of-a-run is in use by process/);
    unlock();
    expect(readdirSync(at("of-a-run"))).toEqual([]);
  });

  it("is not shared with a run, nor the other way round", async () => {
    // the process that started this one lives
    const other = JSON.stringify({ pid: process.ppid, started: null, host: hostname() });
    const file = at("sweep.yaml");
    for (const lock of ["spinsemble.lock", "share-1-of-3.lock"]) {
      mkdirSync(at("both", "share-2-of-3.part"), { recursive: true });
      writeFileSync(at("both", lock), other);
      const inUse = lock === "spinsemble.lock" ? /both is in use by/ : /both.share-1-of-3 is in use by/;
      const run = (flags: object): Promise<number> =>
        runCommand(at("one.yaml"), { set: [], checkpoint: 60, out: at("both"), ...flags });
      writeFileSync(at("one.yaml"), JSON.stringify(parse(readFileSync(file, "utf8")).experiment));
      await expect(run({})).rejects.toThrow(inUse);
      const share = { out: at("both"), task: "2/3" };
      if (lock === "spinsemble.lock") {
        await expect(sweep(share)).rejects.toThrow(inUse);
        await expect(run({ task: "2/3" })).rejects.toThrow(inUse);
      } else expect(await sweep(share)).toBe(0);
      rmSync(at("both", lock));
    }
    // a share of a run has a folder of its own
    writeFileSync(at("both", "share-2-of-3.part", "spinsemble.lock"), other);
    await expect(lockFolder(at("both"))).rejects.toThrow(/share-2-of-3.part is in use by process/);
    expect(readdirSync(at("both")).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  it("is taken over by a job that Slurm started again on another machine, and by no other", async () => {
    mkdirSync(at("requeued"));
    const held = (restarts: number): void =>
      writeFileSync(
        at("requeued", "spinsemble.lock"),
        JSON.stringify({ pid: 4, started: "1", host: "another.machine", job: { id: "71", restarts } }),
      );
    const before = { ...process.env };
    try {
      Object.assign(process.env, { SLURM_JOB_ID: "71", SLURM_RESTART_COUNT: "1" });
      held(1);
      await expect(lockFolder(at("requeued"))).rejects.toThrow(/in use by process 4 on another.machine/);
      held(0);
      process.env.SLURM_JOB_ID = "72";
      await expect(lockFolder(at("requeued"))).rejects.toThrow(/in use by process 4/);
      process.env.SLURM_JOB_ID = "71";
      (await lockFolder(at("requeued")))();
      expect(existsSync(at("requeued", "spinsemble.lock"))).toBe(false);
    } finally {
      process.env = before;
    }
  });

  it("is not taken from a container whose processes have numbers of their own", async () => {
    mkdirSync(at("contained"));
    const lock = at("contained", "spinsemble.lock");
    const unlock = await lockFolder(at("contained"));
    const own = JSON.parse(readFileSync(lock, "utf8"));
    unlock();
    // no process of this number is here
    const gone = { ...own, pid: 2 ** 30 };
    writeFileSync(lock, JSON.stringify({ ...gone, space: "pid:[1]" }));
    await expect(lockFolder(at("contained"))).rejects.toThrow(
      /in use by process 1073741824 in another container of this host; if it no longer runs, remove /,
    );
    writeFileSync(lock, JSON.stringify(gone));
    (await lockFolder(at("contained")))();
  });
});

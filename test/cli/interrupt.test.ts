import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Phase } from "./interrupted.ts";
import { interrupted } from "./interrupted.ts";

/* Every command, interrupted in every phase: it ends within a second or so, keeps what there is, and says how to go on. */

const folder = mkdtempSync(join(tmpdir(), "spinsemble-interrupt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

/** A junction whose exact side takes minutes, and so does the trial of its step where that is automatic. */
const junction = (time: string): string => `
magnet: { Ms: 1.0e6, volume: 1.005e-24, alpha: 0.01, temperature: 300 }
energies:
  - { type: ellipsoid, axes: [40e-9, 20e-9, 1.6e-9] }
  - { type: uniaxial, Ku1: 4.0e5, anisU: [0, 0, 1] }
initial: { type: boltzmann }
ensemble: 20
time: ${time}
observables: [{ type: dwell, up: "mx > 0.5", down: "mx < -0.5" }]
`;
/** A film that is solved at once, and some of whose figures take half a minute. */
const film = `
magnet: { delta: 5, alpha: 0.1 }
energies: [{ type: uniaxial, Ku1: 1, anisU: [1, 0, 0] }, { type: uniaxial, Ku1: -4, anisU: [0, 0, 1] }]
initial: { type: direction, m: [1, 0, 0] }
ensemble: 20
time: { duration: 2, step: 0.02 }
observables: [{ type: firstPassage, until: "mx < -0.4 + 0.1 * my" }, { type: dwell, up: "mx > 0.5", down: "mx < -0.5" }]
`;
/** A magnet whose ensemble takes an hour, and nothing else. */
const long = (ensemble: number): string => `
magnet: { delta: 2, alpha: 0.2 }
energies: [{ type: uniaxial, Ku1: 1 }]
initial: { type: boltzmann }
ensemble: ${ensemble}
time: { duration: 1e6, step: 0.01 }
compare: none
`;

for (const [name, text] of Object.entries({
  "exact.yaml": junction("{ duration: 1.0e-10, step: 1.0e-12 }"),
  "trial.yaml": junction("{ duration: 1.0e-10 }"),
  "film.yaml": film,
  "long.yaml": long(1000),
  "many.yaml": long(20_000_000),
  // much to write
  "told.yaml": long(300)
    .replace("1e6", "2")
    .replace("compare", "observables: [{ type: trajectory, spins: 300, every: 0.01 }]\ncompare"),
  "sweep.yaml": `experiment: long.yaml\nvary: { magnet.alpha: [0.2, 0.3] }\n`,
  "sweep-trial.yaml": `experiment: trial.yaml\nvary: { magnet.alpha: [0.01, 0.02] }\n`,
  "sweep-exact.yaml": `experiment: exact.yaml\nvary: { magnet.alpha: [0.01, 0.02] }\n`,
  "data.csv": "magnet.alpha,tau_up,tau_up_error\n0.01,1e-9,1e-10\n0.02,1e-9,1e-10\n",
}))
  writeFileSync(at(name), text);
/** What the long run would leave behind. */
writeFileSync(
  at("result.json"),
  JSON.stringify({
    experiment: {
      magnet: { delta: 2, alpha: 0.2 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      ensemble: 1000,
      time: { duration: 1e6, step: 0.01 },
      compare: "none",
    },
    provenance: { version: "0.1.0", backend: "wasm" },
    outcome: "complete",
  }),
);

/** To the end of a command, on a busy machine. */
const soon = 3;
/** What a run in the folder has kept. */
const kept = (out: string): string => {
  try {
    return readFileSync(join(out, "spinsemble.checkpoint"), "latin1");
  } catch {
    return "";
  }
};
const begins = (out: string) => (): boolean => kept(out) !== "";
const holdsState = (out: string) => (): boolean => kept(out).includes('"state":{');
const ensemble = ["--backend", "wasm", "--threads", "1", "--checkpoint", "0", "--force"];

/** Command and phase, its words (OUT is its folder), when it is there, what it says, and what it leaves. */
const cases: [
  name: string,
  words: string[],
  phase: (out: string) => Phase,
  said: RegExp,
  left: Record<string, RegExp> | null,
][] = [
  [
    "run, in the trial of its step",
    ["run", at("trial.yaml"), ...ensemble],
    (out) => ({ after: 0.5, reached: begins(out) }),
    /before the first step: nothing was computed/,
    null,
  ],
  [
    "run, while the initial states are drawn",
    ["run", at("many.yaml"), ...ensemble],
    (out) => ({ after: 0.7, reached: begins(out) }),
    /before the first step: nothing was computed/,
    null,
  ],
  [
    "run, in its ensemble",
    ["run", at("long.yaml"), ...ensemble],
    (out) => ({ after: 0, reached: holdsState(out) }),
    /spinsemble resume .* continues this run/,
    { "result.json": /"outcome": "stopped"/, "report.html": /stopped/, "spinsemble.checkpoint": /./ },
  ],
  [
    "run, in its exact side",
    ["run", at("film.yaml"), ...ensemble],
    (out) => ({ after: 0.3, reached: holdsState(out) }),
    /spinsemble resume .* continues this run/,
    { "result.json": /stopped by the user/, "spinsemble.checkpoint": /./ },
  ],
  [
    "run, a share of it",
    ["run", at("long.yaml"), ...ensemble, "--task", "1/2"],
    (out) => ({
      after: 0,
      reached: () => existsSync(out) && readdirSync(out).some((name) => holdsState(join(out, name))()),
    }),
    /is not finished: stopped; the same command continues it/,
    {},
  ],
  [
    "fokker-planck",
    ["fokker-planck", at("exact.yaml")],
    () => ({ after: 0.5 }),
    /figures are missing; the same command starts again/,
    { "result.json": /stopped by the user/, "report.html": /stopped by the user/ },
  ],
  [
    "rates",
    ["rates", at("exact.yaml"), "--vary", "magnet.alpha=0.01:0.02:2000"],
    () => ({ after: 0.2 }),
    /2000 of 2000 rows are missing; the same command/,
    { "result.json": /stopped by the user/, "table.csv": /stopped by the user/ },
  ],
  [
    "fit",
    ["fit", at("data.csv"), "--model", at("exact.yaml"), "--free", "magnet.temperature"],
    () => ({ after: 0.2 }),
    /stopped before the first evaluation of the model/,
    null,
  ],
  [
    "sweep",
    ["sweep", at("sweep.yaml"), "--backend", "wasm", "--threads", "1", "--force"],
    () => ({ after: 0.2 }),
    /stopped; the same command continues it/,
    { "share-1-of-1.jsonl.part": /./ },
  ],
  [
    "sweep, in the trial of a step",
    ["sweep", at("sweep-trial.yaml"), "--backend", "wasm", "--threads", "1"],
    () => ({ after: 0.2 }),
    /stopped; the same command continues it/,
    { "share-1-of-1.jsonl.part": /./ },
  ],
  [
    "sweep, exact",
    ["sweep", at("sweep-exact.yaml"), "--exact"],
    () => ({ after: 0.2 }),
    /stopped; the same command continues it/,
    { "share-1-of-1.jsonl.part": /./ },
  ],
];

describe("Ctrl-C", () => {
  it.each(cases)("ends %s", async (name, words, phase, said, left) => {
    const out = at(name.replace(/\W+/g, "-"));
    const { code, seconds, error } = await interrupted([...words, "--out", out], phase(out));
    expect(error).toMatch(/stopping/);
    expect(error).toMatch(said);
    // the time that is left is of no use then
    expect(error).not.toContain("will take about");
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
    if (left === null) expect(existsSync(out)).toBe(false);
    else
      for (const [file, text] of Object.entries(left))
        expect(readFileSync(join(out, file), "utf8")).toMatch(text);
  });

  it("ends a merge, and loses no share", async () => {
    const out = at("merged");
    const words = ["run", at("film.yaml"), "--backend", "wasm", "--threads", "1", "--out", out];
    expect((await interrupted([...words, "--task", "1/1"], { after: 0, signals: [] })).code).toBe(0);
    const share = readFileSync(join(out, "share-1-of-1.spins"));
    const { code, seconds, error } = await interrupted([...words, "--merge"], { after: 0.5 });
    // in the choice of its step nothing is known yet, afterwards some figures are
    expect(error).toMatch(/stopped.*; the same command starts again/);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
    expect(readFileSync(join(out, "share-1-of-1.spins"))).toEqual(share);
  });

  it("while a result is written lets it be written", async () => {
    const out = at("written");
    const isWriting = (): boolean => readdirSync(folder).some((name) => name.startsWith("written.part-"));
    const { code, error } = await interrupted(["run", at("told.yaml"), ...ensemble, "--out", out], {
      after: 0,
      reached: isWriting,
    });
    expect([code, / {4}at /.test(error)]).toEqual([0, false]);
    expect(readdirSync(folder).filter((name) => name.startsWith("written"))).toEqual(["written"]);
    expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8")).outcome).toBe("complete");
    expect(readdirSync(out).sort()).toEqual(["arrays.npz", "report.html", "result.json"]);
  });

  it("ends a repetition, and compares nothing", async () => {
    const { code, seconds, error } = await interrupted(["repeat", at("result.json"), "--threads", "1"], {
      after: 0.3,
    });
    expect(error).toMatch(/nothing was compared; the same command starts again/);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
  });

  it("twice ends at once", async () => {
    const ending = await interrupted(["fokker-planck", at("exact.yaml"), "--json"], {
      after: 0.3,
      signals: ["SIGINT", "SIGINT"],
    });
    expect(ending.signal).toBe("SIGINT");
    expect(ending.seconds).toBeLessThan(0.5);
  });

  // two of one kind that come together are one to the system, so the second is of another kind
  it.each([
    ["rates", [at("exact.yaml"), "--vary", "magnet.alpha=0.01,0.011"]],
    ["sweep", [at("sweep.yaml"), "--backend", "wasm", "--threads", "1", "--force"]],
    ["run", [at("long.yaml"), ...ensemble]],
  ])("and another signal while %s is busy ends it at once", async (command, words) => {
    const ending = await interrupted([command, ...words, "--out", at(`twice-${command}`)], {
      after: 0,
      signals: ["SIGINT", "SIGTERM"],
      apart: 0,
    });
    // which of the two comes first to a busy process is for the system to say
    expect(["SIGINT", "SIGTERM"]).toContain(ending.signal);
    expect(ending.seconds).toBeLessThan(0.5);
  });

  it("finds its thread when run from the source", async () => {
    const out = at("source");
    const { code, seconds } = await interrupted(["fokker-planck", at("exact.yaml"), "--out", out], {
      after: 2,
      program: ["--import", "tsx", "src/cli/main.ts"],
    });
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(soon);
    expect(readFileSync(join(out, "result.json"), "utf8")).toContain("stopped by the user");
  });
});

describe("SIGTERM in the trial of the step", () => {
  it("leaves a run that begins again", async () => {
    const out = at("ended");
    const { code, error } = await interrupted(["run", at("trial.yaml"), ...ensemble, "--out", out], {
      after: 0.3,
      reached: begins(out),
      signals: ["SIGTERM"],
    });
    expect(code).toBe(1);
    expect(error).toContain(`spinsemble resume ${out} starts this run again`);
    const again = await interrupted(["resume", out], { after: 0.5 });
    expect(again.error).toMatch(/stopping[\s\S]*before the first step/);
    expect(again.code).toBe(1);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { SweepCost } from "../../src/cli/sweep-cost.ts";
import { sweepCostSummary, sweepSeconds } from "../../src/cli/sweep-cost.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-cost-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "map.yaml");
writeFileSync(
  file,
  `experiment:
  magnet: { delta: 8, alpha: 0.1 }
  energies: [{ type: uniaxial, Ku1: 1 }, { type: zeeman, B_ext: [0, 0, 0] }]
  initial: { type: boltzmann }
  ensemble: 1000
  time: { duration: 200, step: 0.2 }
  observables: [{ type: moments, times: 1 }]
vary:
  energies.1.B_ext.2: { from: -0.1, to: 0.1, count: 60 }
exactCurves: false
`,
);

/** What a command prints on stderr, and its processor seconds. */
function timed(...words: string[]): { said: string; seconds: number } {
  const command = [process.execPath, "dist/cli.js", ...words].map((word) => `'${word}'`).join(" ");
  const { stderr, status } = spawnSync("bash", ["-c", `TIMEFORMAT='%U %S'; time ${command} > /dev/null`], {
    encoding: "utf8",
  });
  expect(status).toBe(0);
  const [user, system] = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { said: stderr, seconds: user + system };
}

const secondsIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

it("check reads a file once: a pipe gives it no second time", () => {
  const command = `cat examples/neel-brown.yaml | '${process.execPath}' dist/cli.js check /dev/stdin`;
  const { status, stdout } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).name).toBe("Néel–Brown relaxation");
});

describe("what check says a sweep takes", () => {
  // processor seconds of a shared machine vary by half from minute to minute
  it("is what it takes, within a factor of 1.5", { retry: 2 }, () => {
    // the spin-steps are a twentieth of it, and their speed is one of the clock
    const { said } = timed("check", file);
    const estimate =
      secondsIn(said, /start and end +about ([\d.]+) s of a core/) +
      secondsIn(said, /point, about ([\d.]+) s of a core in all/);
    const { seconds } = timed("sweep", file, "--backend", "wasm", "--out", mkdtempSync(join(folder, "out-")));
    expect(estimate / seconds).toBeGreaterThan(1 / 1.5);
    expect(estimate / seconds).toBeLessThan(1.5);
  });

  const cost: SweepCost = {
    points: 1_000_000,
    measured: 9,
    startSeconds: 5,
    threadSeconds: 1,
    pointSeconds: 0.1,
    ensemble: { backend: "wasm", isOnGpu: false, spinSteps: 1e12, speed: 4e8 },
    cores: 2,
  };

  it("follows from cores and speeds elsewhere too", () => {
    const { here, onGpu, onNodes } = sweepSeconds(cost);
    expect(here).toBeCloseTo(5 + 1e5 / 2 + 1e12 / 4e8, 6);
    expect(onGpu).toBeCloseTo(5 + 1e5 / 16 + 1e12 / 3.6e11, 6);
    expect(onNodes).toBeCloseTo(5 + 1e5 / 1600 + 1e12 / (2e8 * 1600), 6);
    expect(sweepSeconds({ ...cost, ensemble: null }).here).toBeCloseTo(5 + 5e4, 6);
  });

  it("is written for people", () => {
    const texts = sweepCostSummary(cost).map(([label, text]) => `${label}: ${text}`);
    expect(texts).toContain("all on this machine: about 15 hours (2 cores)");
    expect(texts).toContain(
      "ensemble on this machine: about 42 minutes for 1·10¹² spin-steps on wasm, about 83 minutes of a core in all",
    );
  });
});

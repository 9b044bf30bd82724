import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { patience, requirePatience } from "../../src/cli/patience.ts";
import { runCommand } from "../../src/cli/run-commands.ts";
import { readProblem } from "../../src/run/read-problem.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-patience-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (step: number, seconds: number, steps = 1e9) => ({ step, steps, spinSteps: 100 * step, seconds });

describe("a run that would take hours", () => {
  afterEach(() => vi.restoreAllMocks());

  it("ends with its estimate once its speed has been seen", () => {
    const look = patience(false);
    look(at(0, 0));
    look(at(1e5, 1));
    // 5e4 steps a second: 20 000 s
    expect(() => look(at(1e5 + 5e4, 3))).toThrow(/would take 5.6 hours/);
  });

  it("is not taken for one because others want the processor too, unless its device has a time of its own", () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => 1000 * now);
    // a tenth of the time of a processor
    vi.spyOn(process, "cpuUsage").mockImplementation(() => ({ user: 1e5 * now, system: 0 }));
    const busy = (threads: number) => {
      const look = patience(false);
      now = 0;
      look({ ...at(0, 0, 1e7), threads });
      now = 50;
      return () => look({ ...at(25_000, 50, 1e7), threads });
    };
    expect(busy(2)).not.toThrow();
    expect(busy(0)).toThrow(/would take 5.5 hours/);
  });

  it("counts what it did itself, and once", () => {
    const look = patience(false);
    look(at(5e8, 40_000));
    // 1e6 steps a second since it went on: 500 s
    look(at(5e8 + 3e6, 40_003));
    look(at(5e8 + 3e6 + 1, 80_000));
  });

  it("goes on where that was asked for", () => {
    const look = patience(true);
    look(at(0, 0));
    look(at(1, 1e5));
  });

  it("is measured where it is long, and ends before its first step", async () => {
    const of = (steps: number) =>
      readProblem({
        magnet: { delta: 5, alpha: 0.1 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "boltzmann" },
        time: { duration: steps / 100, step: 0.01 },
      });
    const machine = { backend: "wasm", threads: 1 } as const;
    // 3 µs at the least, which nobody measures
    await requirePatience(of(1000), 1, machine);
    await expect(requirePatience(of(2e9), 1e6, machine)).rejects.toThrow(
      /would take about .* (days|hours) here \(wasm\): 2.00e\+9 steps of 1000000 spins/,
    );
  });

  it("leaves nothing behind", async () => {
    const file = join(folder, "long.yaml");
    writeFileSync(
      file,
      "magnet: { delta: 5, alpha: 0.1 }\nenergies: [{ type: uniaxial, Ku1: 1 }]\nensemble: 100000\ntime: { duration: 1e7, step: 0.01 }\n",
    );
    const out = join(folder, "out");
    const flags = { backend: "wasm", threads: 1, checkpoint: 60, set: [], out } as const;
    await expect(runCommand(file, flags)).rejects.toThrow(/--force starts it anyway/);
    expect(existsSync(out)).toBe(false);
  });
});

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-interrupt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A junction whose exact side takes minutes. */
const junction = `
magnet: { Ms: 1.0e6, volume: 1.005e-24, alpha: 0.01, temperature: 300 }
energies:
  - { type: ellipsoid, axes: [40e-9, 20e-9, 1.6e-9] }
  - { type: uniaxial, Ku1: 4.0e5, anisU: [0, 0, 1] }
initial: { type: boltzmann }
ensemble: 20
time: { duration: 1.0e-10, step: 1.0e-12 }
observables: [{ type: dwell, up: "mx > 0.5", down: "mx < -0.5" }]
`;

interface Ending {
  readonly code: number | null;
  /** From the signal on. */
  readonly seconds: number;
  readonly error: string;
}

/** Ctrl-C to a command after some seconds; longer ones where a busy machine had not even started it, so that the signal killed it. */
async function interrupted(flags: readonly string[], after: number): Promise<Ending> {
  const ending = await interruptedOnce(flags, after);
  return ending.code === null && after < 60 ? interrupted(flags, 2 * after) : ending;
}

const interruptedOnce = (flags: readonly string[], after: number) =>
  new Promise<Ending>((resolve) => {
    const child = spawn(process.execPath, [...flags], { cwd: root });
    let [error, sent] = ["", 0];
    child.stderr.on("data", (text) => {
      error += text;
    });
    setTimeout(() => {
      sent = performance.now();
      child.kill("SIGINT");
    }, 1000 * after);
    child.on("exit", (code) => resolve({ code, seconds: (performance.now() - sent) / 1000, error }));
  });

describe("Ctrl-C", () => {
  const file = join(folder, "junction.yaml");
  writeFileSync(file, junction);

  it("ends the exact side within a second or so, and what there is is written", async () => {
    const out = join(folder, "exact");
    const { code, seconds, error } = await interrupted(
      ["dist/cli.js", "fokker-planck", file, "--out", out],
      4,
    );
    expect(error).toMatch(/stopping/);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(3);
    expect(readFileSync(join(out, "result.json"), "utf8")).toContain("stopped by the user");
  });

  it("leaves the rows that are done, and says how to go on", async () => {
    const out = join(folder, "rates");
    const { code, seconds, error } = await interrupted(
      ["dist/cli.js", "rates", file, "--vary", "magnet.alpha=0.01,0.011,0.012", "--out", out],
      4,
    );
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(3);
    expect(error).toMatch(/of 3 rows are missing; the same command/);
    expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8")).rows).toHaveLength(3);
  });

  it("finds its thread when run from the source", async () => {
    const out = join(folder, "source");
    const source = ["--import", "tsx", "src/cli/main.ts", "fokker-planck", file, "--out", out];
    const { code, seconds } = await interrupted(source, 8);
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(3);
    expect(readFileSync(join(out, "result.json"), "utf8")).toContain("stopped by the user");
  });
});

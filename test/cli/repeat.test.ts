import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { repeatCommand } from "../../src/cli/repeat-command.ts";
import { run } from "../../src/run/run.ts";
import { backends } from "../laws/backends.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-repeat-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const experiment = {
  magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 2.5e4, anisU: [0, 0, 1] }],
  ensemble: 100,
  time: { duration: 1e-9, step: 5e-12 },
  compare: "none",
};

/** The exit code and what was printed. */
async function repeat(result: unknown): Promise<{ code: number; out: string }> {
  const file = join(folder, "result.json");
  writeFileSync(file, JSON.stringify(result));
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const code = await repeatCommand(folder, { threads: 1 });
    return { code, out: write.mock.calls.map(([text]) => text).join("") };
  } finally {
    write.mockRestore();
  }
}

it("repeats a result to the bit, and finds a digit that was changed", async () => {
  const result = await run(experiment, { backend: "wasm", threads: 1 });
  expect(result.provenance.experimentHash).toMatch(/^[0-9a-f]{64}$/);
  const same = await repeat(result);
  expect(same.out).toBe("the same to the bit\n");
  expect(same.code).toBe(0);

  const changed = JSON.parse(JSON.stringify(result));
  changed.observables[0].m[3][2] *= 1 + 2 ** -52;
  changed.provenance.version = "0.0.1";
  const other = await repeat(changed);
  expect(other.code).toBe(3);
  expect(other.out).toContain('provenance.version: "0.0.1" before');
  expect(other.out).toContain("1 value differs");
  expect(other.out).toContain("observables.0.m.3.2: ");

  const reseeded = { ...changed.experiment, seed: 2 };
  await expect(repeat({ ...changed, experiment: reseeded })).rejects.toThrow("was changed");
  await expect(repeat({ ...changed, outcome: "stopped" })).rejects.toThrow("did not end");
  await expect(repeat({ some: "thing" })).rejects.toThrow("not a result of run");
});

it.each(backends.filter(({ backend, reason }) => ["webgpu", "gpujs"].includes(backend.name) && !reason))(
  "repeats a result of $backend.name to the bit",
  async ({ backend }) => {
    const few = { ...experiment, ensemble: 32, time: { duration: 1e-10, step: 5e-12 } };
    const result = await run(few, { backend: backend.name, threads: 1 });
    expect(result.provenance.backend).toBe(backend.name);
    expect(await repeat(result)).toEqual({ code: 0, out: "the same to the bit\n" });
  },
);

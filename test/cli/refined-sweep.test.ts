import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { sweepCommand } from "../../src/cli/sweep-command.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-refined-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, "out");

function write(column: string): void {
  writeFileSync(
    join(folder, "sweep.yaml"),
    `experiment:
  magnet: { delta: 5, alpha: 0.1 }
  energies: [{ type: uniaxial, Ku1: 1 }, { type: zeeman, B_ext: [0, 0, 0] }]
  ensemble: 0
  time: { duration: 10 }
vary: { energies.1.B_ext.2: { from: -0.3, to: 0.3, count: 4 } }
refine: { of: ${column}, points: 3, scale: log }
`,
  );
}
const sweep = (...flags: string[]) => {
  const words = ["dist/cli.js", "sweep", join(folder, "sweep.yaml"), "--out", out, "--threads", "1"];
  return spawnSync(process.execPath, [...words, ...flags], { encoding: "utf8" });
};
const text = (name: string): string => readFileSync(join(out, name), "utf8");

it("a refined sweep adds its points, goes on where it was, and merges shares to the same", async () => {
  write("exact.speed");
  const unknown = sweep();
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toMatch(/no point will have a column "exact.speed"; .*exact.upRate/);
  // said before the first point
  expect(existsSync(out)).toBe(false);
  write("exact.upRate");
  expect(sweep().status).toBe(0);
  const table = text("table.csv");
  expect(table.trim().split("\n")).toHaveLength(1 + 4 + 3);
  const { exactCurves } = JSON.parse(text("result.json"));
  expect(exactCurves).toMatchObject({ points: 6, reason: null });
  expect(exactCurves.columns["exact.upRate"].every((rate: unknown) => typeof rate === "number")).toBe(true);
  expect(JSON.parse(text("result.json")).refine).toEqual({ of: "exact.upRate", points: 3, scale: "log" });
  // killed in the middle of a line
  const lines = text("refined.jsonl").split("\n");
  renameSync(join(out, "refined.jsonl"), join(out, "refined.jsonl.part"));
  writeFileSync(join(out, "refined.jsonl.part"), `${lines.slice(0, 2).join("\n")}\n${lines[2].slice(0, 30)}`);
  expect(sweep().status).toBe(0);
  expect(text("table.csv")).toBe(table);
  // the grid in shares, the rest by the merge
  for (const name of ["share-1-of-1.jsonl", "refined.jsonl", "curves.jsonl", "table.csv"])
    rmSync(join(out, name));
  for (const flags of [
    ["--task", "2/2"],
    ["--task", "1/2"],
  ])
    expect(sweep(...flags).status).toBe(0);
  const merge = (): Promise<number> =>
    sweepCommand(
      join(folder, "sweep.yaml"),
      { set: [], out, threads: 1, merge: true },
      { environment: {}, program: [] },
    );
  // between two phases, where the file is opened and no point of it is begun
  const part = join(out, "refined.jsonl.part");
  const stopped = merge();
  while (!existsSync(part)) await new Promise((resolve) => setImmediate(resolve));
  process.emit("SIGTERM");
  expect(await stopped).toBe(1);
  expect(existsSync(join(out, "refined.lock"))).toBe(false);
  expect(existsSync(join(out, "table.csv"))).toBe(false);
  expect(text("refined.jsonl.part").split("\n").length).toBeLessThan(1 + 3 + 1);
  expect(await merge()).toBe(0);
  expect(text("table.csv")).toBe(table);
  expect(JSON.parse(text("result.json")).exactCurves).toEqual(exactCurves);
});

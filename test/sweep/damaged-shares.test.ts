import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SweepFlags } from "../../src/cli/sweep-command.ts";
import { sweepCommand } from "../../src/cli/sweep-command.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-damaged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

writeFileSync(
  at("sweep.yaml"),
  `experiment:
  magnet: { delta: 2, alpha: 0.1 }
  energies: [{ type: uniaxial, Ku1: 1 }]
  ensemble: 60
  time: { duration: 4, step: 0.1 }
  observables: [{ type: moments, times: 1 }]
  compare: none
vary: { magnet.alpha: [0.1, 0.2, 0.3, 0.4] }
exactCurves: false
`,
);
const sweep = (flags: Partial<SweepFlags>): Promise<number> =>
  sweepCommand(
    at("sweep.yaml"),
    { set: [], backend: "wasm", threads: 1, ...flags },
    { environment: {}, program: ["spinsemble"] },
  );
const text = (...names: string[]): string => readFileSync(at(...names), "utf8");
const linesOf = (content: string, count: number): string =>
  `${content.split("\n").slice(0, count).join("\n")}\n`;

describe("a share that is damaged", () => {
  const file = at("shared", "share-1-of-2.jsonl");
  const merged = (): Promise<number> => sweep({ out: at("shared"), merge: true });
  const again = (): Promise<number> => sweep({ out: at("shared"), task: "1/2" });
  let good = "";
  beforeAll(async () => {
    for (const task of ["1/2", "2/2"]) expect(await sweep({ out: at("shared"), task })).toBe(0);
    good = readFileSync(file, "utf8");
  });
  beforeEach(() => writeFileSync(file, good));

  it.each([
    [
      "a line less, and nothing else wrong with it",
      (before: string) => linesOf(before, 2),
      /lacks 1 of its points/,
    ],
    [
      "a line that is JSON and no point",
      (before: string) => `${linesOf(before, 2)}{"index":2}\n`,
      /is damaged from line 3 on/,
    ],
    [
      "a line that is nothing",
      (before: string) => `${linesOf(before, 2)}null\n`,
      /is damaged from line 3 on/,
    ],
  ])("is computed again: %s", async (_, damage, reason) => {
    writeFileSync(file, damage(good));
    await expect(merged()).rejects.toThrow(reason);
    expect(await again()).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(good);
  });

  it("is refused with what to do where it is no share at all", async () => {
    writeFileSync(file, "no share\n");
    await expect(merged()).rejects.toThrow(/share-1-of-2\.jsonl is empty or not a share of a sweep/);
    await expect(again()).rejects.toThrow(
      /share-1-of-2\.jsonl is no share of a sweep; delete it to have its points computed again, or choose/,
    );
    rmSync(file);
    expect(await again()).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(good);
  });

  it("is no part of what shares have in common, whose file is refused with what to do", async () => {
    const common = at("shared", "shares.json");
    const before = readFileSync(common, "utf8");
    for (const damaged of ["null", "[]", '{"of":2}', '{"of":']) {
      writeFileSync(common, damaged);
      await expect(again()).rejects.toThrow(/shares\.json is damaged: delete it/);
    }
    rmSync(common);
    rmSync(file);
    expect(await again()).toBe(0);
    expect(readFileSync(common, "utf8")).toBe(before);
  });
});

it("a sweep in one piece computes again what its file has lost, whole lines too", async () => {
  const name = "share-1-of-1.jsonl";
  expect(await sweep({ out: at("whole") })).toBe(0);
  const [points, table] = [text("whole", name), text("whole", "table.csv")];
  writeFileSync(at("whole", name), linesOf(points, 3));
  expect(await sweep({ out: at("whole") })).toBe(0);
  expect(text("whole", "table.csv")).toBe(table);
  expect(text("whole", name)).toBe(points);
});

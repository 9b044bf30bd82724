import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../../src/cli/exit.ts";
import { readExperiment } from "../../src/cli/read-experiment.ts";
import { run } from "../../src/run/run.ts";
import { randomExperiment } from "../oracle/random-experiment.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-random-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Plain = Record<string, unknown>;

/** Few spins for few steps, without an exact side: of the whole catalogue. */
function short(seed: number): Plain {
  const of = randomExperiment(seed) as Plain;
  const { duration } = of.time as { duration: number };
  return { ...of, ensemble: 5, compare: "none", time: { duration, step: duration / 64 } };
}

/** Paths of all numbers that are neither finite nor null. */
function broken(of: unknown, path = ""): string[] {
  if (typeof of === "number") return Number.isFinite(of) ? [] : [path];
  if (ArrayBuffer.isView(of)) return broken(Array.from(of as unknown as ArrayLike<number>), path);
  if (typeof of !== "object" || of === null) return [];
  return Object.entries(of).flatMap(([key, value]) => broken(value, `${path}.${key}`));
}

/** Places of everything in an experiment, as keys. */
const placesOf = (of: unknown, above: string[] = []): string[][] =>
  typeof of === "object" && of !== null
    ? Object.entries(of).flatMap(([key, value]) => [[...above, key], ...placesOf(value, [...above, key])])
    : [];

describe("random experiments", () => {
  it("run on the reference backend to the end, with nothing but numbers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const { observables, outcome } = await run(short(seed), { backend: "reference", threads: 1 });
        expect(outcome, `experiment ${seed}`).toBe("complete");
        expect(broken(observables), `experiment ${seed}`).toEqual([]);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  it("that are broken are refused with a path and a reason, a line each", async () => {
    const wrong = fc.constantFrom<unknown>(
      null,
      true,
      "",
      "sin(",
      "1/0",
      "require('fs')",
      [],
      {},
      { pulse: {} },
      -1,
      1e308,
      -1e308,
      5e-324,
      ".inf",
      [[[]]],
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.nat(), wrong, async (seed, where, value) => {
        const of = structuredClone(short(seed));
        const places = placesOf(of);
        const path = places[where % places.length];
        const parent = path.slice(0, -1).reduce<Plain>((node, key) => node[key] as Plain, of);
        parent[path[path.length - 1]] = value;
        const file = join(folder, "broken.json");
        writeFileSync(file, JSON.stringify(of));
        const error = await readExperiment(file, []).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error === null) return;
        refused++;
        expect(error, path.join(".")).toBeInstanceOf(UsageError);
        for (const line of (error as Error).message.split("\n")) {
          expect(line.startsWith(`${file}: `), line).toBe(true);
          expect(line).toMatch(/ (must|is|cannot) /);
          expect(line).not.toMatch(/ at .*\.ts:\d|Error:|undefined|\[object/);
        }
      }),
      { seed: 2, numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(20);
  });
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withChangedNumbers } from "../../scripts/mutations/mutate.ts";
import { readText } from "../../src/experiment/index.ts";
import { onsager } from "../../src/transport/onsager/onsager-result.ts";
import { transportResult } from "../../src/transport/transport-result.ts";
import { Draw } from "../oracle/draw.ts";

/* Numbers wrong by a unit, by a slip, or absurd: a figure, or a reason, and never something else in its place. */

type Plain = Record<string, unknown>;

function example(name: string): Plain {
  const read = readText(readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8"));
  if (!read.ok) throw new Error(`${name} cannot be read`);
  return read.value as Plain;
}

const solving: [string, (of: Plain) => unknown][] = [
  [
    "cobalt-copper-cobalt.yaml",
    ({ stack, magnet }) => transportResult(stack as never, (magnet ?? null) as never),
  ],
  ["thermoelectric.yaml", (of) => onsager(of as never)],
];

it.each(solving)(
  "%s with changed numbers is solved in finite numbers, or refused with what is wrong",
  (name, solve) => {
    const base = example(name);
    const broken: string[] = [];
    let [solved, refused, overflowing] = [0, 0, 0];
    for (let seed = 1; seed <= 100; seed++) {
      try {
        // JSON writes null for what is not finite
        JSON.stringify(solve(withChangedNumbers(new Draw(seed), base)), (key, value) => {
          if (typeof value === "number" && !Number.isFinite(value)) broken.push(`${seed}: ${key}`);
          return value;
        });
        solved++;
      } catch (error) {
        expect(error, `${seed}`).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(/ (must|is|overflows|are|does|has|have|cannot) ?/);
        refused++;
        if (/overflows/.test((error as Error).message)) overflowing++;
      }
    }
    expect(broken).toEqual([]);
    expect(solved).toBeGreaterThan(40);
    expect(overflowing).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(overflowing);
  },
);

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs/equations.md"), "utf8");
const rows = [...text.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, number, rest]) => ({
  number: Number(number),
  rest,
}));

describe("docs/equations.md", () => {
  it("has a row for every numbered equation of the paper", () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it("names files that exist, and functions that they hold", () => {
    for (const { number, rest } of rows) {
      const parts = [...rest.matchAll(/`((?:src|test)\/[^`]+\.ts)`((?:(?:,? ?| and )`[A-Za-z]+`)*)/g)];
      for (const [, file, names] of parts) {
        expect(existsSync(join(root, file)), `Eq. ${number}: ${file}`).toBe(true);
        const code = readFileSync(join(root, file), "utf8");
        for (const [, name] of names.matchAll(/`([A-Za-z]+)`/g))
          expect(code.includes(name), `Eq. ${number}: ${name} in ${file}`).toBe(true);
      }
    }
  });

  it("leaves nothing to be confirmed", () => {
    expect(text).not.toMatch(/to be confirmed/i);
  });
});

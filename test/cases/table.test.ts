import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const rows = readFileSync("test/cases/README.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const found = /^\| ([^|]+) \| [^|]+ \| `([^`]+)`: ([^|]+) \|$/.exec(line);
    return found ? [found.slice(1)] : [];
  });

test("every case has its test", () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const [name, file, title] of rows) {
    expect(existsSync(file), `${name}: ${file}`).toBe(true);
    expect(readFileSync(file, "utf8").includes(`"${title}"`), `${name}: ${title}`).toBe(true);
  }
});

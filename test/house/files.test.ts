import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Code that people write, by the list of git: shaders as text and what is generated aside. */
const files = execFileSync("git", ["ls-files", "src", "web", "bench", "scripts", "test"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(ts|mjs|css|wgsl|cpp|cu|py)$/.test(file) && !file.includes(".gen."));
const lines = new Map(
  files.map((file) => [file, readFileSync(join(root, file), "utf8").split("\n").length - 1]),
);

describe("files", () => {
  it("have 300 lines at most", () => {
    expect([...lines].filter(([, count]) => count > 300)).toEqual([]);
  });

  it("have fewer than 100 lines in the median", () => {
    const counts = [...lines].flatMap(([file, count]) => (/^(src|web)\//.test(file) ? [count] : []));
    expect(counts.toSorted((a, b) => a - b)[counts.length >> 1]).toBeLessThan(100);
  });

  it("are named by what they hold", () => {
    const vague = /^(utils?|helpers?|common|manager|misc|tools?|stuff|shared|types)\b/;
    expect(files.filter((file) => vague.test(basename(file)))).toEqual([]);
  });
});

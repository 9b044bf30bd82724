import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { version } from "../../src/version.ts";

const text = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

it("CITATION.cff, CHANGELOG.md and package.json name the version that results name", () => {
  expect(parse(text("CITATION.cff")).version).toBe(version);
  expect(JSON.parse(text("package.json")).version).toBe(version);
  expect(text("CHANGELOG.md")).toContain(`## ${version}`);
});

it("CONTRIBUTING.md names files and scripts that exist", () => {
  const contributing = text("CONTRIBUTING.md");
  for (const [, path] of contributing.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)) expect(text(path)).not.toBe("");
  const { scripts } = JSON.parse(text("package.json")) as { scripts: object };
  for (const [, script] of contributing.matchAll(/npm run ([\w:]+)/g))
    expect(Object.keys(scripts)).toContain(script);
});

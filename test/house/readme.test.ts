import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readText } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]);
const folder = mkdtempSync(join(root, "test-output-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const scripts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts as Record<
  string,
  string
>;

const node = (...flags: string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, flags, { cwd: root }, (failure, out, error) =>
      resolve({ code: failure ? 1 : 0, out, error }),
    );
  });

describe("README", () => {
  it("names only scripts and commands that exist", () => {
    for (const line of blocks("sh").flatMap((block) => block.trim().split("\n"))) {
      const [, script] = /^npm (?:run )?(\w+)/.exec(line) ?? [];
      expect(script === "ci" || script in scripts, line).toBe(true);
    }
  });

  it("names only files that exist", () => {
    for (const [, path] of readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g))
      expect(() => readFileSync(join(root, path)), path).not.toThrow();
  });

  it("shows experiments that check", () => {
    const experiments = blocks("yaml");
    expect(experiments.length).toBeGreaterThan(0);
    for (const text of experiments) {
      const read = readText(text);
      expect(read.ok && checkExperiment(read.value).ok).toBe(true);
    }
  });

  it("shows library code that runs", async () => {
    const [code] = blocks("ts");
    const file = join(folder, "readme.mts");
    writeFileSync(file, code.replace('"spinsemble"', JSON.stringify(join(root, "src/index.ts"))));
    const { code: status, out, error } = await node("node_modules/tsx/dist/cli.mjs", file);
    expect(status, error).toBe(0);
    expect(out.trim()).toBe("true");
  });

  it("shows a verdict as the main job prints it", async () => {
    const out = mkdtempSync(join(tmpdir(), "spinsemble-start-"));
    const { out: text } = await node(
      "dist/cli.js",
      "run",
      "examples/neel-brown.yaml",
      "--ensemble",
      "20000",
      "--out",
      out,
    );
    rmSync(out, { recursive: true, force: true });
    const printed = text.split("\n").find((line) => line.startsWith("CERTIFICATE"));
    expect(readme).toContain(printed);
  });
});

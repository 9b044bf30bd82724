import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the compiler", () => {
  it("takes optional keys at their word, and no syntax that a runtime would have to translate", () => {
    const { compilerOptions, include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    expect(compilerOptions).toMatchObject({
      strict: true,
      exactOptionalPropertyTypes: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
    });
    expect(include).toEqual(expect.arrayContaining(["src", "web", "bench", "test", "scripts"]));
  });
});

describe("continuous integration", () => {
  it("runs the README's commands with CI=true", () => {
    const script = readFileSync(join(root, ".ci/run"), "utf8");
    expect(script).toMatch(/^export CI=true$/m);
    for (const command of ["npm ci", "npm run check", "npm run build", "npm test"])
      expect(script).toContain(command);
    expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts.test).toBe(
      "node scripts/test.mjs",
    );
  });

  it("fails where a test is skipped, and only there", () => {
    writeFileSync(
      join(folder, "skipped.test.ts"),
      'import { it } from "vitest";\nit("runs", () => {});\nit.skip("does not", () => {});\n',
    );
    const testWith = (CI: string) =>
      spawnSync(process.execPath, ["scripts/test.mjs", "--root", folder], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, CI },
      });
    const there = testWith("true");
    expect(there.stdout).toContain("with CI=true nothing may be skipped, but 1 tests were");
    expect(there.status).toBe(1);
    expect(testWith("").status).toBe(0);
  });
});

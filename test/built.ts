import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/* What tests start as users do, the command and the page, is built before them: once, and only where it is older than its source. */

const root = fileURLToPath(new URL("../", import.meta.url));

/** When the youngest of some files, or of the files in some folders, was changed, ms. */
function youngest(...names: readonly string[]): number {
  return Math.max(
    ...names.flatMap((name) => {
      const path = join(root, name);
      if (!statSync(path).isDirectory()) return [statSync(path).mtimeMs];
      return readdirSync(path, { recursive: true, encoding: "utf8" }).map(
        (inside) => statSync(join(path, inside)).mtimeMs,
      );
    }),
  );
}

/** Builds what is wanted; `product` is a file that every build writes anew. */
function build(product: string, source: readonly string[], command: readonly string[]): void {
  const path = join(root, product);
  if (existsSync(path) && statSync(path).mtimeMs > youngest(...source, "package-lock.json")) return;
  const { status, stderr } = spawnSync(process.execPath, [...command], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${stderr}`);
}

/** `dist/cli.js`. */
export const buildCommand = (): void =>
  build("dist/cli.js", ["src", "scripts/build.mjs"], ["scripts/build.mjs", "--quick"]);

/** `dist/web`. */
export const buildPage = (): void =>
  build(
    "dist/web/index.html",
    ["src", "web", "shaders", "examples"],
    ["node_modules/vite/bin/vite.js", "build", "--config", "web/vite.config.ts", "--logLevel", "error"],
  );

/** `dist/types`. */
export const buildTypes = (): void =>
  build(
    "dist/types/index.d.ts",
    ["src"],
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", "dist/types"],
  );

/** `dist/spinsemble.html`. */
export const buildOneFile = (): void =>
  build(
    "dist/spinsemble.html",
    ["src", "web", "shaders", "examples"],
    ["node_modules/vite/bin/vite.js", "build", "--config", "web/one-file.config.ts", "--logLevel", "error"],
  );

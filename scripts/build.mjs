// Builds dist/cli.js and dist/index.js, the page, also as one file, and the type declarations; with --quick the first two alone. --out DIR builds elsewhere.
import "./help.mjs";

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const all = !process.argv.includes("--quick");
const place = process.argv.indexOf("--out");
const outDir = resolve(root, place < 0 ? "dist" : process.argv[place + 1]);

/** The commit, if this is built from a repository; results name it. */
const git = (...args) => {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
};
const head = git("rev-parse", "HEAD");
const commit = head && git("status", "--porcelain", "--untracked-files=no") ? `${head}+` : head;

const { output } = await build({
  root,
  configFile: false,
  logLevel: "warn",
  // one file instead of two thousand: the command starts in a third of the time; what is native or seldom used stays out.
  // gpu.js asks for native packages that its browser build, the one in use, does not need: it is taken in
  // builds of packages for Node, and commander, ask for a module loader, which a page that takes in the library has not
  ssr: {
    noExternal: true,
    external: ["webgpu", "h5wasm", "plotly.js", "commander"],
    resolve: { conditions: ["module", "production"] },
  },
  define: { builtFromCommit: JSON.stringify(commit) },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: false,
    target: "node20",
    minify: false,
    // the licences of what is bundled go with it
    license: { fileName: "licenses.md" },
    rollupOptions: {
      input: {
        cli: "src/cli/main.ts",
        index: "src/index.ts",
        "exact-thread": "src/run/thread/worker.ts",
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        // the code of all backends in one file: asking each whether it can run costs no file of its own
        codeSplitting: { groups: [{ name: "ensemble", test: /\/src\/ensemble\// }] },
      },
    },
  },
});
// files of an earlier build under other names would be packed with the rest
const made = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync(resolve(outDir, "chunks")))
  if (!made.has(`chunks/${name}`)) rmSync(resolve(outDir, "chunks", name));
if (all) {
  rmSync(resolve(outDir, "types"), { recursive: true, force: true });
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", resolve(outDir, "types")],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) process.exit(status ?? 1);
  await build({
    configFile: "web/vite.config.ts",
    logLevel: "warn",
    build: { outDir: resolve(outDir, "web") },
  });
  await build({ configFile: "web/one-file.config.ts", logLevel: "warn", build: { outDir } });
}

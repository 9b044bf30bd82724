// Builds dist/cli.js and dist/index.js, the page and the type declarations; with --quick the first two alone. --out DIR builds elsewhere.
import "./help.mjs";

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const all = !process.argv.includes("--quick");
const place = process.argv.indexOf("--out");
const outDir = resolve(root, place < 0 ? "dist" : process.argv[place + 1]);

// what an earlier build left under other names would be packed with the rest
if (all)
  for (const folder of ["chunks", "types"]) rmSync(resolve(outDir, folder), { recursive: true, force: true });

/** The commit, where this is built from a repository: results name it. */
const git = (...args) => {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
};
const head = git("rev-parse", "HEAD");
const commit = head && git("status", "--porcelain", "--untracked-files=no") ? `${head}+` : head;

await build({
  root,
  configFile: false,
  logLevel: "warn",
  // one file instead of two thousand: the command starts in a third of the time; what is native or seldom used stays out.
  // gpu.js asks for native packages that its browser build, the one in use, does not need: it is taken in
  ssr: { noExternal: true, external: ["webgpu", "h5wasm", "plotly.js"] },
  // its Node build asks for a module loader, which a page that takes in the library has not
  resolve: { alias: { fflate: "fflate/browser" } },
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
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});
if (all) {
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
}

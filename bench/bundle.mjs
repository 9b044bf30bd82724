// npm run bench:bundle: dist/spinsemble-bench-linux-x64.tar.gz, the benchmarks with their runtime. It runs on a Linux
// machine (x86-64, glibc 2.28 or later) with nothing installed and no network:
//   tar xzf spinsemble-bench-linux-x64.tar.gz && spinsemble-bench/bench --all results
// writes results/bench.json, scaling.json, equal-bias.json, points.json and fokker-planck.json.
import "../scripts/help.mjs";

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const name = "spinsemble-bench";
const folder = join(root, "dist", name);
const archive = join(root, "dist", `${name}-linux-x64.tar.gz`);
/** Largest archive that is still easy to send. */
const largest = 60e6;

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("the bundle is made on Linux, x86-64: it contains the running Node");
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

await build({
  root,
  configFile: false,
  logLevel: "warn",
  ssr: { noExternal: true, external: ["webgpu"] },
  build: {
    ssr: true,
    outDir: folder,
    emptyOutDir: false,
    target: "node20",
    minify: false,
    rollupOptions: {
      input: { run: "bench/run.ts" },
      output: { entryFileNames: "run.js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
cpSync(join(root, "bench", "twins"), folder, { recursive: true, filter: (path) => !path.endsWith(".ts") });

// CUDA twins, compiled for Hopper and as PTX for what comes after it, so that a machine without nvcc can compare
for (const source of ["splitting.cu", "heun.cu"]) {
  const architectures = ["code=sm_80", "code=sm_90", "code=compute_90"].flatMap((code) => [
    "-gencode",
    `arch=compute_${code.slice(-2)},${code}`,
  ]);
  const from = join(root, "bench", "twins", source);
  const to = join(folder, `${source}.bin`);
  const { status, error } = spawnSync(
    "nvcc",
    ["-O3", "--use_fast_math", ...architectures, from, "-o", to],
    { stdio: "inherit" },
  );
  if (error) {
    console.error("no nvcc here: the bundle has its CUDA twins as source only");
    break;
  }
  if (status !== 0) process.exit(status ?? 1);
}

const webgpu = join(folder, "node_modules", "webgpu");
mkdirSync(join(webgpu, "dist"), { recursive: true });
for (const file of ["index.js", "package.json", "LICENSE.md", "dist/linux-x64", "build"])
  if (existsSync(join(root, "node_modules/webgpu", file)))
    cpSync(join(root, "node_modules/webgpu", file), join(webgpu, file), { recursive: true });

const node = join(folder, "node");
copyFileSync(realpathSync(process.execPath), node);
chmodSync(node, 0o755);
spawnSync("strip", [node], { stdio: "ignore" });

/** Path at which the loader of this machine finds a library. */
function library(file) {
  const { stdout } = spawnSync("ldconfig", ["-p"], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  });
  const line = (stdout ?? "").split("\n").find((text) => text.includes(`${file} `) && text.includes("x86-64"));
  return line?.split("=> ")[1];
}
// NVIDIA's driver is linked to the X libraries and opens libEGL, which a machine without a screen may lack
const x11 = ["libX11.so.6", "libXext.so.6", "libxcb.so.1", "libXau.so.6", "libXdmcp.so.6"];
for (const [place, files, origin] of [
  ["lib", ["libvulkan.so.1"], "libvulkan1"],
  ["x11", [...x11, "libbsd.so.0", "libmd.so.0"], "libx11-6 and libxext6"],
  ["egl", ["libEGL.so.1", "libGLdispatch.so.0"], "libegl1"],
  ["fallback", ["libstdc++.so.6", "libgcc_s.so.1"], "libstdc++6"],
])
  for (const file of files) {
    const found = library(file);
    if (!found) {
      const isNeeded = place === "lib";
      console.error(`${file} is not here${isNeeded ? ": " : "; the bundle goes without, or "}install ${origin}`);
      if (isNeeded) process.exit(1);
      continue;
    }
    mkdirSync(join(folder, place), { recursive: true });
    copyFileSync(realpathSync(found), join(folder, place, file));
  }

writeFileSync(
  join(folder, "bench"),
  `#!/bin/sh
# Starts the benchmarks with the Node, Dawn and Vulkan loader beside this file. Flags: --help.
here=$(cd "$(dirname "$0")" && pwd)
LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
export LD_LIBRARY_PATH
if ! "$here/node" --version >/dev/null 2>&1; then
  LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$here/fallback"
  "$here/node" --version >/dev/null || { echo "the bundled Node does not run here: it needs x86-64 and glibc 2.28" >&2; exit 1; }
fi
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)
case $known in *libX11.so.6*) ;; *) LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$here/x11" ;; esac
case $known in *libEGL.so.1*) ;; *) LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$here/egl" ;; esac
made=
if [ -z "$XDG_RUNTIME_DIR" ]; then
  XDG_RUNTIME_DIR=$(mktemp -d)
  made=$XDG_RUNTIME_DIR
  export XDG_RUNTIME_DIR
fi
trap 'test -n "$made" && rm -rf "$made"' EXIT
if [ -z "$VK_DRIVER_FILES$VK_ICD_FILENAMES" ]; then
  for folder in /usr/share/vulkan/icd.d /etc/vulkan/icd.d /usr/local/nvidia/share/vulkan/icd.d /usr/local/share/vulkan/icd.d; do
    for manifest in "$folder"/nvidia_icd*.json; do
      if [ -f "$manifest" ] && [ -z "$VK_DRIVER_FILES" ]; then VK_DRIVER_FILES=$manifest; fi
    done
  done
  if [ -n "$VK_DRIVER_FILES" ]; then
    export VK_DRIVER_FILES
    # loaders before 1.3.207 know the older name only
    VK_ICD_FILENAMES=$VK_DRIVER_FILES
    export VK_ICD_FILENAMES
    echo "Vulkan driver: $VK_DRIVER_FILES" >&2
  elif [ -e /dev/nvidiactl ]; then
    echo "An NVIDIA GPU is here, but no Vulkan driver manifest (nvidia_icd.json) in /usr/share, /etc or /usr/local." >&2
    echo "In a container: start it with NVIDIA_DRIVER_CAPABILITIES=all, or graphics,compute,utility." >&2
  else
    echo "No NVIDIA GPU is visible (/dev/nvidiactl is missing); other Vulkan drivers are used where they are installed." >&2
  fi
fi
"$here/node" "$here/run.js" "$@"
`,
);
chmodSync(join(folder, "bench"), 0o755);

const { status } = spawnSync("tar", ["-czf", archive, "-C", dirname(folder), name], {
  stdio: "inherit",
  env: { ...process.env, GZIP: "-9" },
});
if (status !== 0) process.exit(status ?? 1);
const size = statSync(archive).size;
console.log(`${archive}: ${(size / 1e6).toFixed(1)} MB`);
if (size > largest) {
  console.error(`the archive should stay below ${largest / 1e6} MB`);
  process.exit(1);
}

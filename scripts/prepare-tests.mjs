// Installs programs that the tests need and the machine lacks: Chromium with SwiftShader for Dawn and the page, Mesa's
// software Vulkan for Deno, Deno's own binary, Python with pandas, Slurm, Snakemake. It does so only as root with
// apt-get, and reports what it could not install.
import "./help.mjs";

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const swiftshader = "/usr/lib/chromium/vk_swiftshader_icd.json";
const hasMesa = () => {
  try {
    return readdirSync("/usr/share/vulkan/icd.d").some((name) => name.startsWith("lvp"));
  } catch {
    return false;
  }
};
const isThere = (name) => spawnSync("which", [name]).status === 0;
const python = ["numpy", "pandas", "setuptools", "wheel"];
const hasPython = ["python3", "/usr/bin/python3"].some(
  (name) => spawnSync(name, ["-c", `import ${python.join(", ")}`]).status === 0,
);
const missing = [
  ...(hasPython ? [] : python.map((name) => `python3-${name}`)),
  ...(existsSync("/usr/bin/chromium") && existsSync(swiftshader) ? [] : ["chromium"]),
  ...(hasMesa() ? [] : ["mesa-vulkan-drivers"]),
  ...(["slurmctld", "slurmd", "sbatch"].every(isThere) ? [] : ["slurm-wlm"]),
  ...(isThere("munged") ? [] : ["munge"]),
  ...(existsSync("/usr/lib/x86_64-linux-gnu/libvulkan.so.1") || hasMesa() ? [] : ["libvulkan1"]),
];
const mayInstall = process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
if (missing.length > 0) {
  if (mayInstall) {
    console.log(`installing ${missing.join(", ")}`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    const packages = [...missing, "libvulkan1", "fonts-dejavu-core"];
    const { status } = spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], {
      stdio: ["ignore", "ignore", "inherit"],
      env,
    });
    if (status !== 0)
      console.log(`could not install ${missing.join(", ")}: tests that need them are skipped`);
  } else
    console.log(
      `not installed: ${missing.join(", ")}; tests that need them are skipped (apt-get needs root)`,
    );
}
const deno = new URL("../node_modules/deno/", import.meta.url);
if (existsSync(deno) && spawnSync("node_modules/.bin/deno", ["--version"]).status !== 0)
  spawnSync(process.execPath, [new URL("install.cjs", deno).pathname], { stdio: "ignore" });

// Snakemake is some eighty Python packages, which take minutes to install: they are unpacked beside the others instead
const snakemake = new URL("../node_modules/.cache/snakemake", import.meta.url).pathname;
if (mayInstall && !isThere("snakemake") && !existsSync(snakemake)) {
  console.log("unpacking snakemake");
  const [archives, made] = ["archives-", "snakemake-"].map((name) => mkdtempSync(join(tmpdir(), name)));
  mkdirSync(join(archives, "partial"));
  const words = ["install", "-y", "-q", "--no-install-recommends", "--download-only"];
  spawnSync("apt-get", [...words, "-o", `Dir::Cache::archives=${archives}`, "snakemake"], {
    stdio: "ignore",
  });
  const packages = readdirSync(archives).filter((name) => name.endsWith(".deb"));
  // 600 MB of cloud storage plugins are left out
  for (const name of packages.filter((one) => !/azure|boto|msrest|uamqp/.test(one)))
    spawnSync("dpkg-deb", ["-x", join(archives, name), made]);
  rmSync(archives, { recursive: true });
  if (packages.length > 0) {
    mkdirSync(join(snakemake, ".."), { recursive: true });
    spawnSync("mv", [made, snakemake]);
  } else console.log("could not download snakemake: its test is skipped");
}

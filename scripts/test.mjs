// Runs vitest with the environment that the software adapters need, and ends with one line of counts.
import "./help.mjs";

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const swiftshader = "/usr/lib/chromium/vk_swiftshader_icd.json";
const folder = mkdtempSync(join(tmpdir(), "spinsemble-test-"));
const report = join(folder, "report.json");
const env = { ...process.env, XDG_RUNTIME_DIR: folder };
if (!env.VK_ICD_FILENAMES && !existsSync("/dev/nvidia0") && existsSync(swiftshader))
  env.VK_ICD_FILENAMES = swiftshader;
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: "inherit", env },
);
let unwanted = 0;
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, "utf8"));
  const skipped = result.numPendingTests + (result.numTodoTests ?? 0);
  if (env.CI === "true" && skipped > 0) {
    console.log(`with CI=true nothing may be skipped, but ${skipped} tests were`);
    unwanted = 1;
  }
  console.log(`${result.numPassedTests} passed, ${result.numFailedTests} failed, ${skipped} skipped`);
}
rmSync(folder, { recursive: true, force: true });
process.exit(status || unwanted);

import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { reportHtml } from "../report/report.ts";
import type { Result } from "../result.ts";
import { npz } from "./npz.ts";

/** Text of the plotting library that the report carries with it. */
const plotlyText = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve("plotly.js"), "utf8");

/** A folder name that is free: results/NAME, results/NAME-2, … */
export function freeFolder(name: string): string {
  const base = join(
    "results",
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "run",
  );
  let folder = base;
  for (let i = 2; existsSync(folder); i++) folder = `${base}-${i}`;
  return folder;
}

/**
 * Writes result.json, arrays.npz and report.html. The folder appears whole: it is written beside its place and moved
 * there; files of an earlier result in it are replaced.
 */
export async function writeResult(result: Result, folder: string): Promise<void> {
  const target = resolve(folder);
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.part-`);
  try {
    await writeFile(join(draft, "result.json"), `${JSON.stringify(result, null, 1)}\n`);
    await writeFile(join(draft, "arrays.npz"), npz(result));
    await writeFile(join(draft, "report.html"), reportHtml(result, await plotlyText()));
    await chmod(draft, 0o755);
    if (existsSync(target)) {
      for (const name of ["result.json", "arrays.npz", "report.html"])
        await rename(join(draft, name), join(target, name));
      await rm(draft, { recursive: true });
    } else await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

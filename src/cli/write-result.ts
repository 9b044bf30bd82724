import { constants, existsSync, lstatSync } from "node:fs";
import { access, chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { reportHtml } from "../report/report.ts";
import type { Result } from "../result.ts";
import { UsageError } from "./exit.ts";
import { makeFolder } from "./make-folder.ts";
import { npz } from "./npz.ts";
import { written } from "./written.ts";

/** Text of the plotting library, which the report contains. */
export const plotlyText = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve("plotly.js"), "utf8");

/** results/NAME, in letters and digits that every file system accepts. */
export const namedFolder = (name: string): string =>
  join(
    "results",
    name
      // é becomes e and its accent, which is dropped
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "run",
  );

/** A folder name that is free: results/NAME, results/NAME-2, … */
export function freeFolder(name: string): string {
  const base = namedFolder(name);
  let folder = base;
  for (let i = 2; existsSync(folder); i++) folder = `${base}-${i}`;
  return folder;
}

/**
 * Where a command's result goes: the folder that was asked for, a free one, or with --json none. Throws UsageError, before anything is
 * computed, if the folder cannot be written.
 */
export async function outputPlace(
  { json, out }: { readonly json?: boolean; readonly out?: string },
  name: string,
): Promise<string | undefined> {
  const folder = out ?? (json ? undefined : freeFolder(name));
  await requirePlace(folder);
  return folder;
}

/** Checks before a long run that its result can be written. Throws UsageError. */
export async function requirePlace(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  try {
    const target = resolve(folder);
    if (!existsSync(target) && lstatSync(target, { throwIfNoEntry: false }))
      throw new Error("it is a symbolic link that leads nowhere");
    if (existsSync(target) && !(await stat(target)).isDirectory()) throw new Error("it is not a folder");
    await makeFolder(dirname(target));
    await access(existsSync(target) ? target : dirname(target), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${folder} cannot be written: ${(error as Error).message}`);
  }
}

/**
 * Writes files into a folder that appears complete or not at all: it is written beside its place and moved there. In a folder that
 * exists, files of the same names are replaced. If it cannot be written, the error names the folder and the remedy.
 */
export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  remedy = "free some space, or choose another --out",
): Promise<void> {
  await written(placed(folder, files), `${folder}: ${Object.keys(files).join(", ")}`, remedy);
}

async function placed(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const target = resolve(folder);
  await makeFolder(dirname(target));
  const draft = await mkdtemp(`${target}.part-`);
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(draft, name), content);
    await chmod(draft, 0o755);
    if (existsSync(target)) {
      for (const name of Object.keys(files)) await rename(join(draft, name), join(target, name));
      await rm(draft, { recursive: true });
    } else await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** result.json, arrays.npz and report.html. */
export async function writeResult(result: Result, folder: string): Promise<void> {
  await writeFolder(folder, {
    "result.json": `${JSON.stringify(result, null, 1)}\n`,
    "arrays.npz": npz(result),
    "report.html": reportHtml(result, await plotlyText()),
  });
}

/** Prints where a result is: on stderr with --json, so that stdout has the JSON alone; nothing without a folder. */
export function sayResultFolder(folder: string | undefined, json: boolean | undefined): void {
  if (folder !== undefined) (json ? process.stderr : process.stdout).write(`\nresult in ${folder}\n`);
}

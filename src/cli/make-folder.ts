import { existsSync, rmdirSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and its missing parents, one after the other. (Node's recursive mkdir never ends in places such as /proc, which exist
 * but take no folders.) Returns the topmost folder that was made, or undefined if none was missing.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  let folder = resolve(path);
  for (; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
  for (const next of missing)
    await mkdir(next).catch((error: NodeJS.ErrnoException) => {
      // another process was faster
      if (error.code !== "EEXIST") throw error;
    });
  return missing[0];
}

/** Makes a folder for work in it. If the work fails and has left nothing, the folders that were made here are removed again. */
export async function inMadeFolder<T>(path: string, work: (isMade: boolean) => Promise<T>): Promise<T> {
  const topmost = await makeFolder(path);
  try {
    return await work(topmost !== undefined);
  } catch (error) {
    if (topmost !== undefined) removeEmpty(resolve(path), topmost);
    throw error;
  }
}

/** Removes a folder and those above it up to `topmost`, as long as they are empty. */
export function removeEmpty(folder: string, topmost = folder): void {
  try {
    // this call removes empty folders only
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== topmost) removeEmpty(dirname(folder), topmost);
}

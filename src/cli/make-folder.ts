import { existsSync } from "node:fs";
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

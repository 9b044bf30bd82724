import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from "node:fs";
import { UsageError } from "./exit.ts";

/*
 * Files in a result's folder. A folder may come from somebody else, and a link in it could lead anywhere, so neither reading nor writing
 * follows links.
 */

/** Flags for opening a file: they follow no link and do not wait if a pipe is in the place of the file. */
export const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags | noFollow, 0o644);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ELOOP") throw error;
    throw new UsageError(`${path} is a symbolic link; the files of a folder must lie in it`);
  }
}

/** Opens a file to append lines; makes it if it does not exist. Throws UsageError for a link. */
export const openForMore = (path: string): number =>
  opened(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);

/** Opens a new file, which replaces any file of its name. */
export const openAnew = (path: string): number =>
  opened(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC);

/** The bytes of a file. Throws UsageError for a link. */
export function bytesOfOwn(path: string): Buffer {
  const file = opened(path, constants.O_RDONLY);
  try {
    if (!fstatSync(file).isFile()) throw new UsageError(`${path} is not a file`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** The text of a file. Throws UsageError for a link. */
export const textOfOwn = (path: string): string => bytesOfOwn(path).toString("utf8");

/** Throws UsageError if a folder is a link to another. The folder need not exist yet. */
export function requireNoLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(`${path} is a symbolic link; the files of a folder must lie in it`);
}

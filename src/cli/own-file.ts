import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from "node:fs";
import { UsageError } from "./exit.ts";

/*
 * Files that belong to a result's folder. A folder may come from a stranger: a link in it could lead anywhere, so that neither reading nor
 * writing follows one.
 */

/** Flags of opening that follow no link and wait for nobody: a pipe that is in the place of a file would have no other end. */
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

/** Opens a file for lines at its end, made where it is not there. Throws UsageError for a link. */
export const openForMore = (path: string): number =>
  opened(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);

/** Opens a file that replaces whatever had its name. */
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

/** Throws UsageError where a folder is a link to another; one that is not there yet is none. */
export function requireNoLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(`${path} is a symbolic link; the files of a folder must lie in it`);
}

/** Where a disk is full or a folder gone while something is written: the file and how to go on, in one sentence. Other errors as they are. */
export function unwritten(path: string, error: unknown, remedy: string): unknown {
  if (!(error instanceof Error) || !("errno" in error)) return error;
  return new Error(`${path} cannot be written (${error.message}); ${remedy}`, { cause: error });
}

/**
 * Waits for a file to be written. If the disk is full or the folder is gone, the error names the file and how to continue; other errors
 * are thrown unchanged.
 */
export async function written<T>(work: Promise<T>, path: string, remedy: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || !("errno" in error)) throw error;
    throw new Error(`${path} cannot be written (${error.message}); ${remedy}`, { cause: error });
  }
}

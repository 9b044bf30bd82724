/** Waits for what is being written; where a disk is full or a folder gone, throws the file and how to go on in one sentence, other errors as they are. */
export async function written<T>(work: Promise<T>, path: string, remedy: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || !("errno" in error)) throw error;
    throw new Error(`${path} cannot be written (${error.message}); ${remedy}`, { cause: error });
  }
}

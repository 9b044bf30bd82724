import { describeInputError, readText } from "../experiment/index.ts";
import { UsageError } from "./exit.ts";
import { textOf } from "./text-of.ts";

/** The content of a YAML or JSON file. Throws UsageError if it cannot be read. */
export async function readYaml(file: string): Promise<unknown> {
  const text = await textOf(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === "ENOENT" ? `${file} does not exist` : `${file} cannot be read: ${error.message}`,
    );
  });
  const read = readText(text);
  if (!read.ok)
    throw new UsageError(read.problems.map((p) => `${file}: ${describeInputError(p)}`).join("\n"));
  return read.value;
}

/** Returns what `make` makes of a file's content. A RangeError becomes a UsageError whose lines begin with the file's name. */
export function naming<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message.replace(/^/gm, `${file}: `));
  }
}

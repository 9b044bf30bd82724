import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";

type Parsed<O extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true }>
>;

/** The options of a script; an unknown option ends it with code 2 and one plain line. */
export function options<O extends NonNullable<ParseArgsConfig["options"]>>(own: O): Parsed<O> {
  try {
    return parseArgs({ options: own, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n--help says what there is\n`);
    process.exit(2);
  }
}

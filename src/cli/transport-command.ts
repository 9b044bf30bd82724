import { stackRows } from "../figures/stack.ts";
import { transportHtml } from "../report/transport.ts";
import type { FreeMagnet } from "../transport/spin-torque.ts";
import type { StackInput } from "../transport/stack-schema.ts";
import { transportResult } from "../transport/transport-result.ts";
import { endingAtOnce } from "./end-at-once.ts";
import { exitCode, UsageError } from "./exit.ts";
import { inColumn } from "./in-column.ts";
import { naming, readYaml } from "./read-yaml.ts";
import { outputPlace, plotlyText, sayResultFolder, writeFolder } from "./write-result.ts";

interface TransportFile {
  readonly name?: string;
  readonly magnet?: FreeMagnet;
  readonly stack: StackInput;
}

const allowed = ["name", "magnet", "stack"];

/** Reads `stack:` with an optional `magnet:` and `name:`; throws UsageError with every problem at once. */
async function readTransportFile(file: string): Promise<TransportFile> {
  const value = (await readYaml(file)) as TransportFile | null;
  if (typeof value !== "object" || value === null || typeof value.stack !== "object")
    throw new UsageError(`${file}: stack must be given: layers, interfaces, leads, currentDensity`);
  const unknown = Object.keys(value).filter((key) => !allowed.includes(key));
  if (unknown.length > 0)
    throw new UsageError(
      unknown.map((key) => `${file}: ${key} is not known; there are ${allowed.join(", ")}`).join("\n"),
    );
  return value;
}

/** `spinsemble transport FILE`: accumulation, resistances, torque fields, χ and Φ of a stack. */
export async function transportCommand(
  file: string,
  flags: { readonly json?: boolean; readonly out?: string },
): Promise<number> {
  return endingAtOnce("transport", async (found) => {
    const { name = "stack", magnet = null, stack } = await readTransportFile(file);
    const folder = await outputPlace(flags, name);
    const result = naming(file, () => transportResult(stack, magnet));
    found();
    if (folder !== undefined)
      await writeFolder(folder, {
        "result.json": `${JSON.stringify(result, null, 1)}\n`,
        "report.html": transportHtml(name, result, await plotlyText()),
      });
    if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else
      for (const [label, value] of stackRows(result))
        process.stdout.write(`${inColumn(label, 34)}${value}\n`);
    sayResultFolder(folder, flags.json);
    return exitCode.done;
  });
}

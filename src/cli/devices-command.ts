import { candidates } from "../ensemble/choose.ts";
import { backends } from "../run/run.ts";
import { endingAtOnce } from "./end-at-once.ts";
import { exitCode } from "./exit.ts";

/** `spinsemble devices`: the backends in the order in which they would be used, and why others refuse. */
export async function devicesCommand(flags: { readonly json?: boolean }): Promise<number> {
  const found = await endingAtOnce("devices", () => candidates(backends));
  if (flags.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else
    found.forEach(({ name, availability }, i) => {
      const text = availability.available ? availability.adapter : `not usable: ${availability.reason}`;
      process.stdout.write(`${i + 1}. ${name.padEnd(10)} ${text}\n`);
    });
  return exitCode.done;
}

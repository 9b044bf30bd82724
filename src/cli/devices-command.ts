import { candidates } from "../ensemble/choose.ts";
import { backends } from "../run/run.ts";
import { endAtOnce } from "./end-at-once.ts";
import { exitCode } from "./exit.ts";

/** `spinsemble devices`: the backends in the order in which they would be used, and why others refuse. */
export async function devicesCommand(flags: { readonly json?: boolean }): Promise<number> {
  const release = endAtOnce("devices");
  const found = await candidates(backends);
  release();
  if (flags.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else
    found.forEach(({ name, availability }, i) => {
      const text = availability.available ? availability.adapter : `not usable: ${availability.reason}`;
      process.stdout.write(`${i + 1}. ${name.padEnd(10)} ${text}\n`);
    });
  return exitCode.done;
}

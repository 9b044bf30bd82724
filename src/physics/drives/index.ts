import type { PlainValues } from "../parameter.ts";
import { pulse } from "./pulse.ts";
import { ramp } from "./ramp.ts";
import { sine } from "./sine.ts";
import { table } from "./table.ts";
import { train } from "./train.ts";

/** The catalogue of drives: a new one is a file here and a name in this list. */
export const drives = { pulse, train, ramp, sine, table } as const;

/** A drive as written: an object of one key, the drive's name. */
export type DriveValue = {
  [K in keyof typeof drives]: { readonly [Name in K]: PlainValues<(typeof drives)[K]["parameters"]> };
}[keyof typeof drives];

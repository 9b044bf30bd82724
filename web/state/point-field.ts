import type { Triple } from "../../src/physics/parameter.ts";
import type { Laboratory } from "./laboratory.ts";

/** Strength of a field that is pointed where there was none, T. */
const usualStrength = 0.02;

/** Points the field along a direction, as strong as it is. A field that is driven in time is left alone. */
export function pointField(laboratory: Laboratory, direction: Triple): void {
  const list = laboratory.value("energies");
  const energies = Array.isArray(list) ? (list as readonly { type?: string; B_ext?: unknown }[]) : [];
  const at = energies.findIndex(({ type }) => type === "zeeman");
  const present = energies[at]?.B_ext;
  const numbers =
    Array.isArray(present) && present.every((x) => typeof x === "number") ? (present as number[]) : null;
  if (at >= 0 && !numbers) return;
  const strength = (numbers && Math.hypot(...numbers)) || usualStrength;
  const B_ext = direction.map((x) => Number((x * strength).toPrecision(4)));
  if (at >= 0) void laboratory.set(`energies.${at}.B_ext`, B_ext);
  else void laboratory.set("energies", [...energies, { type: "zeeman", B_ext }] as never, "structure");
}

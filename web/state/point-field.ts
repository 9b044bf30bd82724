import { energies as catalogue } from "../../src/physics/energies/index.ts";
import type { Triple } from "../../src/physics/parameter.ts";
import type { Laboratory } from "./laboratory.ts";

/** Strength of a new field, T. */
const usualStrength = 0.02;

/** The energy whose field is drawn on the sphere, and its parameter. */
const [pointed] = Object.values(catalogue).flatMap(({ type, arrows = [] }) =>
  arrows.flatMap(({ kind, parameter }) => (kind === "field" ? [{ type, parameter }] : [])),
);

/** Points the field along a direction, with its strength unchanged. A field that is driven in time does not change. */
export function pointField(laboratory: Laboratory, direction: Triple): void {
  const list = laboratory.value("energies");
  const energies = Array.isArray(list) ? (list as readonly Record<string, unknown>[]) : [];
  const at = energies.findIndex(({ type }) => type === pointed.type);
  const present = energies[at]?.[pointed.parameter];
  const numbers =
    Array.isArray(present) && present.every((x) => typeof x === "number") ? (present as number[]) : null;
  if (at >= 0 && !numbers) return;
  const strength = (numbers && Math.hypot(...numbers)) || usualStrength;
  const field = direction.map((x) => Number((x * strength).toPrecision(4)));
  if (at >= 0) void laboratory.set(`energies.${at}.${pointed.parameter}`, field);
  else {
    const added = { type: pointed.type, [pointed.parameter]: field };
    void laboratory.set("energies", [...energies, added] as never, "structure");
  }
}

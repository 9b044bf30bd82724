import { isObject } from "../../src/experiment/plain-object.ts";
import type { Variable } from "../plots/map-controls.ts";
import type { Knob } from "../presets/preset.ts";
import type { Plain } from "../values/difference.ts";
import type { FormContext } from "./context.ts";
import { named } from "./knobs.ts";

/** Paths of the numbers below a value, except inside layers of a stack, which have their own names. */
function numbersIn(value: Plain | undefined, path: string): string[] {
  if (typeof value === "number") return [path];
  if (Array.isArray(value)) {
    // a direction is rotated as a whole, although one of its components may be driven
    return (value as readonly Plain[]).flatMap((x, i) => numbersIn(x, `${path}.${i}`));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([key, x]) => (key === "layers" ? [] : numbersIn(x, `${path}.${key}`)))
    : [];
}

/** A likely range of interest around a value. */
const around = (value: number): { from: number; to: number } =>
  value === 0
    ? { from: 0, to: 1 }
    : value > 0
      ? { from: value / 2, to: 2 * value }
      : { from: 2 * value, to: value / 2 };

/**
 * The numbers of an experiment for the axes of a map: first those of the preset with the ends of their sliders, then
 * all others.
 */
export function variablesOf(context: FormContext, knobs: readonly Knob[]): Variable[] {
  const { laboratory } = context;
  const known = knobs.filter(({ path }) => typeof laboratory.value(path) === "number");
  const others = ["magnet", "energies", "torques"]
    .flatMap((key) => numbersIn(laboratory.experiment[key], key))
    .filter((path) => !known.some((knob) => knob.path === path))
    .map((path) => ({ path, ...around(Number(laboratory.value(path))) }));
  return [...known, ...others].map(({ path, from, to }) => {
    const { name, unit } = named(context, path);
    return { path, name, unit: unit === "1" ? "" : unit, from, to };
  });
}

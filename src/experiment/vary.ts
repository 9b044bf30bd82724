import { between, haveOneSign } from "../numerics/between.ts";
import { keysOf } from "./settings.ts";

/** Values of one path: a list, or evenly spaced ones; with `log` evenly spaced on a logarithmic scale. */
export type VariedValues =
  | readonly number[]
  | { readonly from: number; readonly to: number; readonly count: number; readonly scale?: "linear" | "log" };

/** Paths of an experiment and the values they take, as under `vary:` of a sweep file. */
export type Vary = Readonly<Record<string, VariedValues>>;

const mostValues = 10_000;

/**
 * The values themselves, in the order given.
 * @throws RangeError for an invalid range.
 */
export function valuesOf(values: VariedValues): number[] {
  if (Array.isArray(values)) return [...values];
  const { from, to, count, scale = "linear" } = values as Exclude<VariedValues, readonly number[]>;
  if (!(Number.isInteger(count) && count >= 1 && count <= mostValues))
    throw new RangeError(`count must be a whole number from 1 to ${mostValues}, got ${count}`);
  if (![from, to].every(Number.isFinite))
    throw new RangeError(`from and to must be numbers, got ${from}, ${to}`);
  if (scale === "log" && !haveOneSign(from, to))
    throw new RangeError(`from and to must have one sign for a logarithmic scale, got ${from}, ${to}`);
  return Array.from({ length: count }, (_, i) => between(from, to, count === 1 ? 0 : i / (count - 1), scale));
}

/** Every combination of the values, the last path fastest: settings for one experiment each. */
export function gridOf(vary: Vary): Record<string, number>[] {
  return Object.entries(vary).reduce<Record<string, number>[]>(
    (rows, [path, values]) =>
      rows.flatMap((row) => valuesOf(values).map((value) => ({ ...row, [keysOf(path).join(".")]: value }))),
    [{}],
  );
}

/** Reads PATH=1,2,3 or PATH=from:to:count or PATH=from:to:count:log. @throws RangeError with the rule. */
export function readVary(text: string): [string, VariedValues] {
  const equals = text.indexOf("=");
  const path = text.slice(0, Math.max(0, equals)).trim();
  const right = text.slice(equals + 1).trim();
  const rule = `--vary must be PATH=from:to:count, PATH=from:to:count:log or PATH=value,value, got ${text}`;
  if (path === "" || right === "") throw new RangeError(rule);
  const number = (cell: string): number => {
    const value = Number(cell);
    if (cell.trim() === "" || !Number.isFinite(value)) throw new RangeError(rule);
    return value;
  };
  if (!right.includes(":")) return [path, right.split(",").map(number)];
  const [from, to, count, scale, ...rest] = right.split(":");
  if (rest.length > 0 || count === undefined || !["linear", "log", undefined].includes(scale))
    throw new RangeError(rule);
  const values = {
    from: number(from),
    to: number(to),
    count: number(count),
    ...(scale === "log" ? { scale: "log" as const } : {}),
  };
  valuesOf(values);
  return [path, values];
}

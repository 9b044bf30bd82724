import type { MeasuredTrace } from "./measured-trace.ts";
import { TraceError } from "./trace-error.ts";

const prefixes: Readonly<Record<string, number>> = {
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  µ: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** Numbers of a name in order, with their SI prefix: "I=-1.2mA_300K" holds −1.2e-3 and 300. */
function numbersIn(name: string): number[] {
  // a sign counts only if no letter or digit precedes it
  const found = name.matchAll(
    /(?<![\d.])((?<![A-Za-z\d])[+-])?(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)([pnuµmkMG](?=[A-Za-zΩ]))?/g,
  );
  return [...found].map(
    ([, sign, digits, prefix]) =>
      (sign === "-" ? -1 : 1) * Number(digits) * (prefix === undefined ? 1 : prefixes[prefix]),
  );
}

/**
 * The swept value of every trace: the one number in its name that differs between traces. Throws TraceError if there is
 * none or more than one.
 */
export function settingsInNames(names: readonly string[]): number[] {
  const numbers = names.map(numbersIn);
  const count = numbers[0]?.length ?? 0;
  if (numbers.some((row) => row.length !== count))
    throw new TraceError(
      `the names ${names.join(", ")} do not hold the same count of numbers: give the swept values with --values`,
    );
  const differing = Array.from({ length: count }, (_, i) => i).filter(
    (i) => new Set(numbers.map((row) => row[i])).size > 1,
  );
  if (differing.length !== 1)
    throw new TraceError(
      `${differing.length === 0 ? "no number differs" : `${differing.length} numbers differ`} between the names ${names.join(", ")}: give the swept values with --values`,
    );
  return numbers.map((row) => row[differing[0]]);
}

/** The swept values: a list in the order of the traces, or a table of names. */
export type GivenValues = readonly number[] | ReadonlyMap<string, number>;

type Place = Pick<MeasuredTrace, "file" | "column">;

const withoutEnding = (name: string): string => name.replace(/\.[A-Za-z]\w*$/, "");

/**
 * Names of traces: of the columns of one file, or of files with their ending, or of their folders if the files have the
 * same name.
 */
function namesOf(traces: readonly Place[]): string[] {
  if (traces.every(({ file }) => file === traces[0].file)) return traces.map(({ column }) => column);
  const paths = traces.map(({ file }) => file.split(/[\\/]/).reverse());
  const depth = paths[0].findIndex((part, up) => paths.some((path) => path[up] !== part));
  return paths.map((path) => path[Math.max(0, depth)] ?? "");
}

/** Reads "name, value" lines, separated by a comma, semicolon, tab or blanks; a first line without a value is a header. */
export function valuesByName(file: string, text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (/^\s*(#|$)/.test(line)) return;
    const [, name = "", value = ""] = /^\s*(.*?)\s*[,;\t ]\s*([^,;\t ]+)\s*$/.exec(line) ?? [];
    const isHeader = found.size === 0 && !Number.isFinite(Number(value));
    if (isHeader && name !== "") return;
    if (name === "" || !Number.isFinite(Number(value)))
      throw new TraceError(`${file}: line ${i + 1} must be a name and a number, got ${line.trim()}`);
    if (found.has(name)) throw new TraceError(`${file}: line ${i + 1}: ${name} is there already`);
    found.set(name, Number(value));
  });
  return found;
}

/** The swept value of every trace: as given, or from names. Throws TraceError if there is none. */
export function settingsOf(traces: readonly Place[], given: GivenValues | undefined): number[] {
  const names = namesOf(traces);
  if (given === undefined) return settingsInNames(names.map(withoutEnding));
  if ("get" in given)
    return names.map((name) => {
      const value = given.get(name) ?? given.get(withoutEnding(name));
      if (value !== undefined) return value;
      throw new TraceError(`the table of --values has no ${name}; it has ${[...given.keys()].join(", ")}`);
    });
  if (given.length !== traces.length || !given.every(Number.isFinite))
    throw new TraceError(`--values must be ${traces.length} numbers, one a trace, got ${given.join(",")}`);
  return [...given];
}

/** Every trace with its swept value. */
export function withSettings(
  traces: readonly MeasuredTrace[],
  name: string,
  given: GivenValues | undefined,
): MeasuredTrace[] {
  const values = settingsOf(traces, given);
  return traces.map((trace, i) => ({ ...trace, setting: { name, value: values[i] } }));
}

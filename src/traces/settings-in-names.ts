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

/** Every trace with its swept value: as given, or from the names of the files or of the columns of one file. */
export function withSettings(
  traces: readonly MeasuredTrace[],
  name: string,
  given: readonly number[] | undefined,
): MeasuredTrace[] {
  const isOneFile = traces.every(({ file }) => file === traces[0].file);
  const names = traces.map(({ file, column }) =>
    isOneFile ? column : file.replace(/^.*[\\/]/, "").replace(/\.[A-Za-z]\w*$/, ""),
  );
  const values = given ?? settingsInNames(names);
  if (values.length !== traces.length || !values.every(Number.isFinite))
    throw new TraceError(`--values must be ${traces.length} numbers, one a trace, got ${values.join(",")}`);
  return traces.map((trace, i) => ({ ...trace, setting: { name, value: values[i] } }));
}

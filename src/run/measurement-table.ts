import type { Measurable, Measurement } from "./measurement.ts";
import { measurable } from "./measurement.ts";

/** Short names of columns that set a parameter. */
const aliases: ReadonlyMap<string, string> = new Map([["temperature", "magnet.temperature"]]);

/** Correlation of the errors of ln tau_up and ln tau_down. */
const correlationColumn = "tau_correlation";

/** Lists the first problems only: a file of another kind has one in every line. */
const mostProblems = 20;
const firstOf = (problems: readonly string[]): string =>
  [
    ...problems.slice(0, mostProblems),
    ...(problems.length > mostProblems
      ? [`and ${problems.length - mostProblems} more problems of this kind`]
      : []),
  ].join("\n");

/**
 * Reads measurements from a table with a header, separated by commas, semicolons or tabs; lines that begin with # are
 * skipped. Columns: tau_up, tau_down, p_up, each with NAME_error, tau_correlation of the errors of the first two, and any
 * path of the experiment. Throws RangeError with all problems, each with its line.
 */
export function measurementsIn(file: string, text: string): Measurement[] {
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, i) => (/^\s*(#|$)/.test(line) ? [] : [{ line, number: i + 1 }]));
  if (lines.length < 2) throw new RangeError(`${file} must have a header and at least one row`);
  const cut = (line: string): string[] => line.split(/[,;\t]/).map((cell) => cell.trim());
  const header = cut(lines[0].line);
  const problems: string[] = [];
  const isKnown = (name: string): boolean =>
    name === correlationColumn ||
    measurable.some((quantity) => name === quantity || name === `${quantity}_error`);
  for (const name of header)
    if (!isKnown(name) && !aliases.has(name) && !name.includes("."))
      problems.push(
        `${file}: column ${name} is not known; there are ${measurable.join(", ")}, each with _error, ${correlationColumn}, temperature, and paths of the experiment`,
      );
  const present = measurable.filter((quantity) => header.includes(quantity));
  if (present.length === 0)
    problems.push(`${file}: one of the columns ${measurable.join(", ")} must be there`);
  for (const quantity of present)
    if (!header.includes(`${quantity}_error`))
      problems.push(`${file}: column ${quantity}_error must be there`);
  // a table without these columns would be wrong in every cell
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  const rows = lines.slice(1).flatMap(({ line, number }): Measurement[] => {
    const cells = cut(line);
    if (cells.length !== header.length) {
      problems.push(`${file}: line ${number} must have ${header.length} columns, got ${cells.length}`);
      return [];
    }
    const at = (name: string): number => {
      const value = Number(cells[header.indexOf(name)]);
      if (!Number.isFinite(value) || cells[header.indexOf(name)] === "")
        problems.push(
          `${file}: line ${number}: ${name} must be a number, got ${cells[header.indexOf(name)]}`,
        );
      return value;
    };
    const settings = Object.fromEntries(
      header.filter((name) => !isKnown(name)).map((name) => [aliases.get(name) ?? name, at(name)]),
    );
    const values: Partial<Record<Measurable, { value: number; error: number }>> = {};
    for (const quantity of present) {
      const found = {
        value: at(quantity),
        error: header.includes(`${quantity}_error`) ? at(`${quantity}_error`) : 1,
      };
      if (!(found.value > 0 && found.error > 0))
        problems.push(`${file}: line ${number}: ${quantity} and its error must be > 0`);
      values[quantity] = found;
    }
    if (!header.includes(correlationColumn)) return [{ settings, values }];
    const correlation = at(correlationColumn);
    if (!(Math.abs(correlation) < 1))
      problems.push(
        `${file}: line ${number}: ${correlationColumn} must be between -1 and 1, got ${correlation}`,
      );
    return [{ settings, values, correlation }];
  });
  if (problems.length > 0) throw new RangeError(firstOf(problems));
  return rows;
}

/** Whether the first line that is not a comment names a quantity that can be fitted. */
export const isMeasurementTable = (text: string): boolean => {
  const head = text.split(/\r?\n/).find((line) => !/^\s*(#|$)/.test(line)) ?? "";
  const names = head.split(/[,;\t]/).map((cell) => cell.trim());
  return measurable.some((quantity) => names.includes(quantity));
};

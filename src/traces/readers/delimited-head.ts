import { TraceError } from "../trace-error.ts";
import { isTimeName, nameAndUnit, secondsIn } from "./units.ts";

export interface DelimitedColumn {
  readonly index: number;
  readonly name: string;
  readonly unit: string;
}

/** Layout of a table in a text file. */
export interface DelimitedLayout {
  /** A character, or " " for any run of blanks. */
  readonly delimiter: string;
  readonly decimalComma: boolean;
  /** Lines before the first row of numbers. */
  readonly skip: number;
  readonly columns: readonly DelimitedColumn[];
  /** The column of times, and its unit in seconds; null if there is none. */
  readonly time: { readonly column: DelimitedColumn; readonly factor: number } | null;
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;
/** Also matches words for a missing number; the reader reports their place. */
const missing = /^[+-]?(nan|inf|infinity)$/i;

export const cut = (line: string, delimiter: string): string[] =>
  (delimiter === " " ? line.trim().split(/\s+/) : line.split(delimiter)).map((cell) =>
    cell.trim().replace(/^"(.*)"$/, "$1"),
  );

const isNumber = (cell: string, comma: boolean): boolean =>
  number.test(comma ? cell.replace(",", ".") : cell) || missing.test(cell);

/** Delimiters to try, without and with a decimal comma. */
const arrangements = [
  ["\t", false],
  [";", false],
  ["\t", true],
  [";", true],
  [" ", false],
  [",", false],
  [" ", true],
] as const;

/** Finds the layout from the first lines of a file. Throws TraceError if it is ambiguous. */
export function layoutOf(name: string, lines: readonly string[]): DelimitedLayout {
  const tries = arrangements.map(([delimiter, comma]) => arrangement(lines, delimiter, comma));
  // most rows of numbers first, then most columns
  const best = tries.reduce((a, b) =>
    b.rows > a.rows || (b.rows === a.rows && b.indices.length > a.indices.length) ? b : a,
  );
  if (best.rows < 2)
    throw new TraceError(`${name}: no rows of numbers were found in its first ${lines.length} lines`);
  requireUnambiguous(name, lines, best);
  requireOneDelimiter(name, lines, best);
  const { skip, indices, delimiter, comma } = best;
  const headers = lines.slice(0, skip).map((line) => cut(line.replace(/^[#%!]\s*/, ""), delimiter));
  // words separated by blanks are names only if there are as many as numbers
  const width = cut(lines[skip], delimiter).length;
  const titles = delimiter === " " ? headers.filter((cells) => cells.length === width) : headers;
  const columns = named(titles, indices);
  return { delimiter, decimalComma: comma, skip, columns, time: timeColumn(name, columns, lines, best) };
}

interface Arrangement {
  readonly delimiter: string;
  readonly comma: boolean;
  readonly skip: number;
  readonly rows: number;
  readonly indices: readonly number[];
}

/** Number of consecutive rows of numbers that start the body: a word further down is an error, not a header. */
const firstRows = 5;

/** The columns that hold numbers in most of the last lines, and the first of some lines in which they all do. */
function arrangement(lines: readonly string[], delimiter: string, comma: boolean): Arrangement {
  const kept = lines.filter((line) => line.trim() !== "");
  const sets = kept.slice(-20).map((line) =>
    cut(line, delimiter)
      .flatMap((cell, i) => (isNumber(cell, comma) ? [i] : []))
      .join(),
  );
  const often = (set: string): number => sets.filter((other) => other === set).length;
  const common = sets.reduce((a, b) => (often(b) > often(a) ? b : a), "");
  const indices = common === "" ? [] : common.split(",").map(Number);
  const isRow = (line: string): boolean => {
    const cells = cut(line, delimiter);
    return indices.every((i) => isNumber(cells[i] ?? "", comma));
  };
  // blank lines may stand between rows
  const places = lines.flatMap((line, i) => (line.trim() === "" ? [] : [i]));
  const fits = places.map((i) => isRow(lines[i]));
  let first = 0;
  while (first < places.length && !fits.slice(first, first + firstRows).every(Boolean)) first++;
  const skip = places[first] ?? lines.length;
  const rows = indices.length === 0 ? 0 : fits.slice(first).filter(Boolean).length;
  return { delimiter, comma, skip, rows, indices };
}

/** Decides whether "1,5" in every line is a decimal comma or two columns. */
function requireUnambiguous(
  name: string,
  lines: readonly string[],
  { delimiter, comma, skip, rows, indices }: Arrangement,
): void {
  if (delimiter !== "," || comma) return;
  const names = lines
    .slice(0, skip)
    .map((line) => cut(line, ","))
    .find((cells) => 2 * cells.length === indices.length && !cells.some((cell) => isNumber(cell, false)));
  if (names && names.length > 1)
    throw new TraceError(
      `${name}: line ${skip + 1}: ${indices.length} whole numbers stand under ${names.length} names: decimal commas and commas between columns are the same sign; write decimal points, or semicolons between columns`,
    );
  const body = lines.slice(skip, skip + Math.min(rows, 50)).filter((line) => line.trim() !== "");
  if (!body.every((line) => /^\s*[+-]?\d+,\d+\s*$/.test(line))) return;
  const header = skip > 0 ? cut(lines[skip - 1], ",") : [];
  if (header.length === 2) return;
  const firsts = body.map((line) => Number(line.split(",")[0]));
  if (
    firsts.every((value, i) => i === 0 || value - firsts[i - 1] === firsts[1] - firsts[0]) &&
    firsts[1] > firsts[0]
  )
    return;
  throw new TraceError(
    `${name}: line ${skip + 1}: "${body[0].trim()}" is one number with a decimal comma or two whole numbers; add a header, or write a decimal point`,
  );
}

const delimiterNames: Readonly<Record<string, string>> = { "\t": "tabs", " ": "blanks" };

/** Throws if rows of numbers stand above the body: their columns have another delimiter. */
function requireOneDelimiter(
  name: string,
  lines: readonly string[],
  { delimiter, skip, indices }: Arrangement,
): void {
  const above = lines.slice(0, skip).filter((line) => line.trim() !== "");
  for (const [other, comma] of arrangements) {
    if (other === delimiter) continue;
    const isRow = (line: string): boolean => {
      const cells = cut(line, other);
      return (
        cells.length > 1 && cells.length === indices.length && cells.every((cell) => isNumber(cell, comma))
      );
    };
    let run = 0;
    for (const line of above) run = isRow(line) ? run + 1 : 0;
    if (run >= firstRows)
      throw new TraceError(
        `${name}: line ${skip + 1}: columns are separated by ${delimiterNames[delimiter] ?? `"${delimiter}"`} from here on, but by ${delimiterNames[other] ?? `"${other}"`} above`,
      );
  }
}

/**
 * Names from the last header line with text in these columns; units from the same line or from a line of units below
 * it.
 */
function named(headers: readonly string[][], indices: readonly number[]): DelimitedColumn[] {
  const wide = headers.filter((cells) => indices.every((i) => (cells[i] ?? "") !== ""));
  const last = wide[wide.length - 1];
  const before = wide[wide.length - 2];
  const words = (cells: readonly string[] | undefined): boolean =>
    cells !== undefined && indices.every((i) => !isNumber(cells[i], false));
  const isUnits =
    words(last) &&
    before !== undefined &&
    indices.some((i) => secondsIn(last[i].replace(/[()[\]]/g, "")) !== undefined);
  const names = isUnits ? before : words(last) ? last : undefined;
  return indices.map((index, i) => {
    const { name, unit } = names ? nameAndUnit(names[index]) : { name: `column ${i + 1}`, unit: "" };
    return { index, name, unit: isUnits ? last[index].replace(/[()[\]]/g, "").trim() : unit };
  });
}

function timeColumn(
  file: string,
  columns: readonly DelimitedColumn[],
  lines: readonly string[],
  { skip, delimiter, comma, rows }: Arrangement,
): DelimitedLayout["time"] {
  const known = columns.find(
    ({ name, unit }, i) => isTimeName(name) || (i === 0 && secondsIn(unit) !== undefined),
  );
  if (known) {
    const factor = known.unit === "" ? 1 : secondsIn(known.unit);
    if (factor === undefined)
      throw new TraceError(
        `${file}: line ${skip}: "${known.unit}", the unit of column ${known.name}, is no unit of time`,
      );
    return { column: known, factor };
  }
  // without a name: the first of several columns if it rises in equal steps
  if (columns.length < 2 || !/^column \d+$/.test(columns[0].name)) return null;
  const values = lines
    .slice(skip, skip + Math.min(rows, 40))
    .filter((line) => line.trim() !== "")
    .map((line) => Number(cut(line, delimiter)[columns[0].index].replace(comma ? "," : "\0", ".")));
  const step = (values[values.length - 1] - values[0]) / (values.length - 1);
  const even = values.every((value, i) => Math.abs(value - values[0] - i * step) < 0.6 * step);
  return step > 0 && even ? { column: { ...columns[0], name: "time" }, factor: 1 } : null;
}

import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import type { DelimitedColumn, DelimitedLayout } from "./delimited-head.ts";
import { layoutOf } from "./delimited-head.ts";
import { flawOf } from "./flaw-of.ts";
import type { Chunk, TraceFile } from "./trace-file.ts";
import { UniformTimes } from "./uniform-times.ts";

const headBytes = 1 << 16;
const pieceBytes = 1 << 20;

/** Tables in text files: CSV, TSV, any delimiter, decimal points or commas, header lines, units in the header. */
export async function openDelimited(
  source: ByteSource,
  given: { readonly sampleTime?: number; readonly encoding?: string } = {},
): Promise<TraceFile> {
  const { encoding = "utf-8" } = given;
  const head = new TextDecoder(encoding).decode(await source.read(0, Math.min(headBytes, source.size)));
  const lines = head.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  // the last line of the head may be cut
  if (source.size > headBytes) lines.pop();
  while (lines.length > 0 && lines[lines.length - 1].trim() === "") lines.pop();
  const layout = layoutOf(source.name, lines);
  const values = layout.columns.filter((column) => column.index !== layout.time?.column.index);
  if (values.length === 0) throw new TraceError(`${source.name}: there is a column of times and no other`);
  return {
    format: "text",
    columns: values.map((column) => ({
      name: column.name,
      unit: column.unit,
      samples: null,
      sampleTime: null,
      chunks: () => chunksOf(source, layout, column, { ...given, encoding }),
    })),
  };
}

async function* chunksOf(
  source: ByteSource,
  layout: DelimitedLayout,
  column: DelimitedColumn,
  { encoding, sampleTime: given }: { readonly encoding: string; readonly sampleTime?: number },
): AsyncGenerator<Chunk> {
  const { delimiter, decimalComma, skip, time } = layout;
  let lineNumber = 0;
  // the first times are checked together
  const headLines: number[] = [];
  // a given time between samples replaces a column with too few digits
  const times =
    time && given === undefined
      ? new UniformTimes(time.factor, (sample) => `${source.name}: line ${headLines[sample] ?? lineNumber}`)
      : null;
  const decoder = new TextDecoder(encoding);
  let rest = "";
  let [first, last, count] = [Number.NaN, Number.NaN, 0];
  const numberIn = (cells: readonly string[], of: DelimitedColumn): number => {
    const text = cells[of.index];
    const where = `${source.name}: line ${lineNumber}`;
    if (text === undefined || text === "") throw new TraceError(`${where}: column ${of.name} is missing`);
    const value = Number(plain(text, decimalComma));
    const flaw = flawOf(value);
    if (flaw !== null) throw new TraceError(`${where}: column ${of.name} is "${text}", ${flaw}`);
    return value;
  };
  for (let offset = 0; offset < source.size; offset += pieceBytes) {
    const bytes = await source.read(offset, Math.min(pieceBytes, source.size - offset));
    const isLast = offset + pieceBytes >= source.size;
    const lines = (rest + decoder.decode(bytes, { stream: !isLast })).split(/\r\n|\n|\r(?!$)/);
    rest = isLast ? "" : (lines.pop() ?? "");
    const values = new Float64Array(lines.length);
    let found = 0;
    for (const line of lines) {
      lineNumber++;
      if (lineNumber <= skip || line === "" || line.trim() === "") continue;
      const cells = cellsOf(line, delimiter);
      if (time) {
        last = numberIn(cells, time.column);
        if (count === 0) first = last;
        if (count < UniformTimes.together) headLines.push(lineNumber);
        times?.add(last);
      }
      count++;
      values[found++] = numberIn(cells, column);
    }
    const chunk = {
      values: values.subarray(0, found),
      done: Math.min(1, (offset + bytes.length) / source.size),
    };
    if (!isLast) yield chunk;
    else
      yield {
        ...chunk,
        ...sampleTimeOf(source, times, given, time ? ((last - first) / (count - 1)) * time.factor : null),
      };
  }
}

/** Splits without trimming each cell, because number conversion ignores blanks. */
const cellsOf = (line: string, delimiter: string): string[] =>
  delimiter === " " ? line.trim().split(/\s+/) : line.split(delimiter);

function plain(text: string, decimalComma: boolean): string {
  const bare = text.charCodeAt(0) === 34 ? text.replace(/"/g, "") : text;
  return decimalComma ? bare.replace(",", ".") : /[dD]/.test(bare) ? bare.replace(/[dD]/, "e") : bare;
}

function sampleTimeOf(
  source: ByteSource,
  times: UniformTimes | null,
  given: number | undefined,
  fromColumn: number | null,
): { sampleTime?: number } {
  if (times) return { sampleTime: times.sampleTime };
  if (given === undefined || fromColumn === null || !Number.isFinite(fromColumn)) return {};
  if (Math.abs(fromColumn / given - 1) > 0.02)
    throw new TraceError(
      `${source.name}: the column of times gives ${Number(fromColumn.toPrecision(6))} s between samples, but ${given} s was asked for: is its unit wrong?`,
    );
  return {};
}

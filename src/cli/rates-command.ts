import { timeUnitOf } from "../experiment/natural-units.ts";
import { unitAt } from "../experiment/path-unit.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import type { Vary } from "../experiment/vary.ts";
import { readVary } from "../experiment/vary.ts";
import { observables } from "../observables/index.ts";
import { formulaAt, formulasOf, lawRows, missingLines, ratesHtml, ratesTable } from "../report/rates.ts";
import { ratesBeside } from "../run/rates-beside.ts";
import type { RatesOver } from "../run/rates-over.ts";
import { csvCell } from "../sweep/table.ts";
import { exitCode, UsageError } from "./exit.ts";
import { listening } from "./interrupts.ts";
import { readExperiment } from "./read-experiment.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";
import { say } from "./say.ts";
import { outputPlace, plotlyText, sayResultFolder, writeFolder } from "./write-result.ts";

export interface RatesFlags {
  readonly vary: readonly string[];
  readonly json?: boolean;
  readonly out?: string;
  readonly set: readonly string[];
}

/** The columns as text, aligned. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => [...row[i]].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + " ".repeat(widths[i] - [...cell].length))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** One line for each row: settings, then every figure; a missing one is empty. */
function csv({ paths, rows }: RatesOver): string {
  const figures = ["rate", "errorEstimate", "barrier", "attemptTime"] as const;
  const formulas = formulasOf(rows);
  const head = [
    ...paths,
    ...(["slowest", "up", "down"] as const).flatMap((key) => figures.map((figure) => `${key}.${figure}`)),
    "dwellUp",
    "dwellDown",
    "dwellError",
    "notSwitched",
    "notSwitchedError",
    ...formulas,
    "missing",
  ];
  const lines = rows.map((row) => [
    ...paths.map((path) => row.settings[path]),
    ...(["slowest", "up", "down"] as const).flatMap((key) =>
      figures.map((figure) => row[key]?.[figure] ?? null),
    ),
    row.dwellUp,
    row.dwellDown,
    row.dwellError,
    row.notSwitched,
    row.notSwitchedError,
    ...formulas.map((name) => formulaAt(row, name)),
    row.reasons.map(({ quantity, reason }) => `${quantity}: ${reason}`).join("; "),
  ]);
  return `${[head, ...lines].map((line) => line.map(csvCell).join(",")).join("\n")}\n`;
}

/** Whether no row has an exact figure: then the command fails. */
const isEmpty = (found: RatesOver, timeUnit: string): boolean =>
  ratesTable(found, timeUnit).head.length === found.paths.length;

const apart =
  "\nrare events need an ensemble and are not in this table: spinsemble sweep, with the same paths in its file, gives them with intervals, exact values and formulas\n";

/** A table that takes longer than this, s, should be saved row by row, which this command does not do. */
const worthKeeping = 120;

/** Computes all rows on all cores; Ctrl-C leaves out unfinished ones. */
async function rowsOf(
  experiment: CompletedExperiment,
  vary: Vary,
  { show, signal }: { readonly show: boolean; readonly signal: AbortSignal },
): Promise<Awaited<ReturnType<typeof ratesBeside>>> {
  const began = performance.now();
  let isSaid = false;
  const onRow = (done: number, rows: number): void => {
    const left = (((performance.now() - began) / 1000) * (rows - done)) / done;
    if (!isSaid && !signal.aborted && left > worthKeeping) {
      isSaid = true;
      say(
        `${rows - done} rows will take about ${left.toFixed(0)} s, and are written only at the end or at Ctrl-C; spinsemble sweep --exact writes each row when it is done`,
      );
    }
    if (show) rewriteLine(process.stderr, `${done} of ${rows} rows, about ${left.toFixed(0)} s left`);
  };
  try {
    return await ratesBeside(experiment, vary, { signal, onRow });
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  } finally {
    if (show) clearLine(process.stderr);
  }
}

/** `spinsemble rates FILE --vary PATH=from:to:count` */
export async function ratesCommand(file: string, flags: RatesFlags): Promise<number> {
  const vary = Object.fromEntries(flags.vary.map(readVary));
  const experiment = await readExperiment(file, flags.set, "exact");
  const name = experiment.name ?? "experiment";
  const folder = await outputPlace(flags, `rates ${name}`);
  return listening("stopping; the rows that are done will be written (again: quit at once)", (signal) =>
    tabulated({ experiment, vary, name, folder, signal }, flags),
  );
}

/** The experiment and the varied parameters of a table of rates, and where it goes. */
interface Asked {
  readonly experiment: CompletedExperiment;
  readonly vary: Vary;
  readonly name: string;
  readonly folder: string | undefined;
  readonly signal: AbortSignal;
}

/** Computes the table and delivers it. */
async function tabulated(
  { experiment, vary, name, folder, signal }: Asked,
  flags: RatesFlags,
): Promise<number> {
  const show = process.stderr.isTTY && !flags.json;
  const { missed, ...found } = await rowsOf(experiment, vary, { show, signal });
  const timeUnit = timeUnitOf({ experiment });
  const [first] = found.paths;
  const units = { time: timeUnit, path: first === undefined ? "" : unitAt(experiment, first) };
  const result = { experiment, timeUnit, ...found };
  if (folder !== undefined)
    await writeFolder(folder, {
      "result.json": `${JSON.stringify(result, null, 1)}\n`,
      "table.csv": csv(found),
      "report.html": ratesHtml(name, found, units, await plotlyText()),
    });
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const { head, cells } = ratesTable(found, timeUnit);
    process.stdout.write(`${aligned([head, ...cells])}\n`);
    const laws = lawRows(found, timeUnit);
    if (laws.length > 0) process.stdout.write(`\n${aligned(laws)}\n`);
    for (const line of missingLines(found)) process.stdout.write(`missing: ${line}\n`);
    if (experiment.observables.some(({ type }) => observables[type].countApart)) process.stdout.write(apart);
  }
  sayResultFolder(folder, flags.json);
  if (missed > 0) {
    say(
      `stopped: ${missed} of ${found.rows.length} rows are missing; the same command with their values alone (--vary PATH=value,value) gives them`,
    );
    return exitCode.failed;
  }
  if (!isEmpty(found, timeUnit)) return exitCode.done;
  process.stderr.write("no exact figure could be given for any row; the reasons are below the table\n");
  return exitCode.disagreement;
}

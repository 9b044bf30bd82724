/**
 * Rare events at full size against exact values: write errors, read disturb, rates of escape, a steady state under
 * current, an oblique field, short runs at rest; the mean of many runs and the number of their intervals that contain
 * the exact value; importance functions that are wrong on purpose; and the cost compared with a hand-written program
 * for one core. On WebAssembly; prints lines of tables.
 *
 *   npm run rare-events -- [write] [disturb] [escape] [oblique] [coverage] [rates] [short] [wrong] [cost] [--spins 1000000] [--runs 60]
 *     [--walkers 65536] [--only TEXT] [--json FILE]
 *
 * --spins are those of single cases, --walkers those of each of many runs. --only takes the cases whose name holds a
 * text. --json adds the results to a file. Ends with 1 if an interval misses its exact value or a figure is more than 5
 * % from it, where more than one in ten of many intervals misses it, or where their mean is more than four standard
 * errors away.
 */
import "./help.mjs";

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describeMachine } from "../src/bench/machine.ts";
import { options } from "./options.ts";
import type { Case } from "./rare-events/cases.ts";
import { escapes, oblique, readDisturb, shortRuns, typical, writeErrors } from "./rare-events/cases.ts";
import type { Cost } from "./rare-events/cost.ts";
import { costs } from "./rare-events/cost.ts";
import type { Bend } from "./rare-events/counted.ts";
import { counted, exactOf } from "./rare-events/counted.ts";
import { isHonest, series } from "./rare-events/series.ts";
import { wrong } from "./rare-events/wrong.ts";

const { values, positionals } = options({
  spins: { type: "string", default: "1000000" },
  runs: { type: "string", default: "60" },
  walkers: { type: "string", default: "65536" },
  only: { type: "string", default: "" },
  json: { type: "string" },
});
const [spins, runs, walkers] = [values.spins, values.runs, values.walkers].map(Number);
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const named = ({ name }: { readonly name: string }): boolean => name.includes(values.only);
let failed = false;

/** Results by table and name: results already in a file stay, except for the same case with as many spins. */
function keep(table: "cases" | "series" | "costs", key: string, row: object): void {
  if (values.json === undefined) return;
  const file = existsSync(values.json) ? JSON.parse(readFileSync(values.json, "utf8")) : {};
  file[table] = { ...file[table], [key]: row };
  writeFileSync(values.json, `${JSON.stringify({ ...file, machine }, null, 1)}\n`);
}
const machine = await describeMachine();

/** A line of the table of single runs. */
async function line(of: Case): Promise<void> {
  const known = exactOf(of);
  const { figure, found, seconds, share } = await counted(of, spins);
  const off = figure ? figure.value / known - 1 : Number.NaN;
  const { low = null, high = null } = figure ?? {};
  const isGood = low !== null && high !== null && low <= known && known <= high && Math.abs(off) < 0.05;
  failed ||= !isGood;
  const spinSteps = found.spins * found.steps;
  keep("cases", `${of.name}, ${spins} spins`, {
    exact: known,
    value: figure?.value ?? null,
    low,
    high,
    relativeError: found.relativeError,
    spinSteps,
    seconds,
    share,
    ...(found.reason ? { reason: found.reason } : {}),
  });
  const cells = [
    of.name,
    known.toPrecision(7),
    figure?.value.toPrecision(4),
    low === null ? found.reason : `${low.toPrecision(4)} … ${high?.toPrecision(4)}`,
    `${(100 * off).toFixed(1)} %`,
    isGood ? "yes" : "no",
    spinSteps.toExponential(1),
    `${seconds.toFixed(0)} s`,
    `${(100 * share).toFixed(0)} %`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** A line of the table of many runs. */
async function many(of: Case, bend?: Bend): Promise<void> {
  const found = await series(of, walkers, runs, bend);
  // results with wrong functions do not count: most of their runs may have no events
  failed ||= !bend && !isHonest(found);
  keep("series", `${of.name}, ${walkers} spins`, found);
  const { mean, error, held, none, stated, seconds } = found;
  const ratio = `${mean.toFixed(3)} ± ${error.toFixed(3)}`;
  const cells = [of.name, walkers, runs, ratio, `${(100 * stated).toFixed(1)} %`, held, none];
  console.log(`| ${cells.join(" | ")} | ${seconds.toFixed(1)} s |`);
}

const cost = (found: Cost | string): void => {
  if (typeof found === "string") {
    console.log(found);
    return;
  }
  keep("costs", found.program, found);
  const { program, value, exact, relativeError, spinSteps, seconds } = found;
  const cells = [
    program,
    (value / exact).toFixed(3),
    `${(100 * relativeError).toFixed(1)} %`,
    spinSteps.toExponential(1),
    `${seconds.toFixed(1)} s`,
    `${found.secondsForTenPercent.toPrecision(2)} s`,
    `${found.yearsOfDirect.toPrecision(2)} years`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
};

const head = (...cells: string[]): void =>
  console.log(`\n| ${cells.join(" | ")} |\n|${"---|".repeat(cells.length)}`);

const singles = [
  ...(wanted("write") ? writeErrors : []),
  ...(wanted("disturb") ? [readDisturb] : []),
  ...(wanted("escape") ? escapes : []),
  ...(wanted("oblique") ? [oblique] : []),
].filter(named);
if (singles.length > 0)
  head(
    "case",
    "exact",
    "splitting",
    "95 %",
    "off",
    "within 5 % and inside",
    "spin-steps",
    "processor",
    "resampling",
  );
for (const of of singles) await line(of);
const honest = [
  ...(wanted("coverage") ? [typical, readDisturb] : []),
  ...(wanted("rates") ? [...escapes, oblique] : []),
  ...(wanted("short") ? shortRuns : []),
].filter(named);
if (honest.length > 0 || wanted("wrong"))
  head(
    "case",
    "spins",
    "runs",
    "mean over exact",
    "stated error",
    "intervals that hold it",
    "no interval",
    "processor of one",
  );
for (const of of honest) await many(of);
if (wanted("wrong"))
  for (const { name, bend } of wrong.filter(named))
    await many({ ...typical, name: `${typical.name}, ${name}` }, bend);
if (wanted("cost")) {
  head(
    "program",
    "figure over exact",
    "error",
    "spin-steps",
    "processor",
    "processor for 10 %",
    "10¹⁴ trajectories",
  );
  for (const found of await costs(walkers)) cost(found);
}
process.exitCode = failed ? 1 : 0;

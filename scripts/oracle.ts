/**
 * Holds the exact side against the independent solver of test/oracle over random experiments of the whole catalogue.
 *
 *   npm run oracle -- [--count 100] [--from 1] [--minutes 60] [--fresh]
 *
 * What is done stands in node_modules/.cache and is not done again; --fresh forgets it. Ends with a table, and with 1
 * if a figure disagrees.
 */
import "./help.mjs";

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { checkExperiment } from "../test/oracle/check.ts";
import type { Outcome } from "../test/oracle/compare.ts";
import { randomExperiment } from "../test/oracle/random-experiment.ts";
import { options } from "./options.ts";

const { values } = options({
  count: { type: "string", default: "100" },
  from: { type: "string", default: "1" },
  minutes: { type: "string", default: "60" },
  fresh: { type: "boolean", default: false },
});

type Row = { readonly seed: number; readonly seconds: number } & (Outcome | { readonly error: string });

const folder = new URL("../node_modules/.cache/spinsemble/", import.meta.url);
const file = new URL("oracle.jsonl", folder);
mkdirSync(folder, { recursive: true });
if (values.fresh) rmSync(file, { force: true });
const rows: Row[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line)
      .map((line) => JSON.parse(line) as Row)
  : [];
const done = new Set(rows.map(({ seed }) => seed));
const seconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
const end = Date.now() + 60_000 * Number(values.minutes);
const [from, count] = [Number(values.from), Number(values.count)];

for (let seed = from; seed < from + count && Date.now() < end; seed++) {
  if (done.has(seed)) continue;
  const began = seconds();
  let outcome: Outcome | { error: string };
  try {
    outcome = checkExperiment(randomExperiment(seed));
  } catch (error) {
    outcome = { error: error instanceof Error ? error.message : String(error) };
  }
  const row: Row = { seed, seconds: seconds() - began, ...outcome };
  rows.push(row);
  appendFileSync(file, `${JSON.stringify(row)}\n`);
  console.log(
    `${seed} (${row.seconds.toFixed(0)} s):`,
    "error" in row
      ? `could not be done: ${row.error}`
      : `${row.compared} figures, ${row.sharp} sharp, worst ${row.worst.toFixed(2)} of what is allowed${row.refused.length > 0 ? `; refused: ${row.refused.join("; ")}` : ""}`,
  );
  if ("disagreements" in row)
    for (const { figure, product, oracle, allowed } of row.disagreements)
      console.log(`    ${figure}: ${product}, oracle ${oracle} ± ${allowed.toExponential(1)}`);
}

const judged = rows.filter((row): row is Row & Outcome => "compared" in row);
const total = (of: (row: Outcome) => number): number => judged.reduce((sum, row) => sum + of(row), 0);
console.log(
  `${judged.length} experiments, ${total(({ compared }) => compared)} figures compared, ${total(({ sharp }) => sharp)} of them with an error of the oracle below 1e-3; ` +
    `${total(({ disagreements }) => disagreements.length)} disagree, ${total(({ refused }) => refused.length)} refused by the exact side, ${rows.length - judged.length} experiments could not be done`,
);
if (total(({ disagreements }) => disagreements.length) > 0) process.exitCode = 1;

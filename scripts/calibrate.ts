/**
 * Calibration of the certificate: correct ensembles of several sizes and many seeds against their exact side. p-values should be
 * uniform or lie high, and certificates fail no more often than they promise.
 *
 *   npm run calibrate -- [--minutes 60] [--seeds 20] [--ensembles 20,100,1000,10000] [--only PATTERN] [--report FILE] [--fresh]
 *
 * Runs that are done stand in node_modules/.cache and are not done again; --fresh forgets them. The largest ensembles run last and
 * with a tenth of the seeds. --report writes the tables into a file.
 */
import "./help.mjs";

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { configurations } from "./calibration/configurations.ts";
import { endedAtOnce } from "./calibration/ended-at-once.ts";
import type { Prepared } from "./calibration/ensembles.ts";
import { prepare, resized, verdictOf } from "./calibration/ensembles.ts";
import { kindOf } from "./calibration/kinds.ts";
import type { Row } from "./calibration/table.ts";
import { tableOfAlarms, tableOfReasons, tableOfTests } from "./calibration/table.ts";
import { options } from "./options.ts";

const { values } = options({
  minutes: { type: "string", default: "60" },
  seeds: { type: "string", default: "20" },
  ensembles: { type: "string", default: "20,100,1000,10000" },
  only: { type: "string" },
  report: { type: "string" },
  fresh: { type: "boolean", default: false },
});

await endedAtOnce("what was done is kept; the same command goes on");

const folder = new URL("../node_modules/.cache/spinsemble/", import.meta.url);
const file = new URL("calibration.jsonl", folder);
mkdirSync(folder, { recursive: true });
if (values.fresh) rmSync(file, { force: true });
const keyOf = (configuration: string, ensemble: number, seed: number): string =>
  `${configuration}|${ensemble}|${seed}`;
const read: Row[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line)
      .map((line) => JSON.parse(line) as Row)
  : [];
// two at work at once may have done the same run
const rows = [
  ...new Map(read.map((row) => [keyOf(row.configuration, row.ensemble, row.seed), row])).values(),
];
const done = new Set(rows.map((row) => keyOf(row.configuration, row.ensemble, row.seed)));
const end = Date.now() + 60_000 * Number(values.minutes);
const chosen = configurations.filter(({ name }) => !values.only || new RegExp(values.only).test(name));

/** Spins of all seeds of one size together: large ensembles get fewer seeds. */
const mostSpins = 200_000;

const sizes = values.ensembles.split(",").map(Number);
for (const { name, experiment } of chosen) {
  let solved: Prepared | undefined;
  configuration: for (const ensemble of sizes) {
    const seeds = Math.max(2, Math.min(Number(values.seeds), Math.floor(mostSpins / ensemble)));
    for (let seed = 1; seed <= seeds && Date.now() < end; seed++) {
      if (done.has(keyOf(name, ensemble, seed))) continue;
      try {
        // one step and one exact side for all sizes: those of the largest
        solved ??= prepare(experiment, Math.max(...sizes));
      } catch (error) {
        console.log(`${name}: no exact side: ${error instanceof Error ? error.message : error}`);
        break configuration;
      }
      const prepared = resized(solved, ensemble);
      const { certificate, comparisons } = await verdictOf(prepared, seed);
      const row: Row = {
        configuration: name,
        ensemble,
        seed,
        passed: certificate.passed,
        tested: comparisons.filter(({ pValue }) => pValue !== null).length,
        broken: certificate.checks
          .filter(({ relation, passed }) => relation === "at most" && !passed)
          .map((check) => check.name),
        p: comparisons.flatMap(({ observable, test, pValue, agrees }) =>
          pValue === null ? [] : [{ kind: kindOf(observable, test), value: pValue, agrees: agrees === true }],
        ),
        declined: certificate.skipped.map((skipped) =>
          `${kindOf(skipped.name, "")}: ${skipped.reason}`.replace(/\d+(\.\d+)?(e-?\d+)?/g, "…"),
        ),
      };
      rows.push(row);
      appendFileSync(file, `${JSON.stringify(row)}\n`);
      if (row.p.some(({ agrees }) => !agrees))
        console.log(`${name}, ${ensemble} spins, seed ${seed}: ${certificate.reason}`);
    }
  }
}

const alarms = rows.filter(({ p }) => p.some(({ agrees }) => !agrees)).length;
const tested = rows.filter(({ p }) => p.length > 0).length;
const report = [
  `${rows.length} runs of ${new Set(rows.map(({ configuration }) => configuration)).size} configurations, ${tested} of them with something to test; ${alarms} false alarms, ${(tested * 1e-4).toFixed(2)} promised at most.`,
  "",
  ...tableOfTests(rows),
  "",
  ...tableOfAlarms(rows),
  "",
  ...tableOfReasons(rows),
].join("\n");
if (values.report) writeFileSync(values.report, `${report}\n`);
console.log(report);

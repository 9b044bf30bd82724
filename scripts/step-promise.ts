/**
 * Does the automatic step keep its promise? Random experiments of the whole catalogue; the bias of their figures by the
 * step that the program chose comes from the transition operator of the scheme without a sample, or, for drives and
 * spreads, from a half-step pilot with other seeds and four times the spins. The figure of merit is the worst ratio of
 * true to promised bias, which must be below 1; from a sampled bias four of its errors are subtracted.
 *
 *   npm run step-promise -- [count 200] [from 1] [--minutes 3]
 *
 * What is done stands in node_modules/.cache and is not done again. Ends with a table, and with 1 if a ratio is above
 * 1.
 */
import "./help.mjs";

import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { readProblem, withCheckedStep } from "../src/run/run.ts";
import { significant } from "../src/statistics/half-step-pilot.ts";
import { options } from "./options.ts";
import { randomTransient } from "./step-promise/draw.ts";
import type { Found } from "./step-promise/measure.ts";
import { measured, promisedOf } from "./step-promise/measure.ts";

const { values, positionals } = options({
  minutes: { type: "string", default: "3" },
  file: { type: "string" },
});
const [count, from] = [Number(positionals[0] ?? 200), Number(positionals[1] ?? 1)];

interface Row {
  readonly seed: number;
  readonly seconds: number;
  readonly error?: string;
  readonly kind?: string;
  /** Chosen steps over those of the rule of thumb. */
  readonly cost?: number;
  readonly found?: readonly (Found & { readonly promised: number })[];
}

const folder = new URL("../node_modules/.cache/spinsemble/", import.meta.url);
mkdirSync(folder, { recursive: true });
const file = values.file ?? new URL("step-promise.jsonl", folder).pathname;
const rows: Row[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line)
      .map((line) => JSON.parse(line) as Row)
  : [];
const end = Date.now() + 60_000 * Number(values.minutes);

function one(seed: number): Omit<Row, "seed" | "seconds"> {
  const { experiment, kind } = randomTransient(seed);
  const asked = readProblem(experiment);
  const { problem, prediction } = withCheckedStep(asked, undefined, true);
  const promised = promisedOf(problem);
  const found = measured(problem, prediction.value).map((x) => ({ ...x, promised: promised[x.figure] }));
  return { kind, cost: problem.steps / asked.steps, found };
}

for (let seed = from; seed < from + count && Date.now() < end; seed++) {
  if (rows.some((row) => row.seed === seed)) continue;
  const before = process.cpuUsage().user;
  let told: Omit<Row, "seed" | "seconds">;
  try {
    told = one(seed);
  } catch (error) {
    told = { error: String(error) };
  }
  const row: Row = { seed, seconds: (process.cpuUsage().user - before) / 1e6, ...told };
  rows.push(row);
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}

const asked = rows.filter(({ seed }) => seed >= from && seed < from + count);
const ratioOf = ({ bias, error, how, promised }: Found & { readonly promised: number }): number =>
  Math.max(0, bias - (how === "half-step pilot" ? significant : 1) * error) / promised;
console.log("| figure | found by | problems | above 1 | worst ratio | median | seeds above 1 |");
console.log("|---|---|---|---|---|---|---|");
let isKept = true;
for (const figure of ["moments", "rate"] as const)
  for (const how of ["transition operator", "half-step pilot"] as const) {
    const found = asked
      .flatMap(({ seed, found = [] }) => found.map((x) => ({ seed, ...x })))
      .filter((x) => x.figure === figure && x.how === how)
      .map((x) => ({ seed: x.seed, ratio: ratioOf(x) }))
      .sort((a, b) => b.ratio - a.ratio);
    if (found.length === 0) continue;
    const above = found.filter(({ ratio }) => ratio > 1);
    isKept &&= above.length === 0;
    const median = found[found.length >> 1].ratio;
    console.log(
      `| ${figure} | ${how} | ${found.length} | ${above.length} | ${found[0].ratio.toPrecision(2)} | ${median.toPrecision(2)} | ${above.map(({ seed, ratio }) => `${seed} (${ratio.toPrecision(2)})`).join(", ")} |`,
    );
  }
const costs = asked.flatMap(({ cost }) => cost ?? []).sort((a, b) => a - b);
const mean = Math.exp(costs.reduce((sum, x) => sum + Math.log(x), 0) / costs.length);
console.log(
  `\n${asked.length} problems, ${asked.filter(({ error }) => error).length} refused. Steps over those of the rule of thumb: geometric mean ${mean.toPrecision(3)}, ${costs[0]?.toPrecision(2)} to ${costs[costs.length - 1]?.toPrecision(2)}.`,
);
process.exitCode = isKept ? 0 : 1;

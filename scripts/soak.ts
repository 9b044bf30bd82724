/**
 * Runs random experiments on all backends for a given time with faults in them: stops, kills, corrupt checkpoints, lost
 * devices, full disks. The result after each fault is held to the bit against that of the uninterrupted twin, and every
 * third run against the exact side. Needs the built command (npm run build). Ends with a table, and with 1 if anything
 * disagrees; both results of a disagreement are kept in a folder of node_modules/.cache/spinsemble, which the table
 * names.
 *
 *   npm run soak -- [--minutes 10] [--from 1] [--report FILE]
 */
import "./help.mjs";

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Backend } from "../src/ensemble/kernel.ts";
import type { Result } from "../src/result.ts";
import { differences } from "../src/run/differences.ts";
import { backends, run } from "../src/run/run.ts";
import { Draw } from "../test/oracle/draw.ts";
import { randomExperiment } from "../test/oracle/random-experiment.ts";
import { options } from "./options.ts";
import { faults } from "./soak/faults.ts";

const { values } = options({
  minutes: { type: "string", default: "10" },
  from: { type: "string", default: "1" },
  report: { type: "string" },
});
const end = performance.now() + 60_000 * Number(values.minutes);

/** Backends of this machine; gpu.js, which has no command-line machines of its own, is too slow for it. */
const present: Backend[] = [];
for (const backend of backends)
  if (backend.name !== "gpujs" && (await backend.probe()).available) present.push(backend);

interface Tally {
  runs: number;
  disagreements: string[];
}
const tallies = new Map<string, Tally>();
const certificates = { tested: 0, failed: [] as string[] };
let spinSteps = 0;

/** A random experiment of several pieces; a third of them have an exact side. */
function drawn(seed: number): Record<string, unknown> {
  const { time, ...rest } = randomExperiment(seed) as { time: { duration: number } };
  const { duration } = time;
  const compared = seed % 3 === 0 ? {} : { compare: "none" };
  return { ...rest, ...compared, ensemble: 400, time: { duration, step: duration / 600 } };
}

const plain = (result: Result): unknown => JSON.parse(JSON.stringify(result));

/** Stores disagreeing results, and reports their place. */
function keep(seed: number, results: Readonly<Record<string, unknown>>): string {
  const folder = new URL(`../node_modules/.cache/spinsemble/soak-${seed}-${Date.now()}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(results))
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(value, null, 1)}\n`);
  return fileURLToPath(folder);
}

/** Text in a result whose exact side had no seconds left; in which of two runs that happens depends on the machine. */
const noSecondsLeft = "more under exact: seconds:";
const hasRunOut = (result: Result): boolean => JSON.stringify(result).includes(noSecondsLeft);

for (let seed = Number(values.from); performance.now() < end; seed++) {
  const draw = new Draw(seed);
  const experiment = drawn(seed);
  const backend = draw.pick(present);
  const name = draw.pick(Object.keys(faults));
  const kind = `${name}, ${backend.name}`;
  const tally = tallies.get(kind) ?? { runs: 0, disagreements: [] };
  tallies.set(kind, tally);
  const began = performance.now();
  try {
    const twin = await run(experiment, { backend: backend.name, threads: 1 });
    spinSteps += 2 * twin.provenance.spinSteps;
    const seconds = (performance.now() - began) / 1000;
    if (twin.certificate) {
      certificates.tested++;
      if (!twin.certificate.passed) certificates.failed.push(`${seed}`);
    }
    const fault = (victim: object) => faults[name]({ experiment: victim, backend, draw, seconds });
    let [wanted, result] = [twin, await fault(experiment)];
    if (hasRunOut(twin) !== hasRunOut(result)) {
      // once more without an exact side
      const alone = { ...experiment, compare: "none" };
      wanted = await run(alone, { backend: backend.name, threads: 1 });
      result = await fault(alone);
    }
    const found = differences(plain(wanted), plain(result));
    if (found.length > 0) {
      const place = keep(seed, { experiment, uninterrupted: wanted, "after-the-fault": result });
      tally.disagreements.push(`${seed}: ${found[0].path} and ${found.length - 1} more, both in ${place}`);
    }
  } catch (error) {
    tally.disagreements.push(`${seed}: ${(error as Error).message}`);
  }
  tally.runs++;
}

const all = [...tallies.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
const lines = [
  "| fault, backend | runs | that disagree with their twin |",
  "|---|---|---|",
  ...all.map(
    ([kind, { runs, disagreements }]) => `| ${kind} | ${runs} | ${disagreements.join("; ") || "none"} |`,
  ),
  "",
  `${all.reduce((sum, [, { runs }]) => sum + runs, 0)} runs with a twin each, ${spinSteps.toExponential(2)} spin-steps. Against the exact side: ${certificates.tested}, of which fail: ${certificates.failed.join(", ") || "none"}. Memory at the end ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB.`,
];
console.log(lines.join("\n"));
if (values.report) writeFileSync(values.report, `${lines.join("\n")}\n`);
process.exitCode = all.some(([, { disagreements }]) => disagreements.length > 0) ? 1 : 0;

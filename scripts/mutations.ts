/**
 * Does every run end? Examples and experiments of the whole catalogue with some of their numbers changed, by a factor
 * or to the absurd, 64 spins, a sixth of them with their exact side, which is allowed 40 s. Each must end or be refused
 * within a limit of processor time, four times that with an exact side; a run that is stepping must have reported by
 * then that it ends within the hour.
 *
 *   npm run mutations -- [count 1300] [from 1] [--seconds 15] [--minutes 3] [--file FILE] [--command] [--extremes]
 *
 * With --command the built command runs each (npm run build), with Ctrl-C after the seconds: no crash, no stack trace, no NaN in a result, an
 * exit code that is documented.
 *
 * With --extremes one number of each is set to an extreme (0, -1, 1e-30, 1e100, 5e-324, ...), without an exact side.
 *
 * What is done stands in node_modules/.cache and is not done again. Ends with a table, and with 1 where a run did not end.
 */
import "./help.mjs";

import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Told } from "./mutations/attempt.ts";
import { byCommand } from "./mutations/by-command.ts";
import { extreme, mutated } from "./mutations/mutate.ts";
import { options } from "./options.ts";

const { values, positionals } = options({
  seconds: { type: "string", default: "15" },
  minutes: { type: "string", default: "3" },
  file: { type: "string" },
  command: { type: "boolean", default: false },
  extremes: { type: "boolean", default: false },
});
const [count, from] = [Number(positionals[0] ?? 1300), Number(positionals[1] ?? 1)];
const most = Number(values.seconds);
/** Factor on the limit for an exact side, and the longest run that may go on stepping, s. */
const withExact = 4;
const longest = 3600;
const end = Date.now() + 60_000 * Number(values.minutes);

interface Row {
  readonly seed: number;
  readonly end: "done" | "disagreement" | "refused" | "stopped" | "failed" | "stepping" | "endless";
  /** The outcome, the reason, or the phase in which it was ended. */
  readonly text: string;
  readonly seconds: number;
}

const folder = new URL("../node_modules/.cache/spinsemble/", import.meta.url);
mkdirSync(folder, { recursive: true });
const file =
  values.file ??
  fileURLToPath(
    new URL(`${values.extremes ? "extremes" : "mutations"}${values.command ? "-command" : ""}.jsonl`, folder),
  );
const changed = values.extremes ? extreme : mutated;
const rows: Row[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line)
      .map((line) => JSON.parse(line) as Row)
  : [];

const ticksPerSecond = 100;
/** Processor time of a process so far, s. */
function spentBy({ pid }: ChildProcess): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

let child: ChildProcess | undefined;
const start = (): ChildProcess => fork(fileURLToPath(new URL("./mutations/attempt.ts", import.meta.url)));

function attempt(seed: number): Promise<Row> {
  child ??= start();
  const worker = child;
  let [phase, since, began, left] = ["check", Number.NaN, Number.NaN, Number.POSITIVE_INFINITY];
  const experiment = changed(seed);
  const limit = "compare" in experiment ? most : withExact * most;
  return new Promise((resolve) => {
    const finish = (row: Omit<Row, "seed">): void => {
      clearInterval(watch);
      worker.off("message", hear);
      worker.off("exit", gone);
      resolve({ seed, ...row });
    };
    const hear = (told: Told): void => {
      if (Number.isNaN(began)) began = told.seconds;
      since = told.seconds;
      if ("end" in told) finish({ end: told.end, text: told.text, seconds: told.seconds - began });
      else [phase, left] = [told.phase, told.left ?? Number.POSITIVE_INFINITY];
    };
    const gone = (code: number | null, signal: string | null): void => {
      child = undefined;
      finish({
        end: "failed",
        text: `the process ended with ${signal ?? code} in ${phase}`,
        seconds: since - began,
      });
    };
    const watch = setInterval(() => {
      if (Number.isNaN(began)) return;
      const seconds = spentBy(worker) - began;
      if (seconds < limit) return;
      worker.off("exit", gone);
      worker.kill("SIGKILL");
      child = undefined;
      const isTold = phase === "ensemble" && left < longest;
      finish({ end: isTold ? "stepping" : "endless", text: `${phase}, ${left.toFixed(0)} s left`, seconds });
    }, 200);
    worker.on("message", hear);
    worker.on("exit", gone);
    worker.send(experiment);
  });
}

function commanded(seed: number): Row {
  const began = performance.now();
  const ending = byCommand(changed(seed), most);
  return { seed, ...ending, seconds: (performance.now() - began) / 1000 };
}

for (let seed = from; seed < from + count && Date.now() < end; seed++) {
  if (rows.some((row) => row.seed === seed)) continue;
  const row = values.command ? commanded(seed) : await attempt(seed);
  rows.push(row);
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}
child?.kill();

const asked = rows.filter(({ seed }) => seed >= from && seed < from + count);
console.log(`| runs | number | longest, ${values.command ? "" : "CPU "}s | seeds |`);
console.log("|---|---|---|---|");
for (const kind of ["done", "disagreement", "refused", "stopped", "stepping", "failed", "endless"] as const) {
  const found = asked.filter((row) => row.end === kind);
  const slowest = Math.max(0, ...found.map(({ seconds }) => seconds));
  const shown = ["stepping", "failed", "endless"].includes(kind)
    ? found.map(({ seed, text }) => `${seed} (${text})`)
    : [];
  console.log(`| ${kind} | ${found.length} | ${slowest.toFixed(1)} | ${shown.join(", ")} |`);
}
process.exitCode = asked.some((row) => row.end === "failed" || row.end === "endless") ? 1 : 0;

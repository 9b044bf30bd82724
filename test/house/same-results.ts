/**
 * Holds a tree against itself: `npm run same -- keep FILE` runs small ensembles of every example and of the experiments below with
 * fixed seeds and keeps what they give, without times; `npm run same -- compare FILE` runs them again and lists every value
 * that is not the same to the bit. Moves of code should list nothing. A third word picks the experiments whose names hold it; all
 * take some minutes.
 */
import "../../scripts/help.mjs";

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { summary } from "../../src/cli/summary.ts";
import { figures } from "../../src/report/report.ts";
import { figuresTable } from "../../src/report/tables.ts";
import { run } from "../../src/run/run.ts";
import { everyObservable, sameObservablesTwice } from "./same-experiments.ts";

/** Spins of each example: few, so that all of it lasts minutes. */
const spins = { wasm: 200, reference: 3 } as const;

const timed = new Set(["wallSeconds", "spinStepsPerSecond", "adapter", "choice"]);
/** Seconds and speeds within texts. */
const untimed = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^(work|backend) {3}/.test(line))
    .map((line) => (line.startsWith("Fokker–Planck ") ? line.replace(/, [^,]* s$/, "") : line))
    .join("\n");

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

function experiments(): [string, Record<string, unknown>][] {
  const files = readdirSync(examples).filter((name) => name.endsWith(".yaml"));
  return [
    ...files.map((name): [string, Record<string, unknown>] => [
      name,
      parse(readFileSync(examples + name, "utf8")),
    ]),
    ["every observable", everyObservable],
    ["the same observables twice", sameObservablesTwice],
  ];
}

async function results(pattern = ""): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = {};
  for (const [name, written] of experiments()) {
    if (!("time" in written) || !name.includes(pattern)) continue; // stacks, systems and sweeps are no runs
    for (const backend of ["wasm", "reference"] as const) {
      const experiment = {
        ...written,
        ensemble: spins[backend],
        // the exact side does not depend on the backend
        ...(backend === "reference" ? { compare: "none" } : {}),
      };
      const began = process.cpuUsage().user;
      const result = await run(experiment, { backend, threads: 1 });
      kept[`${name}, ${backend}`] = {
        result,
        figures: figures(result),
        table: figuresTable(result),
        summary: untimed(summary(result)),
      };
      console.error(`${name}, ${backend}: ${((process.cpuUsage().user - began) / 1e6).toFixed(1)} s`);
    }
  }
  return JSON.parse(JSON.stringify(kept, (key, value) => (timed.has(key) ? undefined : value)));
}

/** Paths at which two plain values differ. */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (Object.is(before, after)) return [];
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null)
    return [`${path}: ${shown(before)} → ${shown(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    differences(
      (before as Record<string, unknown>)[key],
      (after as Record<string, unknown>)[key],
      `${path}/${key}`,
    ),
  );
}

const shown = (value: unknown): string => `${JSON.stringify(value)}`.slice(0, 300);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , command, file, pattern] = process.argv;
  if (!file || !["keep", "compare"].includes(command)) {
    console.error("usage: npm run same -- keep FILE [PART OF A NAME] | compare FILE [PART OF A NAME]");
    process.exit(2);
  }
  const found = await results(pattern);
  if (Object.keys(found).length === 0) {
    console.error(`no experiment has ${JSON.stringify(pattern)} in its name`);
    process.exit(2);
  }
  if (command === "keep") writeFileSync(file, JSON.stringify(found));
  else {
    const before = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const differing = Object.keys(found).flatMap((name) => differences(before[name], found[name], name));
    console.log(differing.join("\n") || "the same to the bit");
    process.exitCode = differing.length > 0 ? 1 : 0;
  }
}

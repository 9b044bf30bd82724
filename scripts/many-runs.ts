/**
 * Memory over many runs in one process: on every backend of this machine in turn, one in ten with its exact side, one
 * in ten stopped before its end. Prints the memory in use after each tenth of them; ends with 1 if it has grown more
 * than allowed over the second half.
 *
 *   npm run many-runs -- [count 1000]
 */
import "./help.mjs";

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { backends, run } from "../src/run/run.ts";
import { options } from "./options.ts";

const { positionals } = options({});
const count = Number(positionals[0] ?? 1000);
/** Allowed growth of the heap over the second half, bytes: less than the memory of one run. */
const most = 4e6;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const names: ("webgpu" | "wasm" | "reference")[] = [];
for (const { name, probe } of backends)
  if (name !== "gpujs" && (await probe()).available) names.push(name as (typeof names)[number]);

const experiment = (seed: number): object => ({
  magnet: { delta: 3, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  ensemble: 200,
  seed,
  time: { duration: 5, step: 0.05 },
  observables: [{ type: "moments", times: 3 }],
  compare: seed % 10 === 0 ? "fokker-planck" : "none",
});

const millions = (bytes: number): string => (bytes / 1e6).toFixed(1);
const held: number[] = [];
console.log("| runs | heap, MB | buffers, MB | whole process, MB | handles |\n|---|---|---|---|---|");
for (let i = 1; i <= count; i++) {
  const stop = new AbortController();
  const stopped = i % 10 === 5 ? { signal: stop.signal, onProgress: () => stop.abort() } : {};
  await run(experiment(i), { backend: names[i % names.length], threads: 2, ...stopped }).catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  if (i % Math.ceil(count / 10) > 0) continue;
  await new Promise((resolve) => setTimeout(resolve, 100));
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  held.push(heapUsed);
  const handles = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length;
  console.log(`| ${i} | ${millions(heapUsed)} | ${millions(arrayBuffers)} | ${millions(rss)} | ${handles} |`);
}
const growth = (held.at(-1) ?? 0) - held[Math.floor(held.length / 2) - 1];
console.log(`\n${names.join(", ")}: the heap has grown by ${millions(growth)} MB over the second half.`);
process.exitCode = growth > most ? 1 : 0;

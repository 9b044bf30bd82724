import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EqualBiasResult } from "../src/bench/equal-bias.ts";
import { compareAtEqualBias, longestStep } from "../src/bench/equal-bias.ts";
import type { FokkerPlanckCosts } from "../src/bench/fokker-planck.ts";
import { fokkerPlanckCosts } from "../src/bench/fokker-planck.ts";
import { describeMachine } from "../src/bench/machine.ts";
import type { PointsCosts } from "../src/bench/points.ts";
import { pointsCosts, pointsTable } from "../src/bench/points.ts";
import type { BenchResult } from "../src/bench/run-bench.ts";
import { runBench } from "../src/bench/run-bench.ts";
import { scaling } from "../src/bench/scaling.ts";
import { timeStepOf } from "../src/bench/workload.ts";
import { say } from "../src/cli/say.ts";
import type { BackendName } from "../src/ensemble/kernel.ts";
import { backends } from "../src/run/run.ts";
import { exactCases } from "./exact-cases.ts";
import { exactRow, shownRow } from "./exact-table.ts";
import { naiveWgsl } from "./twins/naive-wgsl.ts";
import { startPrograms } from "./twins/programs.ts";

/*
 * npm run bench -- [flags], deno task bench [flags]: times every backend of this machine and, in the same rounds,
 * hand-written programs for comparison. Progress goes to stderr.
 */
const { values } = parseArgs({
  options: {
    backend: { type: "string" },
    threads: { type: "string" },
    integrator: { type: "string" },
    variates: { type: "string" },
    seconds: { type: "string" },
    repeats: { type: "string" },
    spins: { type: "string" },
    bare: { type: "boolean" },
    json: { type: "boolean" },
    scaling: { type: "boolean" },
    "equal-bias": { type: "boolean" },
    "fokker-planck": { type: "boolean" },
    points: { type: "boolean" },
    exact: { type: "boolean" },
    only: { type: "string" },
    all: { type: "string" },
    largest: { type: "string" },
    "no-twins": { type: "boolean" },
    help: { type: "boolean" },
  },
});

const usage = `npm run bench -- [--backend webgpu|wasm|gpujs|reference] [--threads N] [--integrator NAME]
  [--variates dyadic|gaussian] [--seconds S] [--repeats N] [--spins N] [--bare] [--no-twins] [--json]
  [--scaling [--largest N]] [--equal-bias] [--fokker-planck] [--points] [--exact [--only PART OF A NAME] [--seconds OF A CASE]]
  [--all FOLDER]: writes bench.json, scaling.json, equal-bias.json, points.json and fokker-planck.json there`;

/** Least budget of every case of the exact side, CPU seconds. */
const leastSeconds = 60;

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);
const millions = (rate: number | null): string =>
  rate === null ? "—" : rate >= 1e10 ? `${(rate / 1e9).toFixed(1)} G/s` : `${(rate / 1e6).toFixed(1)} M/s`;

function print(result: BenchResult): void {
  const { machine, gate, results, ratios, absent } = result;
  console.log(`${machine.processor}, ${machine.threads} threads, ${machine.runtime}\n`);
  for (const check of gate.checks)
    console.log(
      `${check.passed ? "passed" : "FAILED"}  ${check.backend}, ${check.integrator}, ${check.variates}: ${check.name} ${check.value.toPrecision(5)}, exact ${check.exact.toPrecision(5)} ± ${check.tolerance.toPrecision(2)}`,
    );
  console.log("");
  for (const row of results)
    console.log(
      [
        millions(row.spinStepsPerSecond).padStart(11),
        row.backend.padEnd(9),
        `${row.integrator}, ${row.variates}`.padEnd(20),
        (row.threads ? `${row.threads} thr` : "").padEnd(6),
        row.name,
        row.issueShare ? `${(100 * row.issueShare).toFixed(0)} % of the issue ceiling` : "",
        row.reason ?? "",
        `[${row.adapter}]`,
      ].join("  "),
    );
  console.log("");
  for (const { name, value, low, high } of ratios)
    console.log(`${value.toFixed(2).padStart(7)}  [${low.toFixed(2)} to ${high.toFixed(2)}]  ${name}`);
  for (const { backend, reason } of absent) console.log(`not here: ${backend} (${reason})`);
}

function printEqualBias({ limits, backend, cases }: EqualBiasResult): void {
  console.log(
    `largest steps with a bias of <mz^2> below ${limits.secondMoment} and of ln tau below ${limits.logarithmOfTime}, and physical time per second on ${backend} over Heun's\n`,
  );
  for (const { alpha, delta, field, rows, twins } of cases) {
    console.log(`damping ${alpha}, barrier ${delta} kT, field (${field.join(", ")})`);
    for (const row of rows)
      console.log(
        [
          `  ${row.integrator}, ${row.variates}`.padEnd(30),
          `h ${row.isLongest ? ">=" : "  "} ${row.isLongest ? longestStep : row.step.toFixed(3)}`.padEnd(14),
          `<mz^2> ${row.secondMoment.toExponential(1)}`.padEnd(18),
          `ln tau ${row.logarithmOfTime.toExponential(1)}`.padEnd(18),
          `${millions(row.spinStepsPerSecond)}  x ${row.gain.toFixed(1)}`,
        ].join("  "),
      );
    for (const twin of twins)
      console.log(
        `  ${twin.name}: ${millions(twin.spinStepsPerSecond)}, the fastest of the above takes ${twin.advantage.toFixed(1)} times as much physical time a second`,
      );
  }
}

function printFokkerPlanck({ rows, exponents }: FokkerPlanckCosts): void {
  const milliseconds = (seconds: number): string => `${(1000 * seconds).toPrecision(3)} ms`.padStart(10);
  for (const row of rows)
    console.log(
      `${row.geometry.padEnd(12)} degree ${String(row.lmax).padStart(3)} ${String(row.size).padStart(6)} harmonics: assembly ${milliseconds(row.assemblySeconds)}  stationary ${milliseconds(row.stationarySeconds)}  eigenvalue ${milliseconds(row.eigenvalueSeconds)}  evolution ${milliseconds(row.evolutionSeconds)}`,
    );
  for (const { geometry, ...powers } of exponents)
    console.log(
      `${geometry}: time ~ harmonics^p with p = ${Object.entries(powers)
        .map(([name, p]) => `${p.toFixed(2)} (${name})`)
        .join(", ")}`,
    );
}

/** The backend of comparisons that need one: the named one, or the fastest available. */
async function oneBackend(name: BackendName | undefined) {
  for (const candidate of backends)
    if ((name === undefined || candidate.name === name) && (await candidate.probe()).available)
      return candidate;
  throw new RangeError("no backend can run here");
}

async function scalingOf(backend: BackendName | undefined) {
  const costs = [];
  for (const candidate of backends) {
    if (backend ? candidate.name !== backend : !["webgpu", "wasm"].includes(candidate.name)) continue;
    if (!(await candidate.probe()).available) continue;
    costs.push(await scaling(candidate, { largest: number(values.largest) ?? 1e8, progress: say }));
  }
  return costs;
}

async function pointsOf(backend: BackendName | undefined): Promise<PointsCosts[]> {
  const costs = [];
  for (const candidate of backends) {
    if (backend ? candidate.name !== backend : !["webgpu", "wasm"].includes(candidate.name)) continue;
    if (!(await candidate.probe()).available) continue;
    costs.push(await pointsCosts(candidate, { threads: number(values.threads), onProgress: say }));
  }
  return costs;
}

async function equalBiasOf(name: BackendName | undefined) {
  const backend = await oneBackend(name);
  // without a GPU the schemes are compared with each other only
  const { twins } = backend.name === "webgpu" ? await twinsOf("gpu") : { twins: [] };
  try {
    return await compareAtEqualBias(backend, { seconds: number(values.seconds), twins, progress: say });
  } finally {
    for (const twin of twins) await twin.close();
  }
}

const allThreads = async (): Promise<number> => number(values.threads) ?? (await describeMachine()).threads;

/** Programs written by hand that can run here. */
const twinsOf = async (device?: "gpu"): ReturnType<typeof startPrograms> =>
  values["no-twins"] ? { twins: [], absent: [] } : startPrograms(await allThreads(), say, device);

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const backend = values.backend as BackendName | undefined;
  if (backend && !backends.some(({ name }) => name === backend))
    throw new RangeError(`no backend is named ${backend}`);
  const machine = await describeMachine();
  const json = (result: object): void => console.log(JSON.stringify({ machine, ...result }, null, 2));
  if (values.all) {
    const folder = values.all;
    mkdirSync(folder, { recursive: true });
    const write = (name: string, result: object): void => {
      writeFileSync(join(folder, name), `${JSON.stringify({ machine, ...result }, null, 2)}\n`);
      say(`written: ${join(folder, name)}`);
    };
    const result = await speeds(backend);
    write("bench.json", result);
    write("scaling.json", { scaling: await scalingOf(backend) });
    write("equal-bias.json", { equalBias: await equalBiasOf(backend) });
    write("points.json", { points: await pointsOf(backend) });
    write("fokker-planck.json", { fokkerPlanck: fokkerPlanckCosts(say) });
    if (!result.gate.passed) process.exitCode = 1;
    return;
  }
  if (values["equal-bias"]) {
    const equalBias = await equalBiasOf(backend);
    return values.json ? json({ equalBias }) : printEqualBias(equalBias);
  }
  if (values.points) {
    const points = await pointsOf(backend);
    return values.json ? json({ points }) : console.log(points.map(pointsTable).join("\n\n"));
  }
  if (values["fokker-planck"]) {
    const fokkerPlanck = fokkerPlanckCosts(say);
    return values.json ? json({ fokkerPlanck }) : printFokkerPlanck(fokkerPlanck);
  }
  if (values.exact) {
    const rows = [];
    for (const each of exactCases) {
      if (!each.name.includes(values.only ?? "")) continue;
      // a case that is stopped too early would pass without any figure
      const row = exactRow(each, number(values.seconds) ?? Math.max(leastSeconds, 2 * each.wanted));
      rows.push(row);
      // each as soon as it is known, even if a later one fails
      (values.json ? say : console.log)(shownRow(row));
    }
    if (values.json) json({ exact: rows });
    return;
  }
  if (values.scaling) {
    const costs = await scalingOf(backend);
    if (values.json) return json({ scaling: costs });
    for (const { ensemble, duration } of costs)
      for (const cost of [...ensemble, ...duration])
        console.log(
          `${cost.backend.padEnd(9)} ${cost.spins.toExponential(0).padStart(6)} spins ${String(cost.steps).padStart(8)} steps: ${cost.seconds.toFixed(3).padStart(8)} s after ${cost.preparationSeconds.toFixed(2)} s of preparation, ${millions(cost.spinStepsPerSecond)}`,
        );
    return;
  }
  const whole = await speeds(backend);
  if (values.json) console.log(JSON.stringify(whole, null, 2));
  else print(whole);
  if (!whole.gate.passed) process.exitCode = 1;
}

/** Every backend and twin in turn. */
async function speeds(backend: BackendName | undefined): Promise<BenchResult> {
  const seconds = number(values.seconds) ?? 0.3;
  const threads = number(values.threads);
  const { twins, absent } = await twinsOf();
  if (!values["no-twins"]) {
    const webgpu = backends.find(({ name }) => name === "webgpu");
    const availability = await webgpu?.probe();
    if (availability?.available && (!backend || backend === "webgpu")) {
      const naive = await naiveWgsl(availability.software ? 16384 : 1 << 21, timeStepOf.heun, seconds);
      if (naive) twins.push(naive);
    }
  }
  const result = await runBench({
    backend,
    threads,
    integrator: values.integrator,
    variates: values.variates as "dyadic" | "gaussian" | undefined,
    seconds,
    repeats: number(values.repeats),
    spins: number(values.spins),
    bareOnly: values.bare,
    twins,
    onProgress: say,
  });
  return { ...result, absent: [...result.absent, ...absent] };
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);

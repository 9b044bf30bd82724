import { parseArgs } from "node:util";
import { describeMachine } from "../src/bench/machine.ts";
import type { BenchResult, Twin } from "../src/bench/run-bench.ts";
import { runBench } from "../src/bench/run-bench.ts";
import { scaling } from "../src/bench/scaling.ts";
import { timeStepOf } from "../src/bench/workload.ts";
import type { BackendName } from "../src/ensemble/kernel.ts";
import { backends } from "../src/run/run.ts";
import { naiveWgsl } from "./twins/naive-wgsl.ts";
import { startPrograms } from "./twins/programs.ts";

/*
 * npm run bench -- [flags], deno task bench [flags]: times every backend of this machine and, in the same rounds, what
 * others would write by hand. Progress goes to stderr.
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
    largest: { type: "string" },
    "no-twins": { type: "boolean" },
    help: { type: "boolean" },
  },
});

const usage = `npm run bench -- [--backend webgpu|wasm|gpujs|reference] [--threads N] [--integrator NAME]
  [--variates dyadic|gaussian] [--seconds S] [--repeats N] [--spins N] [--bare] [--no-twins] [--json]
  [--scaling [--largest N]]`;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
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

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const backend = values.backend as BackendName | undefined;
  if (backend && !backends.some(({ name }) => name === backend))
    throw new RangeError(`no backend is named ${backend}`);
  if (values.scaling) {
    const costs = [];
    for (const candidate of backends) {
      if (backend ? candidate.name !== backend : !["webgpu", "wasm"].includes(candidate.name)) continue;
      if (!(await candidate.probe()).available) continue;
      costs.push(await scaling(candidate, { largest: number(values.largest) ?? 1e8, progress: say }));
    }
    const machine = await describeMachine();
    if (values.json) return console.log(JSON.stringify({ machine, scaling: costs }, null, 2));
    for (const { ensemble, duration } of costs)
      for (const cost of [...ensemble, ...duration])
        console.log(
          `${cost.backend.padEnd(9)} ${cost.spins.toExponential(0).padStart(6)} spins ${String(cost.steps).padStart(8)} steps: ${cost.seconds.toFixed(3).padStart(8)} s after ${cost.preparationSeconds.toFixed(2)} s of preparation, ${millions(cost.spinStepsPerSecond)}`,
        );
    return;
  }
  const seconds = number(values.seconds) ?? 0.3;
  const threads = number(values.threads);
  const twins: Twin[] = [];
  const absent: { backend: string; reason: string }[] = [];
  if (!values["no-twins"]) {
    const programs = await startPrograms(threads ?? (await describeMachine()).threads, say);
    twins.push(...programs.twins);
    absent.push(...programs.absent);
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
  const whole = { ...result, absent: [...result.absent, ...absent] };
  if (values.json) console.log(JSON.stringify(whole, null, 2));
  else print(whole);
  if (!whole.gate.passed) process.exitCode = 1;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);

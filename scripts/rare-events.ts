/**
 * Rare events at full size against exact values: write errors, rates of escape, a steady state under current, an oblique field, the coverage of
 * the intervals, and importance functions that are wrong on purpose. On WebAssembly; prints one line of a table for each case.
 *
 *   npm run rare-events -- [write] [escape] [oblique] [coverage] [wrong] [--spins 1000000] [--runs 60]
 *
 * Ends with 1 where an interval misses its exact value or a figure is more than 5 % from it; of the runs of a
 * coverage one in ten may miss. What wrong functions do is printed only.
 */
import "./help.mjs";

import { wasm } from "../src/ensemble/wasm/index.ts";
import { demand } from "../src/fokker-planck/exact.ts";
import { predict } from "../src/fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../src/observables/experiment.ts";
import { countRareEvent } from "../src/observables/rare-event/count.ts";
import { predict as exactRareEvent } from "../src/observables/rare-event/exact.ts";
import { result } from "../src/observables/rare-event/result.ts";
import type { PlannedRareEvent } from "../src/observables/rare-event/spec.ts";
import { options } from "./options.ts";

const { values, positionals } = options({
  spins: { type: "string", default: "1000000" },
  runs: { type: "string", default: "60" },
});
const spins = Number(values.spins);
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
let failed = false;

const alpha = 0.1;
const current = (overCritical: number): object => ({
  torques: [{ type: "spinTransfer", dampingLike: overCritical * alpha, fieldLike: 0, polarizer: [0, 0, 1] }],
});
const experiment = (delta: number, duration: number, observable: object, more: object = {}): object => ({
  magnet: { delta, alpha },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: spins,
  seed: 1,
  time: { duration },
  observables: [{ type: "rareEvent", ...observable }],
  ...more,
});

/** One run, with processor seconds; the figure is a probability, or a rate in reduced units. */
async function counted(written: object) {
  const checked = checkExperiment(written);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  const planned = problem.observables[0] as PlannedRareEvent;
  const before = process.cpuUsage();
  const counts = await countRareEvent(problem, planned, wasm, { threads: 1 });
  const { user, system } = process.cpuUsage(before);
  if (typeof counts === "string") throw new Error(counts);
  const found = result({ type: "rareEvent", name: planned.name, counts }, planned, problem);
  const figure = found.rate ?? found.probability;
  return {
    figure,
    found,
    seconds: (user + system) / 1e6,
    share: counts.seconds.resampling / counts.seconds.stepping,
    exact: () => demand(exactRareEvent(planned, problem, demand(predict(problem)))).value,
  };
}

const inside = (figure: Awaited<ReturnType<typeof counted>>["figure"], truth: number): boolean =>
  figure !== null && (figure.low ?? truth) <= truth && truth <= (figure.high ?? truth);

/** A line of the table. */
async function line(name: string, written: object, truth?: number): Promise<void> {
  const { figure, found, seconds, share, exact } = await counted(written);
  const known = truth ?? exact();
  const off = figure ? figure.value / known - 1 : Number.NaN;
  const isGood = inside(figure, known) && figure?.low !== null && Math.abs(off) < 0.05;
  failed ||= !isGood;
  const cells = [
    name,
    known.toPrecision(7),
    figure?.value.toPrecision(4),
    figure?.low ? `${figure.low.toPrecision(4)} … ${figure.high?.toPrecision(4)}` : found.reason,
    `${(100 * off).toFixed(1)} %`,
    isGood ? "yes" : "no",
    `${(found.spins * found.steps).toExponential(1)}`,
    `${seconds.toFixed(0)} s`,
    `${(100 * share).toFixed(0)} %`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** How many of many runs hold the exact value, and how far their mean lies from it. */
async function coverage(name: string, observable: object, least?: number): Promise<void> {
  const runs = Number(values.runs);
  const truth = 9.3892085e-10;
  let [held, none, width] = [0, 0, 0];
  const ratios: number[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const more = { ensemble: 65536, seed, ...current(2) };
    const { figure, found } = await counted(experiment(40, 120, observable, more));
    ratios.push((figure?.value ?? 0) / truth);
    width += (found.relativeError ?? 0) / runs;
    if (!figure || figure.low === null) none++;
    else if (inside(figure, truth)) held++;
  }
  const mean = ratios.reduce((sum, x) => sum + x / runs, 0);
  const error = Math.sqrt(ratios.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / runs;
  if (least !== undefined) failed ||= held + none < least * runs || Math.abs(mean - 1) > 4 * error;
  console.log(
    `${name}: ${held} of ${runs} intervals hold the exact value, ${none} runs give none; mean over exact ${mean.toFixed(3)} ± ${error.toFixed(3)}, mean error ${(100 * width).toFixed(1)} %`,
  );
}

console.log(
  "| case | exact | splitting | 95 % | off | within 5 % and inside | spin-steps | processor | resampling |\n|---|---|---|---|---|---|---|---|---|",
);
const error = { event: "mz > 0" };
if (wanted("write"))
  for (const [delta, times, truth] of [
    [60, 12, 1.52269265e-9],
    [60, 16, 4.79361447e-13],
    [60, 20, 1.50908587e-16],
    [40, 12, 9.3892085e-10],
    [40, 16, 2.869566e-13],
  ])
    await line(`Δ = ${delta}, t = ${times} τ_D`, experiment(delta, 10 * times, error, current(2)), truth);
const until = { until: "mz < -0.5" };
if (wanted("escape")) {
  for (const delta of [20, 40, 60]) await line(`escape, Δ = ${delta}`, experiment(delta, 20, until));
  await line("escape, Δ = 40, half the critical current", experiment(40, 20, until, current(0.5)));
}
if (wanted("oblique")) {
  const field = { type: "zeeman", B_ext: [0.1, 0, -0.1] };
  const energies = [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }, field];
  await line("escape, Δ = 15, oblique field", experiment(15, 20, until, { energies }));
}
if (wanted("coverage")) await coverage("coverage", error, 0.9);
if (wanted("wrong")) {
  // spins stay near the pole that the torque empties; then by twice that, and by its opposite beyond 30° from the pole
  const exponent = "-40*max(0, sqrt(mx^2+my^2) - 0.3)^2";
  await coverage("typed", { ...error, importance: exponent });
  await coverage("twice as large", { ...error, importance: `2*${exponent}` });
  await coverage("wrong sign in part", { ...error, importance: `tanh(50*(mz - 0.87))*${exponent}` });
}
process.exitCode = failed ? 1 : 0;

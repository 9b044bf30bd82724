/**
 * Does `traces` find the dwell times that synthetic telegraph noise was drawn with? Dwell times 20 ns down and 10 ns up, 2e6 samples for each of
 * four instruments: mean dwell times within 3 % (the standard errors are 0.5 to 1.3 %; where one seed of an instrument is outside, the mean
 * of three seeds counts). Then 200 short traces behind a pole: the 95 % intervals must hold the truth in 90 to 99 % of them.
 *
 *   npm run traces-check [-- --samples 2000000 --seed 1 --traces 200]
 *
 * Takes some minutes. Prints the tables of docs/traces.md, and ends with 1 where a figure is outside.
 */
import "./help.mjs";

import { analyseTrace } from "../src/traces/analyse.ts";
import { TraceError } from "../src/traces/trace-error.ts";
import { synthetic } from "../test/traces/synthetic.ts";
import { options } from "./options.ts";

const { values: asked } = options({
  samples: { type: "string", default: "2000000" },
  seed: { type: "string", default: "1" },
  traces: { type: "string", default: "200" },
});
const [samples, firstSeed, traces] = [Number(asked.samples), Number(asked.seed), Number(asked.traces)];

interface Instrument {
  readonly name: string;
  readonly sampleTime: number;
  readonly noise: number;
  readonly bandwidth?: number;
}

const instruments: readonly Instrument[] = [
  { name: "0.1 ns samples, noise 0.25 of the step, no filter", sampleTime: 1e-10, noise: 0.25 },
  { name: "the same behind 200 MHz", sampleTime: 1e-10, noise: 0.25, bandwidth: 2e8 },
  { name: "0.1 ns samples, noise 0.1, behind 50 MHz", sampleTime: 1e-10, noise: 0.1, bandwidth: 5e7 },
  { name: "1 GS/s, noise 0.4, no filter", sampleTime: 1e-9, noise: 0.4 },
];
const truth = { up: 10e-9, down: 20e-9 };

function analysed(instrument: Instrument, seed: number, count: number, knowsBandwidth = true) {
  const values = synthetic({
    ...instrument,
    dwell: [truth.down, truth.up],
    levels: [0, 1],
    samples: count,
    seed,
  });
  const bandwidth = knowsBandwidth ? (instrument.bandwidth ?? null) : null;
  return analyseTrace({ values, breaks: [] }, count, instrument.sampleTime, { bandwidth });
}

/** Without the filter a trace is often refused. */
function blindly(instrument: Instrument): string {
  if (instrument.bandwidth === undefined) return "—";
  try {
    const { dwell } = analysed(instrument, firstSeed, samples, false);
    return inNs(dwell.up.mean, dwell.down.mean, 1);
  } catch (error) {
    if (error instanceof TraceError) return "refused";
    throw error;
  }
}

const inNs = (up: number | null, down: number | null, digits = 2): string =>
  [up, down].map((time) => (time === null ? "—" : (time * 1e9).toFixed(digits))).join(" / ");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const isNear = (up: number, down: number): boolean =>
  Math.abs(up / truth.up - 1) < 0.03 && Math.abs(down / truth.down - 1) < 0.03;

let isKept = true;
console.log(
  "| instrument | likelihood | standard error | without the filter | one threshold | thresholds at ¼ and ¾ | within 3 % | s |",
);
console.log("|---|---|---|---|---|---|---|---|");
for (const instrument of instruments) {
  const before = process.cpuUsage().user;
  const { dwell, threshold, hysteresis } = analysed(instrument, firstSeed, samples);
  const seconds = (process.cpuUsage().user - before) / 1e6;
  const blind = blindly(instrument);
  let verdict = "yes";
  if (!isNear(dwell.up.mean, dwell.down.mean)) {
    const more = [1, 2].map((i) => analysed(instrument, firstSeed + i, samples).dwell);
    const [up, down] = (["up", "down"] as const).map(
      (side) => (dwell[side].mean + more[0][side].mean + more[1][side].mean) / 3,
    );
    const isMeanNear = isNear(up, down);
    isKept &&= isMeanNear;
    verdict = `${isMeanNear ? "not this seed, but" : "no, nor"} the mean of three: ${inNs(up, down)}`;
  }
  const error = Math.max(dwell.up.standardError / dwell.up.mean, dwell.down.standardError / dwell.down.mean);
  console.log(
    `| ${instrument.name} | ${inNs(dwell.up.mean, dwell.down.mean)} | ${percent(error)} | ${blind} | ${inNs(threshold.up, threshold.down)} | ${inNs(hysteresis.up, hysteresis.down, 1)} | ${verdict} | ${seconds.toFixed(0)} |`,
  );
}

console.log(`\n| ${traces} short traces | 95 % interval holds: up | down | s |`);
console.log("|---|---|---|---|");
const short: readonly (Instrument & { readonly count: number })[] = [
  { name: "1 GS/s, noise 0.3, no filter", sampleTime: 1e-9, noise: 0.3, count: 4000 },
  { name: "1 GS/s, noise 0.15, behind 100 MHz", sampleTime: 1e-9, noise: 0.15, bandwidth: 1e8, count: 4000 },
];
for (const instrument of short) {
  const before = process.cpuUsage().user;
  const held = { up: 0, down: 0 };
  for (let i = 0; i < traces; i++) {
    const { dwell } = analysed(instrument, 1000 * firstSeed + i, instrument.count);
    for (const side of ["up", "down"] as const)
      if (dwell[side].low <= truth[side] && truth[side] <= dwell[side].high) held[side]++;
  }
  const seconds = (process.cpuUsage().user - before) / 1e6;
  for (const side of ["up", "down"] as const)
    isKept &&= held[side] >= 0.9 * traces && held[side] <= 0.99 * traces;
  console.log(
    `| ${instrument.name} | ${percent(held.up / traces)} | ${percent(held.down / traces)} | ${seconds.toFixed(0)} |`,
  );
}
process.exitCode = isKept ? 0 : 1;

/**
 * Does `traces` find the true dwell times of synthetic telegraph noise? Dwell times 20 ns down and 10 ns up, 2e6
 * samples for each of four instruments: mean dwell times within 3 % (the standard errors are 0.5 to 1.3 %; where one
 * seed of an instrument is outside, the mean of three seeds counts). Then 200 short traces behind a pole, and 200
 * behind two that are given as a response: the 95 % intervals must hold the truth in 90 to 99 % of them, and at most
 * one in fifty may get a warning of a filter or noise that is absent. Before that, 10⁹ samples are collected from a
 * file that is generated while it is read: the memory must stay below 700 MB.
 *
 *   npm run traces-check [-- --samples 2000000 --seed 1 --traces 200 --part all]
 *
 * `--part` memory, long, pole or response does one of them. `--part coverage` counts the intervals of all four
 * instruments on traces of `--samples` samples; it is not among `all`, since full traces behind a pole take minutes each.
 * The others take about a quarter of an hour. Prints the tables of
 * docs/traces.md, and ends with 1 if a figure is outside.
 */
import "./help.mjs";

import type { TraceAnalysis } from "../src/traces/analyse.ts";
import { analyseTrace } from "../src/traces/analyse.ts";
import { lowPass } from "../src/traces/instrument/low-pass.ts";
import { openTrace } from "../src/traces/readers/open.ts";
import { collect } from "../src/traces/stretches.ts";
import { TraceError } from "../src/traces/trace-error.ts";
import { behindTwoPoles } from "../test/traces/behind-instrument.ts";
import { synthetic } from "../test/traces/synthetic.ts";
import { options } from "./options.ts";

const { values: asked } = options({
  samples: { type: "string", default: "2000000" },
  seed: { type: "string", default: "1" },
  traces: { type: "string", default: "200" },
  part: { type: "string", default: "all" },
});
const isAsked = (part: string): boolean => asked.part === "all" || asked.part === part;
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

/** 10⁹ samples; at most 1.7 × 10⁷ of them stay in memory in double precision, twice while they are joined. */
if (isAsked("memory")) {
  const size = 4e9;
  const piece = new Uint8Array(Float32Array.from({ length: 1 << 18 }, (_, i) => (i >> 9) & 1).buffer);
  const source = {
    name: "generated",
    size,
    read: async (offset: number, length: number) => {
      const bytes = new Uint8Array(Math.min(length, size - offset));
      for (let at = 0; at < bytes.length; at += piece.length)
        bytes.set(piece.subarray(0, Math.min(piece.length, bytes.length - at)), at);
      return bytes;
    },
  };
  const { columns } = await openTrace(source, { raw: "f4" });
  const { total, values } = await collect(columns[0]);
  const peak = process.resourceUsage().maxRSS / 1024;
  isKept &&= total === size / 4 && peak < 700;
  console.log(
    `${total} samples read, ${values.length} held; largest memory ${peak.toFixed(0)} MB, at most 700\n`,
  );
}

if (isAsked("long")) {
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
    const error = Math.max(
      dwell.up.standardError / dwell.up.mean,
      dwell.down.standardError / dwell.down.mean,
    );
    console.log(
      `| ${instrument.name} | ${inNs(dwell.up.mean, dwell.down.mean)} | ${percent(error)} | ${blind} | ${inNs(threshold.up, threshold.down)} | ${inNs(hysteresis.up, hysteresis.down, 1)} | ${verdict} | ${seconds.toFixed(0)} |`,
    );
  }
}

if (isAsked("pole") || isAsked("response") || asked.part === "coverage") {
  console.log(`\n| ${traces} short traces | 95 % interval holds: up | down | false alarms | s |`);
  console.log("|---|---|---|---|---|");
}
const short: readonly (Instrument & { readonly count: number })[] = [
  { name: "1 GS/s, noise 0.3, no filter", sampleTime: 1e-9, noise: 0.3, count: 4000 },
  { name: "1 GS/s, noise 0.15, behind 100 MHz", sampleTime: 1e-9, noise: 0.15, bandwidth: 1e8, count: 4000 },
];
/** Counts the intervals that contain the true value, and the false warnings of an instrument. */
function counts(name: string, analysis: (seed: number) => TraceAnalysis): void {
  const before = process.cpuUsage().user;
  const held = { up: 0, down: 0 };
  let alarms = 0;
  for (let i = 0; i < traces; i++) {
    const { dwell, warnings } = analysis(1000 * firstSeed + i);
    if (warnings.some((warning) => /the trace shows a|does not follow the model: samples/.test(warning)))
      alarms++;
    for (const side of ["up", "down"] as const)
      if (dwell[side].low <= truth[side] && truth[side] <= dwell[side].high) held[side]++;
  }
  const seconds = (process.cpuUsage().user - before) / 1e6;
  for (const side of ["up", "down"] as const)
    isKept &&= held[side] >= 0.9 * traces && held[side] <= 0.99 * traces;
  isKept &&= alarms <= traces / 50;
  console.log(
    `| ${name} | ${percent(held.up / traces)} | ${percent(held.down / traces)} | ${alarms} | ${seconds.toFixed(0)} |`,
  );
}
if (asked.part === "coverage")
  for (const instrument of instruments)
    counts(`${instrument.name}, ${samples} samples`, (seed) => analysed(instrument, seed, samples));
if (isAsked("pole"))
  for (const instrument of short)
    counts(instrument.name, (seed) => analysed(instrument, seed, instrument.count));
if (isAsked("response"))
  counts("1 GS/s, noise 0.15, behind two poles of 100 MHz that are given", (seed) => {
    const pole = (2 * Math.PI * 1e8) / Math.sqrt(Math.SQRT2 - 1);
    const dwell = [truth.down, truth.up] as const;
    const { values } = behindTwoPoles({ samples: 1500, sampleTime: 1e-9, dwell, pole, white: 0.15, seed });
    return analyseTrace({ values, breaks: [] }, values.length, 1e-9, {
      bandwidth: 1e8,
      response: lowPass("poles-2", 1e8),
    });
  });
process.exitCode = isKept ? 0 : 1;

import { javascript } from "../../expression/javascript.ts";
import { print, printNested } from "../../expression/print.ts";
import { unitVariates } from "../../physics/model.ts";
import { philox4x32 } from "../../random/philox.ts";
import { drawing, purpose } from "../../random/streams.ts";
import { dyadic } from "../../random/variates.ts";
import { copied } from "../copying.ts";
import type { Kernel, Tally, Variates } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { eventExpressions, lowered } from "../lowered.ts";
import { gathered, gridSize, localNames, numberedExpressions, tallyExpressions } from "../tally.ts";

/** Statements that feed numbered tallies into `counters`, a list of Float64Array: bins, or [sum on the grid, count]. */
function tallyLines(
  tallies: readonly (readonly [Tally, number])[],
  outputs: readonly string[],
  counters: string,
): string[] {
  let from = 0;
  return tallies.map(([tally, i]) => {
    const when = tally.when ? outputs[from] : undefined;
    const value = outputs[from + (tally.when ? 1 : 0)];
    from += tallyExpressions(tally).length;
    let text: string;
    if (tally.kind === "bins") text = `${counters}[${i}][Math.min(${value}, ${tally.bins - 1})]++;`;
    else {
      const perUnit = gridSize / (tally.high - tally.low);
      const onGrid = `Math.round(((${value}) - (${tally.low})) * ${perUnit})`;
      text = `${counters}[${i}][0] += Math.min(Math.max(${onGrid}, 0), ${gridSize}); ${counters}[${i}][1]++;`;
    }
    return when ? `if (${when}) { ${text} }` : text;
  });
}

/** Statements of one stream of noise; its four words are local variables that end in its number. */
interface StreamText {
  /** sfc32, written where it is used: a call would cost as much as the draw. */
  readonly draw: string;
  readonly variates: Readonly<Record<Variates, string>>;
  /** Seeds the stream at the start of a chunk. */
  readonly seed: string;
}

function streamText(i: number, [x, y, z]: readonly string[]): StreamText {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((word) => `${word}${i}`);
  const draw = `word = (${a} + ${b} + ${d}) | 0; ${d} = (${d} + 1) | 0; ${a} = ${b} ^ (${b} >>> 9); ${b} = (${c} + (${c} << 3)) | 0; ${c} = (((${c} << 21) | (${c} >>> 11)) + word) | 0;`;
  return {
    draw,
    seed: [a, b, c, d].map((word, k) => `${word} = seedWords[${k}] | 0;`).join(" "),
    variates: {
      none: `const ${x} = 0, ${y} = 0, ${z} = 0;`,
      dyadic: `if (step & 1) { ${draw} word >>>= 12; } else word = (${a} + ${b} + ${d}) | 0;
      const ${x} = dyadicTable[word & 15], ${y} = dyadicTable[(word >>> 4) & 15], ${z} = dyadicTable[(word >>> 8) & 15];`,
      gaussian: `${draw} const u${i} = word; ${draw} const v${i} = word; ${draw} const w${i} = word; ${draw}
      const radius${i} = Math.sqrt(-2 * Math.log(((u${i} >>> 8) + 0.5) / 16777216)), turn${i} = 2 * Math.PI / 16777216;
      const ${x} = radius${i} * Math.cos(turn${i} * (v${i} >>> 8)), ${y} = radius${i} * Math.sin(turn${i} * (v${i} >>> 8));
      const ${z} = Math.sqrt(-2 * Math.log(((w${i} >>> 8) + 0.5) / 16777216)) * Math.cos(turn${i} * (word >>> 8));`,
    },
  };
}

/** Reads the state and parameters of one spin. */
const load = ({ state, parameters }: Kernel, keyword: "const" | "let"): string[] => [
  ...parameters.map((name, i) => `const p_${name} = parameters[${i}][place];`),
  ...state.map((name, i) => `${keyword} s_${name} = state[${i}][place];`),
];

/** Counters at zero: bins, or a sum and a count. */
const zeroed = (tallies: readonly Tally[]): string =>
  `[${tallies.map((tally) => `new Float64Array(${tally.kind === "bins" ? tally.bins : 2})`)}]`;

/** The function of one view: counts over the present state of all spins. */
function viewText(kernel: Kernel, name: string, tallies: readonly Tally[]): string {
  const printed = print(tallies.flatMap(tallyExpressions), javascript, { rename: localNames(kernel) });
  return `${JSON.stringify(name)}: (now) => {
  const t = now * ${kernel.timeStep};
  const counters = ${zeroed(tallies)};
  for (let place = 0; place < spins; place++) {
    ${[
      ...load(kernel, "const"),
      ...printed.lines,
      ...tallyLines(
        [...tallies.entries()].map(([i, tally]) => [tally, i]),
        printed.outputs,
        "counters",
      ),
    ].join("\n    ")}
  }
  return counters;
}`;
}

/** The lines of one step: its values, the counts at every step, events, and samples at some steps. */
function stepText(kernel: Kernel): {
  readonly values: readonly string[];
  readonly lines: readonly string[];
  readonly counts: readonly string[];
  readonly rare: readonly string[];
} {
  const names = localNames(kernel);
  const { steadily, sampled, events } = lowered(kernel);
  const always = [...kernel.step, ...events.map((event) => event.when), ...numberedExpressions(steadily)];
  const rare = [...events.map(eventExpressions), ...sampled.map(([tally]) => tallyExpressions(tally))];
  const { outer: step, blocks } = printNested(always, rare, javascript, { rename: names });
  const eventLines = events.map((event, k) => {
    const { lines, outputs } = blocks[k];
    const set = Object.keys(event.set);
    const text = [
      ...lines,
      ...tallyLines(event.count, outputs.slice(set.length), "counters"),
      ...set.map((name, i) => `next_${name} = ${outputs[i]};`),
    ];
    return `if (${step.outputs[kernel.step.length + k]}) { ${text.join(" ")} }`;
  });
  const sampledLines = sampled.map((entry, k) => {
    const { lines, outputs } = blocks[events.length + k];
    const text = [...lines, ...tallyLines([entry], outputs, "counters")];
    return `if (step % ${entry[0].every} === 0) { ${text.join(" ")} }`;
  });
  return {
    lines: step.lines,
    values: step.outputs.slice(0, kernel.step.length),
    counts: tallyLines(steadily, step.outputs.slice(kernel.step.length + events.length), "counters"),
    rare: [...eventLines, ...sampledLines],
  };
}

/** What a worker does with each request. */
const answering = (counted: readonly Tally[]): string => `function handle(request) {
  switch (request.call) {
    case "load":
      ({ firstSpin, spins, state, parameters } = request);
      return null;
    case "advance":
      return advance(request.from, request.to);
    case "observe":
      return views[request.view](request.step);
    case "collect": {
      const taken = counters;
      counters = ${zeroed(counted)};
      return taken;
    }
    case "read":
      return state.map((column) => column.slice(0, request.count));
    case "column":
      return state[request.index].slice();
    case "all":
      return [...state, ...parameters].map((column) => column.slice());
    case "pick":
      return [...state, ...parameters].map((column) => Float64Array.from(request.places, (place) => column[place]));
    case "gather": {
      const next = copied([...state, ...parameters], request.copying, request.foreign);
      state = next.slice(0, state.length);
      parameters = next.slice(state.length);
      return null;
    }
  }
}`;

/**
 * The text of a worker that holds a share of the spins in float64. Requests: load, advance, observe, collect, read, pick, gather.
 */
export function workerProgram(kernel: Kernel): string {
  const names = localNames(kernel);
  const step = stepText(kernel);
  const counted = gathered(kernel);
  const finished = (kernel.finished ?? []).map((name) => `${names(name)} >= 0`).join(" && ");
  const refresh = print(kernel.refresh, javascript, { rename: names, prefix: "r" });
  const assign = (outputs: readonly string[]) => [
    ...kernel.state.map((name, i) => `const next_${name} = ${outputs[i]};`),
    ...kernel.state.map((name) => `s_${name} = next_${name};`),
  ];
  const streams = (kernel.streams ?? [unitVariates]).map((names, i) => streamText(i, names));
  const seedChunk = (chunk: string) =>
    streams
      .map(
        ({ seed }, i) =>
          `philox4x32(seedWords, firstSpin + place, ${chunk}, ${i}, 0, ${kernel.seed}, ${purpose.noise}, 7);
      ${seed}`,
      )
      .join("\n      ");
  const { words, steps } = drawing[kernel.variates];
  const streamWords = streams.flatMap((_, i) => ["a", "b", "c", "d"].map((word) => `${word}${i} = 0`));
  const views = Object.entries(kernel.views).map(([name, tallies]) => viewText(kernel, name, tallies));
  return `
"use strict";
const philox4x32 = ${philox4x32.toString()};
const copied = ${copied.toString()};
const dyadicTable = ${JSON.stringify(Array.from({ length: 16 }, (_, n) => dyadic(n)))};
const seedWords = new Uint32Array(4);
let firstSpin = 0, spins = 0, state = [], parameters = [], counters = ${zeroed(counted)};
const views = {${views.join(",\n")}};
function advance(from, to) {
  for (let place = 0; place < spins; place++) {
    ${load(kernel, "let").join("\n    ")}
    let ${streamWords.join(", ")}, word = 0;
    ${kernel.variates === "none" ? "" : seedChunk(`Math.floor(from / ${chunkLength})`)}
    for (let skipped = Math.floor(((from % ${chunkLength}) * ${words}) / ${steps}); skipped > 0; skipped--) { ${streams.map(({ draw }) => draw).join(" ")} }
    for (let step = from; step < to; step++) {
      if (step % ${chunkLength} === 0) {
      ${finished ? `if (${finished}) break;` : ""}
      ${kernel.variates === "none" ? "" : seedChunk(`step / ${chunkLength}`)}
      ${[...refresh.lines, ...assign(refresh.outputs)].join("\n      ")}
      }
      const t = step * ${kernel.timeStep};
      ${streams.map(({ variates }) => variates[kernel.variates]).join("\n      ")}
      ${step.lines.join("\n      ")}
      ${kernel.state.map((name, i) => `let next_${name} = ${step.values[i]};`).join("\n      ")}
      ${step.counts.join("\n      ")}
      ${step.rare.join("\n      ")}
      ${kernel.state.map((name) => `s_${name} = next_${name};`).join("\n      ")}
    }
    ${kernel.state.map((name, i) => `state[${i}][place] = s_${name};`).join("\n    ")}
  }
}
${answering(counted)}
`;
}

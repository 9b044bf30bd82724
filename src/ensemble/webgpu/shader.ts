import { drawnScales } from "../../expression/drawn-scale.ts";
import type { Expression } from "../../expression/expression.ts";
import { variablesOf } from "../../expression/expression.ts";
import { print } from "../../expression/print.ts";
import { absorbScales } from "../../expression/webassembly/absorb-scales.ts";
import { wgsl } from "../../expression/wgsl.ts";
import { wordsPerStep } from "../../random/streams.ts";
import { dyadicLarge, dyadicSmall } from "../../random/variates.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { gridSize, localNames, tallyExpressions } from "../tally.ts";
import { shaders } from "./shaders.gen.ts";

/** Words of a tally in the counters buffer: one per bin, or low, high and count of a sum. */
export const tallyWords = (tally: Tally): number => (tally.kind === "histogram" ? tally.bins : 3);

/** Where each tally starts in the counters buffer, and how many words they take together. */
export function tallyLayout(tallies: readonly Tally[]): { offsets: number[]; words: number } {
  let words = 0;
  const offsets = tallies.map((tally) => {
    const offset = words;
    words += tallyWords(tally);
    return offset;
  });
  return { offsets, words };
}

function fill(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\/\*(\w+)\*\//g, (_, key: string) => {
    if (!Object.hasOwn(parts, key)) throw new Error(`shader template asks for ${key}`);
    return parts[key];
  });
}

interface TallyTexts {
  readonly when: string | undefined;
  /** Bin number, or the value on its grid, as u32. */
  readonly amount: string;
}

function tallyTexts(tally: Tally, outputs: readonly string[], from: number): TallyTexts {
  const when = tally.when ? outputs[from] : undefined;
  const value = outputs[from + (tally.when ? 1 : 0)];
  if (tally.kind === "histogram") return { when, amount: `min(u32(${value}), ${tally.bins - 1}u)` };
  const perUnit = gridSize / (tally.high - tally.low);
  const onGrid = `((${value}) - ${wgsl.number(tally.low)}) * ${wgsl.number(perUnit)}`;
  return { when, amount: `u32(clamp(${onGrid} + 0.5f, 0.0f, ${gridSize}.0f))` };
}

function eachTally(
  tallies: readonly Tally[],
  outputs: readonly string[],
  write: (tally: Tally, texts: TallyTexts, index: number) => string,
): string[] {
  let from = 0;
  return tallies.map((tally, index) => {
    const texts = tallyTexts(tally, outputs, from);
    from += tallyExpressions(tally).length;
    const text = write(tally, texts, index);
    return texts.when ? `if (${texts.when}) { ${text} }` : text;
  });
}

const uses = (name: string, expressions: readonly Expression[]): boolean =>
  variablesOf(...expressions).has(name);

/** Definitions of per-spin values read from the buffers. */
const loadParameters = (kernel: Kernel, lane = ""): string[] =>
  kernel.parameters.map((name, i) => `let p_${name}${lane} = parameters[place${lane} + ${i}u * span.spins];`);
const loadState = (kernel: Kernel, keyword: "let" | "var", lane = ""): string[] =>
  kernel.state.map((name, i) => `${keyword} s_${name}${lane} = state[place${lane} + ${i}u * span.spins];`);

/** Lines that draw one step's variates, each times its scale, and advance the stream; `lane` ends every name. */
function draw(kernel: Kernel, scales: Readonly<Record<string, number>>, lane: string): string[] {
  const names = ["xi1", "xi2", "xi3"];
  const next = `stream${lane} = sfc32(stream${lane});`;
  if (kernel.variates === "none") return [];
  if (kernel.variates === "dyadic")
    return [
      `let word${lane} = wordOf(stream${lane});`,
      next,
      ...names.map((name, i) => {
        const lengths = [dyadicSmall, dyadicLarge].map((x) => wgsl.number(x * scales[name]));
        const bits = i === 0 ? `word${lane}` : `word${lane} >> ${4 * i}u`;
        return `let ${name}${lane} = dyadic(${bits}, ${lengths.join(", ")});`;
      }),
    ];
  const pairs = [`pair${lane}.x`, `pair${lane}.y`, `gaussianPair(word3${lane}, word4${lane}).x`];
  return [
    ...[1, 2, 3, 4].flatMap((i) => [`let word${i}${lane} = wordOf(stream${lane});`, next]),
    `let pair${lane} = gaussianPair(word1${lane}, word2${lane});`,
    ...names.map((name, i) => {
      const scale = scales[name] === 1 ? "" : `${wgsl.number(scales[name])} * `;
      return `let ${name}${lane} = ${scale}${pairs[i]};`;
    }),
  ];
}

const indent = (lines: readonly string[], depth: number): string => lines.join(`\n${"  ".repeat(depth)}`);

/** Lines of several spins in turn, so that what one waits for the other can fill. */
const interleave = (lists: readonly (readonly string[])[]): string[] =>
  lists[0].flatMap((_, i) => lists.map((list) => list[i]));

/**
 * The compute shader that advances every spin; `unroll` steps per turn of its loop, `spins` spins per invocation.
 * Step and conditions are reshaped to save multiplications: what is counted keeps the rounding of its bin edges.
 */
export function advanceShader(kernel: Kernel, unroll: 1 | 4, workgroup: number, spins: 1 | 2 = 1): string {
  const isVariate = (name: string): boolean => name.startsWith("xi");
  const varies = (name: string): boolean => kernel.state.includes(name) || isVariate(name);
  // conditions are reshaped with the step, whose values they share
  const conditions = kernel.watch.flatMap((tally) => (tally.when ? [tally.when] : []));
  const reshaped = absorbScales([...kernel.step, ...conditions], varies, isVariate);
  const { scales, outputs } = drawnScales(reshaped, ["xi1", "xi2", "xi3"]);
  const whens = outputs.slice(kernel.step.length).values();
  const watch = kernel.watch.map((tally) => (tally.when ? { ...tally, when: whens.next().value } : tally));
  const expressions = [...outputs.slice(0, kernel.step.length), ...watch.flatMap(tallyExpressions)];
  const { offsets } = tallyLayout(kernel.watch);
  const lanes = spins === 1 ? [""] : ["_a", "_b"];
  /** Whether the spin of a lane exists; the last invocation may lack its second. */
  const present = (lane: string): string => (lane === "_b" ? "present" : "");
  const naming = (lane: string) => {
    const rename = localNames(kernel);
    return (name: string): string => (name === "t" ? name : `${rename(name)}${lane}`);
  };
  const bodies = lanes.map((lane) => {
    const printed = print(expressions, wgsl, { rename: naming(lane), prefix: `v${lane}` });
    const counting = eachTally(watch, printed.outputs.slice(kernel.state.length), (tally, { amount }, i) =>
      tally.kind === "histogram"
        ? `atomicAdd(&counters[${offsets[i]}u + ${amount}], 1u);`
        : `addWide(${offsets[i]}u, ${amount}); atomicAdd(&counters[${offsets[i] + 2}u], 1u);`,
    );
    return [
      ...draw(kernel, scales, lane),
      ...printed.lines,
      ...kernel.state.map((name, i) => `let next_${name}${lane} = ${printed.outputs[i]};`),
      ...counting.map((text) => (present(lane) ? `if (${present(lane)}) { ${text} }` : text)),
      ...kernel.state.map((name) => `s_${name}${lane} = next_${name}${lane};`),
    ];
  });
  const body = interleave(bodies);
  const timed = uses("t", expressions);
  const steps = Array.from({ length: unroll }, (_, j) => {
    const time = timed ? [`let t = f32(step + ${j}u) * ${wgsl.number(kernel.timeStep)};`] : [];
    return `{\n      ${indent([...time, ...body], 3)}\n    }`;
  });
  const trivial = kernel.refresh.every((x, i) => x.kind === "variable" && x.name === kernel.state[i]);
  const noisy = kernel.variates !== "none";
  const load = lanes.flatMap((lane) => [
    ...(lane === "_b"
      ? [
          "let present = place + span.invocations < span.spins;",
          "let place_b = min(place + span.invocations, span.spins - 1u);",
        ]
      : lane === "_a"
        ? ["let place_a = place;"]
        : []),
    ...loadParameters(kernel, lane),
    ...loadState(kernel, "var", lane),
    ...(noisy
      ? [
          `var stream${lane} = streamAt(span.seed, span.firstSpin + place${lane}, place${lane}, span.firstStep);`,
        ]
      : []),
  ]);
  const refresh = lanes.flatMap((lane) => {
    const printed = print(kernel.refresh, wgsl, { rename: naming(lane), prefix: `r${lane}` });
    return [
      ...(noisy
        ? [`stream${lane} = seedStream(span.seed, span.firstSpin + place${lane}, step / ${chunkLength}u);`]
        : []),
      ...(trivial
        ? []
        : [
            ...printed.lines,
            ...kernel.state.map((name, i) => `let next_${name}${lane} = ${printed.outputs[i]};`),
            ...kernel.state.map((name) => `s_${name}${lane} = next_${name}${lane};`),
          ]),
    ];
  });
  const store = lanes.flatMap((lane) =>
    [
      ...kernel.state.map((name, i) => `state[place${lane} + ${i}u * span.spins] = s_${name}${lane};`),
      ...(noisy ? [`streams[place${lane}] = stream${lane};`] : []),
    ].map((text) => (present(lane) ? `if (${present(lane)}) { ${text} }` : text)),
  );
  const wide = `fn addWide(index: u32, amount: u32) {
  let before = atomicAdd(&counters[index], amount);
  if (before + amount < before) {
    atomicAdd(&counters[index + 1u], 1u);
  }
}`;
  return (
    shaders.mathematics +
    shaders.random +
    fill(shaders.advance, {
      counting: kernel.watch.some((tally) => tally.kind === "sum") ? wide : "",
      workgroup: `${workgroup}`,
      load: indent(load, 1),
      chunk: `${chunkLength}u`,
      words: `${wordsPerStep[kernel.variates]}u`,
      unroll: `${unroll}u`,
      refresh: indent(refresh, 3),
      steps: steps.join("\n    "),
      store: indent(store, 1),
    })
  );
}

/** The compute shader that evaluates one view on the present state. */
export function observeShader(kernel: Kernel, tallies: readonly Tally[]): string {
  const expressions = tallies.flatMap(tallyExpressions);
  const printed = print(expressions, wgsl, { rename: localNames(kernel) });
  const { offsets, words } = tallyLayout(tallies);
  const sums = tallies.flatMap((tally, i) => (tally.kind === "sum" ? [i] : []));
  const time = uses("t", expressions) ? [`let t = f32(span.step) * ${wgsl.number(kernel.timeStep)};`] : [];
  const body = [
    ...loadParameters(kernel),
    ...loadState(kernel, "let"),
    ...time,
    ...printed.lines,
    ...eachTally(tallies, printed.outputs, (tally, { amount }, i) =>
      tally.kind === "histogram"
        ? `atomicAdd(&local[${offsets[i]}u + ${amount}], 1u);`
        : `sum${i} += ${amount}; count${i} += 1u;`,
    ),
  ];
  // a thread sees at most 64 spins, so its sums stay below 2^31; halves of them add up safely in the workgroup
  const share = sums.flatMap((i) => [
    `atomicAdd(&local[${offsets[i]}u], sum${i} & 0xffffu);`,
    `atomicAdd(&local[${offsets[i] + 1}u], sum${i} >> 16u);`,
    `atomicAdd(&local[${offsets[i] + 2}u], count${i});`,
  ]);
  const flushed = new Set(sums.flatMap((i) => [offsets[i], offsets[i] + 1, offsets[i] + 2]));
  const histogramWords = Array.from({ length: words }, (_, i) => i).filter((i) => !flushed.has(i));
  const flush: string[] = [];
  for (const [first, last] of ranges(histogramWords))
    flush.push(
      `for (var i = ${first}u + lane; i < ${last + 1}u; i += 64u) {`,
      "  let counted = atomicLoad(&local[i]);",
      "  if (counted != 0u) { atomicAdd(&counters[i], counted); }",
      "}",
    );
  if (sums.length > 0) {
    flush.push("if (lane == 0u) {");
    for (const i of sums)
      flush.push(
        "  {",
        `    let high = atomicLoad(&local[${offsets[i] + 1}u]);`,
        `    let low = atomicLoad(&local[${offsets[i]}u]);`,
        "    let shifted = high << 16u;",
        `    addWide(${offsets[i]}u, shifted + low, (high >> 16u) + select(0u, 1u, shifted + low < shifted));`,
        `    atomicAdd(&counters[${offsets[i] + 2}u], atomicLoad(&local[${offsets[i] + 2}u]));`,
        "  }",
      );
    flush.push("}");
  }
  return (
    shaders.mathematics +
    fill(shaders.observe, {
      localSize: `${words}`,
      sums: indent(
        sums.map((i) => `var sum${i} = 0u; var count${i} = 0u;`),
        1,
      ),
      load: "",
      tallies: indent(body, 2),
      share: indent(share, 1),
      flush: indent(flush, 1),
    })
  );
}

/** Runs of consecutive numbers as [first, last] pairs. */
function ranges(sorted: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const i of sorted) {
    const run = runs[runs.length - 1];
    if (run && run[1] === i - 1) run[1] = i;
    else runs.push([i, i]);
  }
  return runs;
}

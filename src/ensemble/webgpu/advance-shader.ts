import { drawnScales } from "../../expression/drawn-scale.ts";
import type { Expression } from "../../expression/expression.ts";
import { uses } from "../../expression/expression.ts";
import { print } from "../../expression/print.ts";
import { absorbScales } from "../../expression/webassembly/absorb-scales.ts";
import { wgsl } from "../../expression/wgsl.ts";
import { wordsPerStep } from "../../random/streams.ts";
import { dyadicLarge, dyadicSmall } from "../../random/variates.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { localNames, tallyExpressions } from "../tally.ts";
import { shaders } from "./shaders.gen.ts";
import { eachTally, tallyLayout } from "./tally-text.ts";
import { fill, indent } from "./template.ts";

export interface AdvanceOptions {
  /** Steps per turn of the loop. */
  readonly turn: number;
  readonly workgroup: number;
  /** Spins per invocation. */
  readonly spins: number;
}

const names = ["xi1", "xi2", "xi3"] as const;

/** Lines that draw one step's variates, each times its scale, and advance the stream; `lane` ends every name. */
function draw(kernel: Kernel, scales: Readonly<Record<string, number>>, lane: string): string[] {
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

/** Lines of several spins in turn, so that what one waits for the other can fill. */
const interleave = (lists: readonly (readonly string[])[]): string[] =>
  lists[0].flatMap((_, i) => lists.map((list) => list[i]));

/** The step and the conditions of what is counted at each, reshaped to save multiplications. */
function reshaped(kernel: Kernel, watch: readonly Tally[]) {
  const isVariate = (name: string): boolean => name.startsWith("xi");
  const varies = (name: string): boolean => kernel.state.includes(name) || isVariate(name);
  // conditions share values with the step; what is counted keeps the rounding of its bin edges
  const conditions = watch.flatMap((tally) => (tally.when ? [tally.when] : []));
  const { scales, outputs } = drawnScales(
    absorbScales([...kernel.step, ...conditions], varies, isVariate),
    names,
  );
  const whens = outputs.slice(kernel.step.length).values();
  return {
    scales,
    step: outputs.slice(0, kernel.step.length),
    watch: watch.map((tally) => (tally.when ? { ...tally, when: whens.next().value } : tally)),
  };
}

/** The compute shader that advances every spin of a block. */
export function advanceShader(kernel: Kernel, { turn, workgroup, spins }: AdvanceOptions): string {
  const { offsets } = tallyLayout(kernel.watch);
  const { scales, step, watch } = reshaped(kernel, kernel.watch);
  const expressions: Expression[] = [...step, ...watch.flatMap(tallyExpressions)];
  const lanes = spins === 1 ? [""] : Array.from({ length: spins }, (_, i) => `_${i}`);
  /** Does the text where the spin of a lane exists; the last invocation may lack all but its first. */
  const ifPresent = (lane: string, text: string): string =>
    lane === lanes[0] ? text : `if (present${lane}) { ${text} }`;
  const naming = (lane: string) => {
    const rename = localNames(kernel);
    return (name: string): string => (name === "t" ? name : `${rename(name)}${lane}`);
  };
  const count = (tally: Tally, amount: string, i: number): string =>
    tally.kind === "histogram"
      ? `atomicAdd(&counters[${offsets[i]}u + ${amount}], 1u);`
      : `addWide(${offsets[i]}u, ${amount}); atomicAdd(&counters[${offsets[i] + 2}u], 1u);`;
  const assign = (lane: string, outputs: readonly string[]): string[] => [
    ...kernel.state.map((name, i) => `let next_${name}${lane} = ${outputs[i]};`),
    ...kernel.state.map((name) => `s_${name}${lane} = next_${name}${lane};`),
  ];
  const bodies = lanes.map((lane) => {
    const printed = print(expressions, wgsl, { rename: naming(lane), prefix: `v${lane}_` });
    const outputs = printed.outputs.slice(kernel.state.length);
    return [
      ...draw(kernel, scales, lane),
      ...printed.lines,
      ...eachTally(watch, outputs, count).map((text) => ifPresent(lane, text)),
      ...assign(lane, printed.outputs),
    ];
  });
  const body = interleave(bodies);
  const timed = uses("t", expressions);
  const steps = Array.from({ length: turn }, (_, j) => {
    const time = timed ? [`let t = f32(step + ${j}u) * ${wgsl.number(kernel.timeStep)};`] : [];
    return `{\n        ${indent([...time, ...body], 4)}\n      }`;
  });
  const noisy = kernel.variates !== "none";
  const load = lanes.flatMap((lane, k) => [
    ...(spins === 1
      ? []
      : k === 0
        ? [`let place${lane} = place;`]
        : [
            `let present${lane} = place + ${k}u * span.invocations < span.spins;`,
            `let place${lane} = min(place + ${k}u * span.invocations, span.spins - 1u);`,
          ]),
    ...kernel.parameters.map(
      (name, i) => `let p_${name}${lane} = parameters[place${lane} + ${i}u * span.spins];`,
    ),
    ...kernel.state.map((name, i) => `var s_${name}${lane} = state[place${lane} + ${i}u * span.spins];`),
    ...(noisy ? [`var stream${lane} = vec4u();`] : []),
  ]);
  const trivial = kernel.refresh.every((x, i) => x.kind === "variable" && x.name === kernel.state[i]);
  const refresh = lanes.flatMap((lane) => {
    const printed = print(kernel.refresh, wgsl, { rename: naming(lane), prefix: `r${lane}_` });
    return [
      ...(noisy
        ? [`stream${lane} = streamAt(span.seed, span.firstSpin + place${lane}, place${lane}, begin);`]
        : []),
      ...(trivial
        ? []
        : [
            ...printed.lines,
            ...kernel.state.map((name, i) => {
              const old = `s_${name}${lane}`;
              return `let fresh_${name}${lane} = select(${old}, ${printed.outputs[i]}, fresh);`;
            }),
            ...kernel.state.map((name) => `s_${name}${lane} = fresh_${name}${lane};`),
          ]),
    ];
  });
  const store = lanes.flatMap((lane) =>
    [
      ...kernel.state.map((name, i) => `state[place${lane} + ${i}u * span.spins] = s_${name}${lane};`),
      ...(noisy ? [`streams[place${lane}] = stream${lane};`] : []),
    ].map((text) => ifPresent(lane, text)),
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
      enter: "if (place >= span.invocations) { return; }",
      load: indent(load, 1),
      chunk: `${chunkLength}u`,
      words: `${wordsPerStep[kernel.variates]}u`,
      unroll: `${turn}u`,
      refresh: indent(refresh, 2),
      steps: steps.join("\n      "),
      store: indent(store, 1),
    })
  );
}

import type { Expression } from "../../expression/expression.ts";
import { uses } from "../../expression/expression.ts";
import { print, printNested } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import { drawing } from "../../random/streams.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { byPeriod, bySteps, gathered, localNames, type Numbered, tallyExpressions } from "../tally.ts";
import type { StepParity } from "./draw-text.ts";
import { draw } from "./draw-text.ts";
import { enterAlone, enterGroup, leaveFinished, seedsDeclaration } from "./group-text.ts";
import { reshaped } from "./reshaped.ts";
import { logEntries, logPlaces, logSample } from "./sample-log.ts";
import { shaders } from "./shaders.gen.ts";
import { amountText, eachTally, tallyLayout, tallyWords } from "./tally-text.ts";
import { languageFor, type Target } from "./target.ts";
import { fill, indent } from "./template.ts";
import { isOfTime, timeReader } from "./time-table.ts";

export interface AdvanceOptions {
  /** Steps per turn of the loop. */
  readonly turn: number;
  readonly workgroup: number;
  /** Spins per invocation. */
  readonly spins: number;
  readonly target: Target;
  /** Where several groups of spins are counted apart: the state variables that say that a spin is finished. */
  readonly groups?: { readonly finished: readonly string[] } | undefined;
}

/** Lines of several spins in turn, so that what one waits for the other can fill. */
const interleave = (lists: readonly (readonly string[])[]): string[] =>
  lists[0].flatMap((_, i) => lists.map((list) => list[i]));

/** Words of workgroup memory that counters may take: enough is left for several workgroups on one core of a GPU. */
const localLimit = 2048;

/**
 * Steps per turn of the loop: eight, or the largest power of two below after which a sample may be due. On a processor four where
 * no sample is: there more steps fill its cache of instructions, and a sample costs something in every turn.
 */
export function turnOf(kernel: Kernel, target: Target): number {
  const { sampled } = bySteps(kernel);
  let turn = 8;
  for (const [{ every = 1 }] of sampled) while (every % turn !== 0) turn /= 2;
  return sampled.length > 0 || target === "gpu" ? turn : 4;
}

/** The compute shader that advances every spin of a block. */
export function advanceShader(kernel: Kernel, options: AdvanceOptions): string {
  const { turn, workgroup, spins, target, groups } = options;
  const language = languageFor(target);
  const counted = gathered(kernel);
  const { offsets, words } = tallyLayout(counted);
  // sampled histograms gather in workgroup memory, which only a GPU has, or are written to a log
  const log = target === "gpu" ? [] : logEntries(kernel, spins);
  const entryOf = (i: number): number => log.findIndex(({ tally }) => tally === i);
  const { scales, columns, step, steadily, sampled, events } = reshaped(kernel);
  const lanes = spins === 1 ? [""] : Array.from({ length: spins }, (_, i) => `_${i}`);
  /** Does the text where the spin of a lane exists; the last invocation may lack all but its first. */
  const ifPresent = (lane: string, text: string): string =>
    lane === lanes[0] && !isLocal ? text : `if (present${lane}) { ${text} }`;
  const naming = (lane: string) => {
    const rename = localNames(kernel);
    return (name: string): string => (isOfTime(name) ? name : `${rename(name)}${lane}`);
  };
  const local = new Map<number, number>();
  let localWords = 0;
  for (const [tally, i] of sampled)
    if (target === "gpu" && tally.kind === "histogram" && localWords + tally.bins <= localLimit) {
      local.set(i, localWords);
      localWords += tally.bins;
    }
  const isLocal = localWords > 0;
  /** Where the counters of a group begin. */
  const counters = groups ? "counted + " : "";
  const count = (tally: Tally, amount: string, i: number): string => {
    if (tally.kind === "sum")
      return `addWide(${counters}${offsets[i]}u, ${amount}); atomicAdd(&counters[${counters}${offsets[i] + 2}u], 1u);`;
    const at = local.get(i);
    return at === undefined
      ? `atomicAdd(&counters[${counters}${offsets[i]}u + ${amount}], 1u);`
      : `atomicAdd(&local[${at}u + ${amount}], 1u);`;
  };
  const counting = (list: readonly Numbered[], outputs: readonly string[], lane: string): string[] =>
    eachTally(
      list.map(([tally]) => tally),
      outputs,
      (tally, amount, k) => count(tally, amount, list[k][1]),
    ).map((text) => ifPresent(lane, text));
  const set = new Set(events.flatMap((event) => Object.keys(event.set)));
  let numbered = kernel.watch.length;
  const eventTallies = events.map((event) => event.count.map((tally): Numbered => [tally, numbered++]));
  const always = [
    ...step,
    ...steadily.flatMap(([tally]) => tallyExpressions(tally)),
    ...events.map((event) => event.when),
  ];
  const inEvents = events.map((event) => [
    ...Object.values(event.set),
    ...event.count.flatMap(tallyExpressions),
  ]);
  /** Events that hardly ever befall any spin share one branch; a processor runs through branches in any case. */
  const guarded = (list: readonly { when: string; text: string }[]): string[] => {
    const texts = list.map(({ when, text }) => `if (${when}) { ${text} }`);
    const any = list.map(({ when }) => when).join(" | ");
    return target === "gpu" && list.length > 1 ? [`if (${any}) { ${texts.join(" ")} }`] : texts;
  };
  const logged = sampled.filter(([, i]) => entryOf(i) >= 0);
  const atOnce = sampled.filter(([, i]) => entryOf(i) < 0);
  const samples = byPeriod(atOnce);
  const inSamples = samples.map(({ due }) => due.flatMap(([tally]) => tallyExpressions(tally)));
  const inLog = logged.flatMap(([tally]) => tallyExpressions(tally));
  /** The lines of one step, with a sample at its start where one is due. */
  const bodyOf = (lane: string, sampling: boolean, parity: StepParity): string[] => {
    const inner = [...inEvents, ...(sampling ? [inLog, ...inSamples] : [])];
    const printed = printNested(always, inner, language, { rename: naming(lane), prefix: `v${lane}_` });
    const { outputs } = printed.outer;
    const [toLog, ...toSamples] = printed.blocks.slice(events.length);
    const seen = (toLog?.outputs ?? []).values();
    return [
      ...draw(kernel, scales, lane, parity),
      ...printed.outer.lines,
      ...counting(steadily, outputs.slice(step.length, -events.length || undefined), lane),
      ...kernel.state.map(
        (name, i) => `${set.has(name) ? "var" : "let"} next_${name}${lane} = ${outputs[i]};`,
      ),
      ...guarded(
        events.map((event, k) => {
          const inner = printed.blocks[k];
          const names = Object.keys(event.set);
          const lines = [
            ...inner.lines,
            ...counting(eventTallies[k], inner.outputs.slice(names.length), lane),
            ...names.map((name, i) => `next_${name}${lane} = ${inner.outputs[i]};`),
          ];
          return { when: outputs[outputs.length - events.length + k], text: lines.join(" ") };
        }),
      ),
      ...(toLog?.lines ?? []),
      ...(sampling ? logged : []).map(([tally, i]) => {
        const { bins } = log[entryOf(i)];
        const when = tally.when && seen.next().value;
        const bin = amountText(tally, seen.next().value as string);
        return `let bin${i}${lane} = ${when ? `select(${bins}u, ${bin}, ${when})` : bin};`;
      }),
      ...(sampling ? samples : []).map(({ every, due }, k) => {
        const { lines, outputs: seen } = toSamples[k];
        const text = [...lines, ...counting(due, seen, lane)].join(" ");
        return `${turn % every === 0 ? "" : `if (step % ${every}u == 0u) `}{ ${text} }`;
      }),
      ...kernel.state.map((name) => `s_${name}${lane} = next_${name}${lane};`),
    ];
  };
  const times = timeReader(columns, turn);
  const timeAt = (j: number, expressions: readonly Expression[]): string[] => [
    ...(uses("t", expressions) ? [`let t = f32(step + ${j}u) * ${wgsl.number(kernel.timeStep)};`] : []),
    ...times.name(j),
  ];
  const scope = (lines: readonly string[]): string => `{\n        ${indent(lines, 4)}\n      }`;
  const stepOf = (samples: boolean, parity: StepParity): string[] =>
    interleave(lanes.map((lane) => bodyOf(lane, samples, parity)));
  const first = stepOf(true, turn === 1 ? "either" : "even");
  const [even, odd] = turn === 1 ? [[], []] : [stepOf(false, "even"), stepOf(false, "odd")];
  const steps = Array.from({ length: turn }, (_, j) => [
    ...(j === 0 ? times.enter : []),
    ...times.load(j),
    scope([
      ...timeAt(j, [...always, ...inEvents.flat(), ...(j === 0 ? [...inLog, ...inSamples.flat()] : [])]),
      ...(j === 0 ? first : j % 2 === 0 ? even : odd),
      ...(j === 0 ? log : []).map((entry, k) =>
        logSample(
          entry,
          k,
          lanes.map((lane) => `bin${entry.tally}${lane}`),
          workgroup,
        ),
      ),
    ]),
  ]).flat();
  const noisy = kernel.variates !== "none";
  // where spins change places, their numbers in the block are the last of their parameters
  const number = (lane: string): string =>
    groups ? `place${lane} - base` : kernel.finished ? `number${lane}` : `place${lane}`;
  const [base, each] = groups ? ["base + ", "span.groupSpins"] : ["", "span.spins"];
  const load = lanes.flatMap((lane, k) => [
    `let place${lane} = ${base}min(first + ${k}u * span.invocations, ${each} - 1u);`,
    ...(k > 0 || isLocal
      ? [`let present${lane} = first < span.invocations && first + ${k}u * span.invocations < ${each};`]
      : []),
    ...(k === 0 ? logPlaces(log, workgroup, groups ? "slot" : "first") : []),
    ...kernel.parameters.map(
      (name, i) => `let p_${name}${lane} = parameters[place${lane} + ${i}u * span.spins];`,
    ),
    ...(kernel.finished && noisy
      ? [`let number${lane} = u32(parameters[place${lane} + ${kernel.parameters.length}u * span.spins]);`]
      : []),
    ...kernel.state.map((name, i) => `var s_${name}${lane} = state[place${lane} + ${i}u * span.spins];`),
    ...(noisy ? [`var stream${lane} = vec4u();`] : []),
  ]);
  const trivial = kernel.refresh.every((x, i) => x.kind === "variable" && x.name === kernel.state[i]);
  const refresh = lanes.flatMap((lane) => {
    const printed = print(kernel.refresh, language, { rename: naming(lane), prefix: `r${lane}_` });
    return [
      ...(noisy
        ? [
            `stream${lane} = streamAt(${groups ? "seed" : "span.seed"}, span.firstSpin + ${number(lane)}, place${lane}, begin);`,
          ]
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
  // a log has a place for every spin, which would be left as it was
  const leave = groups && log.length === 0 ? leaveFinished(groups.finished, lanes) : [];
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
  const clear = [
    `for (var i = lane; i < ${localWords}u; i += ${workgroup}u) { atomicStore(&local[i], 0u); }`,
    "workgroupBarrier();",
  ];
  const flush = [
    "workgroupBarrier();",
    ...[...local].flatMap(([i, at]) => [
      `for (var i = lane; i < ${tallyWords(counted[i])}u; i += ${workgroup}u) {`,
      `  let gathered = atomicLoad(&local[${at}u + i]);`,
      `  if (gathered != 0u) { atomicAdd(&counters[${counters}${offsets[i]}u + i], gathered); }`,
      "}",
    ]),
  ];
  return (
    shaders.mathematics +
    shaders.random +
    fill(shaders.advance, {
      counting: [
        ...(counted.some((tally) => tally.kind === "sum") ? [wide] : []),
        ...times.declaration,
        ...(groups ? [seedsDeclaration] : []),
        ...(log.length > 0 ? ["@group(0) @binding(5) var<storage, read_write> samples: array<u32>;"] : []),
        ...(isLocal ? [`var<workgroup> local: array<atomic<u32>, ${localWords}>;`] : []),
      ].join("\n"),
      workgroup: `${workgroup}`,
      enter: indent(
        [
          ...(groups ? enterGroup(workgroup, words) : enterAlone),
          ...(isLocal ? clear : ["if (first >= span.invocations) { return; }"]),
        ],
        1,
      ),
      load: indent(load, 1),
      chunk: `${chunkLength}u`,
      words: `${drawing[kernel.variates].words}u`,
      stepsOfWords: `${drawing[kernel.variates].steps}u`,
      unroll: `${turn}u`,
      refresh: indent([...leave, ...refresh], 2),
      steps: steps.join("\n      "),
      store: indent([...store, ...(isLocal ? flush : [])], 1),
    })
  );
}

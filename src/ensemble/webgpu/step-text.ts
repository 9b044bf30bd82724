import type { Expression } from "../../expression/expression.ts";
import { uses } from "../../expression/expression.ts";
import { printNested } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import type { Kernel } from "../kernel.ts";
import { eventExpressions } from "../lowered.ts";
import { byPeriod, type Numbered, numberedExpressions } from "../tally.ts";
import type { CountingText } from "./counting-text.ts";
import type { StepParity } from "./draw-text.ts";
import { draw } from "./draw-text.ts";
import type { LaneOptions } from "./lane-text.ts";
import { ifPresent, lanesOf, namesIn } from "./lane-text.ts";
import type { Reshaped } from "./reshaped.ts";
import type { logEntries } from "./sample-log.ts";
import { logSample } from "./sample-log.ts";
import { amountText, eachTally } from "./tally-text.ts";
import { languageFor } from "./target.ts";
import { indent } from "./template.ts";
import type { timeReader } from "./time-table.ts";

/** The inputs for the lines of a step. */
export interface StepParts {
  readonly kernel: Kernel;
  readonly shaped: Reshaped;
  readonly counting: CountingText;
  /** Sampled histograms that are written to a log instead of counted at once. */
  readonly log: ReturnType<typeof logEntries>;
  readonly lanes: LaneOptions;
  /** Steps per turn of the loop. */
  readonly turn: number;
}

/** Interleaves the lines of several spins, so that one spin's computations fill the waiting times of another. */
const interleave = (lists: readonly (readonly string[])[]): string[] =>
  lists[0].flatMap((_, i) => lists.map((list) => list[i]));

/** The lines of one turn of the loop: all its steps, with samples in the first if they are due. */
export function turnText(
  parts: StepParts,
  times: ReturnType<typeof timeReader>,
  workgroup: number,
): string[] {
  const { kernel, log, turn } = parts;
  const lanes = lanesOf(parts.lanes.spins);
  const step = stepWriter(parts);
  const timeAt = (j: number, expressions: readonly Expression[]): string[] => [
    ...(uses("t", expressions) ? [`let t = f32(step + ${j}u) * ${wgsl.number(kernel.timeStep)};`] : []),
    ...times.name(j),
  ];
  const scope = (lines: readonly string[]): string => `{\n        ${indent(lines, 4)}\n      }`;
  const linesOf = (isSampled: boolean, parity: StepParity): string[] =>
    interleave(lanes.map((lane) => step.lines(lane, isSampled, parity)));
  const first = linesOf(true, turn === 1 ? "either" : "even");
  const [even, odd] = turn === 1 ? [[], []] : [linesOf(false, "even"), linesOf(false, "odd")];
  return Array.from({ length: turn }, (_, j) => [
    ...(j === 0 ? times.enter : []),
    ...times.load(j),
    scope([
      ...timeAt(j, step.expressions(j === 0)),
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
}

/** Rare events share one branch; a processor executes branches in any case. */
function guarded(
  target: LaneOptions["target"],
  list: readonly { readonly when: string; readonly text: string }[],
): string[] {
  const texts = list.map(({ when, text }) => `if (${when}) { ${text} }`);
  const any = list.map(({ when }) => when).join(" | ");
  return target === "gpu" && list.length > 1 ? [`if (${any}) { ${texts.join(" ")} }`] : texts;
}

/** Writes one step of one spin: noise, the step itself, the counts of every step, events, and samples. */
function stepWriter({ kernel, shaped, counting, log, lanes, turn }: StepParts): {
  lines(lane: string, isSampled: boolean, parity: StepParity): string[];
  expressions(isSampled: boolean): Expression[];
} {
  const { scales, step, steadily, sampled, events } = shaped;
  const entryOf = (i: number): number => log.findIndex(({ tally }) => tally === i);
  const countingLines = (list: readonly Numbered[], outputs: readonly string[], lane: string): string[] =>
    eachTally(
      list.map(([tally]) => tally),
      outputs,
      (tally, amount, k) => counting.count(tally, amount, list[k][1]),
    ).map((text) => ifPresent(lane, text, lanes));
  const set = new Set(events.flatMap((event) => Object.keys(event.set)));
  const always = [...step, ...numberedExpressions(steadily), ...events.map((event) => event.when)];
  const inEvents = events.map(eventExpressions);
  const logged = sampled.filter(([, i]) => entryOf(i) >= 0);
  const samples = byPeriod(sampled.filter(([, i]) => entryOf(i) < 0));
  const inSamples = samples.map(({ due }) => numberedExpressions(due));
  const inLog = numberedExpressions(logged);
  return {
    lines(lane, isSampled, parity) {
      const inner = [...inEvents, ...(isSampled ? [inLog, ...inSamples] : [])];
      const printed = printNested(always, inner, languageFor(lanes.target), {
        rename: namesIn(kernel, lane),
        prefix: `v${lane}_`,
      });
      const { outputs } = printed.outer;
      const [toLog, ...toSamples] = printed.blocks.slice(events.length);
      const seen = (toLog?.outputs ?? []).values();
      return [
        ...draw(kernel, scales, lane, parity),
        ...printed.outer.lines,
        ...countingLines(steadily, outputs.slice(step.length, -events.length || undefined), lane),
        ...kernel.state.map(
          (name, i) => `${set.has(name) ? "var" : "let"} next_${name}${lane} = ${outputs[i]};`,
        ),
        ...guarded(
          lanes.target,
          events.map((event, k) => {
            const block = printed.blocks[k];
            const names = Object.keys(event.set);
            const lines = [
              ...block.lines,
              ...countingLines(event.count, block.outputs.slice(names.length), lane),
              ...names.map((name, i) => `next_${name}${lane} = ${block.outputs[i]};`),
            ];
            return { when: outputs[outputs.length - events.length + k], text: lines.join(" ") };
          }),
        ),
        ...(toLog?.lines ?? []),
        ...(isSampled ? logged : []).map(([tally, i]) => {
          const { bins } = log[entryOf(i)];
          const when = tally.when && seen.next().value;
          const bin = amountText(tally, seen.next().value as string);
          return `let bin${i}${lane} = ${when ? `select(${bins}u, ${bin}, ${when})` : bin};`;
        }),
        ...(isSampled ? samples : []).map(({ every, due }, k) => {
          const { lines, outputs: values } = toSamples[k];
          const text = [...lines, ...countingLines(due, values, lane)].join(" ");
          return `${turn % every === 0 ? "" : `if (step % ${every}u == 0u) `}{ ${text} }`;
        }),
        ...kernel.state.map((name) => `s_${name}${lane} = next_${name}${lane};`),
      ];
    },
    expressions: (isSampled) => [
      ...always,
      ...inEvents.flat(),
      ...(isSampled ? [...inLog, ...inSamples.flat()] : []),
    ],
  };
}

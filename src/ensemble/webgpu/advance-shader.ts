import { drawing } from "../../random/streams.ts";
import type { Kernel } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import type { Lowered } from "../lowered.ts";
import { gathered } from "../tally.ts";
import { countingText } from "./counting-text.ts";
import { enterAlone, enterGroup, leaveFinished, seedsDeclaration } from "./group-text.ts";
import { lanesOf, loadText, refreshText, storeText } from "./lane-text.ts";
import { reshaped } from "./reshaped.ts";
import { logEntries, logPlaces } from "./sample-log.ts";
import { shaders } from "./shaders.gen.ts";
import { turnText } from "./step-text.ts";
import { tallyLayout } from "./tally-text.ts";
import type { Target } from "./target.ts";
import { fill, indent } from "./template.ts";
import { timeReader } from "./time-table.ts";

export interface AdvanceOptions {
  /** Steps per turn of the loop. */
  readonly turn: number;
  readonly workgroup: number;
  /** Spins per invocation. */
  readonly spins: number;
  readonly target: Target;
  /** If several groups of spins are counted separately: the state variables that say that a spin is finished. */
  readonly groups?: { readonly finished: readonly string[] } | undefined;
}

/**
 * Steps per turn of the loop: eight, or the largest smaller power of two that divides the sampling intervals. On a processor without
 * samples four, because more steps overflow its instruction cache; with samples more, because each turn has the cost of a sample.
 */
export function turnOf(sampled: Lowered["sampled"], target: Target): number {
  let turn = 8;
  for (const [{ every = 1 }] of sampled) while (every % turn !== 0) turn /= 2;
  return sampled.length > 0 || target === "gpu" ? turn : 4;
}

/** The compute shader that advances every spin of a block. */
export function advanceShader(kernel: Kernel, options: AdvanceOptions): string {
  const { turn, workgroup, spins, target, groups } = options;
  const tallies = gathered(kernel);
  const shaped = reshaped(kernel);
  const counting = countingText(tallies, shaped.sampled, { target, workgroup, grouped: !!groups });
  // without workgroup memory, sampled histograms are written to a log
  const log = target === "gpu" ? [] : logEntries(shaped.sampled, spins);
  const lanes = { spins, target, grouped: !!groups, isFirstAsked: counting.isLocal };
  const times = timeReader(shaped.columns, turn);
  const enter = [
    ...(groups ? enterGroup(workgroup, tallyLayout(tallies).words) : enterAlone),
    ...(counting.isLocal ? counting.clear : ["if (first >= span.invocations) { return; }"]),
  ];
  // a log has a place for every spin, so every spin must write
  const leave = groups && log.length === 0 ? leaveFinished(groups.finished, lanesOf(spins)) : [];
  return (
    shaders.mathematics +
    shaders.random +
    fill(shaders.advance, {
      counting: [
        ...counting.declarations,
        ...times.declaration,
        ...(groups ? [seedsDeclaration] : []),
        ...(log.length > 0 ? ["@group(0) @binding(5) var<storage, read_write> samples: array<u32>;"] : []),
      ].join("\n"),
      workgroup: `${workgroup}`,
      enter: indent(enter, 1),
      load: indent(loadText(kernel, lanes, logPlaces(log, workgroup, groups ? "slot" : "first")), 1),
      chunk: `${chunkLength}u`,
      words: `${drawing[kernel.variates].words}u`,
      stepsOfWords: `${drawing[kernel.variates].steps}u`,
      unroll: `${turn}u`,
      refresh: indent([...leave, ...refreshText(kernel, lanes)], 2),
      steps: turnText({ kernel, shaped, counting, log, lanes, turn }, times, workgroup).join("\n      "),
      store: indent([...storeText(kernel, lanes), ...counting.flush], 1),
    })
  );
}

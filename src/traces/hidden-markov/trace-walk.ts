import type { BinnedTrace } from "./binned.ts";
import { decode, decodeMargin } from "./decode.ts";
import { planGrid } from "./flow-grid.ts";
import { followedLevels, followedLikelihoods, followedRanks } from "./followed.ts";
import { planHistories } from "./history-plan.ts";
import { blockLikelihoods, prepare } from "./likelihood.ts";
import { ranksAlong } from "./ranks.ts";
import type { Telegraph } from "./telegraph.ts";

/** A way to evaluate a trace, planned for a telegraph signal; states and cost are the same for similar signals. */
export interface TraceWalk {
  readonly size: number;
  /** Logarithm of the likelihood of each of so many blocks of the trace given all before it. */
  likelihoods(telegraph: Telegraph, blocks: number): Float64Array;
  /** The most likely level of every sample. */
  levels(telegraph: Telegraph): Uint8Array;
  /** For each sample, the probability of a smaller one given all before it. */
  ranks(telegraph: Telegraph): Float64Array;
}

/** Logarithm of the likelihood of a whole trace. */
export function logLikelihood(
  trace: BinnedTrace,
  telegraph: Telegraph,
  onEvaluation?: (() => void) | undefined,
): number {
  onEvaluation?.();
  return planWalk(telegraph, trace).likelihoods(telegraph, 1)[0];
}

/** Uses exact states behind one pole or none, and merging histories behind any other response. */
export function planWalk(telegraph: Telegraph, trace: BinnedTrace, fineness = 1): TraceWalk {
  const { answer, sampleTime } = trace;
  if (answer) {
    const plan = planHistories(telegraph, answer, fineness);
    const key = plan.size * plan.steps;
    return {
      size: key,
      likelihoods: (of, blocks) => followedLikelihoods(of, answer, plan, trace, blocks),
      levels: (of) => followedLevels(of, answer, plan, trace, decodeMargin(of, sampleTime)),
      ranks: (of) => followedRanks(of, answer, plan, trace),
    };
  }
  const grid = planGrid(telegraph, sampleTime, fineness);
  return {
    size: grid.size,
    likelihoods: (of, blocks) => blockLikelihoods(prepare(of, trace, grid), trace, blocks),
    levels: (of) => decode(prepare(of, trace, grid), trace, decodeMargin(of, sampleTime)),
    ranks: (of) => ranksAlong(prepare(of, trace, grid), of, trace),
  };
}

import type { Answer } from "./answer.ts";
import { answerTime, pointsPerSample } from "./answer.ts";
import type { Telegraph } from "./telegraph.ts";

/** Which histories of the level are kept apart. */
export interface HistoryPlan {
  /** Jumps may happen this many times a sample. */
  readonly steps: number;
  /** After so many steps the last jump, and the one before it, are long ago. */
  readonly ages: readonly [number, number];
  /** Samples to come that a jump adds to. */
  readonly memory: number;
  readonly size: number;
}

/** Parts of a sample whose middles are among the points of an answer. */
const stepChoices = [1, 2, 3, 4, 6];
/** The unknown time of a jump within a step may move a sample by so much of the noise. */
const allowedJitter = 0.3;
/** A jump older than that which adds less than this part of the noise is long ago. */
const faint = 0.1;
/**
 * More than these change the rates by less than 1 % where dwell times are as long as the answer (test/traces/instrument.test.ts compares with the exact
 * likelihood behind one pole).
 */
const mostAges = [16, 6] as const;

/** The fastest change of an answer with the place of a jump within one sample, for a jump by 1. */
function slopeOf({ remaining }: Answer): number {
  let slope = 0;
  for (let from = 0; from < remaining.length; from += pointsPerSample) {
    const at = (i: number): number => remaining[from + i] ?? 0;
    slope = Math.max(slope, Math.abs(at(1) - at(pointsPerSample - 1)));
  }
  return slope;
}

const jumpOf = ({ levels }: Telegraph): number => levels[levels.length - 1] - levels[0];

const stepsFor = (slope: number, telegraph: Telegraph): number =>
  (slope * jumpOf(telegraph)) / (Math.sqrt(12) * allowedJitter * telegraph.noise);

/** Samples that one mean takes: over more than this part of the answer's own time it would miss jumps. */
const averagedOver = 0.3;
/** Of a mean, so that they stay few. */
const wantedSteps = 2;

/** How many samples with this answer, and noise as of one of them, are read as one mean. */
export function averagedBehind(answer: Answer, telegraph: Telegraph): number {
  const one = stepsFor(slopeOf(answer), telegraph);
  // a mean moves as much more as it is long, and has the less noise
  const fine = one > 0 ? (wantedSteps / one) ** (2 / 3) : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(Math.min(averagedOver * answerTime(answer), fine)));
}

/** Enough for the answer, the noise and the step between the levels; halve `fineness` to see what it costs in accuracy. */
export function planHistories(telegraph: Telegraph, answer: Answer, fineness = 1): HistoryPlan {
  const { levels, noise } = telegraph;
  const { remaining } = answer;
  const jump = jumpOf(telegraph);
  const wanted = stepsFor(slopeOf(answer), telegraph) / fineness;
  const steps = stepChoices.find((choice) => choice >= wanted) ?? stepChoices[stepChoices.length - 1];
  const seen = remaining.findLastIndex((value) => Math.abs(value) * jump > faint * fineness * noise);
  const needed = Math.ceil((steps * (seen + 1)) / pointsPerSample) + 1;
  const [most, mostEarlier] = mostAges.map((limit) =>
    Math.max(2, Math.min(needed, Math.round(limit / fineness))),
  );
  return {
    steps,
    ages: [most, mostEarlier],
    memory: Math.max(1, Math.ceil(remaining.length / pointsPerSample)),
    size: levels.length ** 2 * (most + 1) * (mostEarlier + 1),
  };
}

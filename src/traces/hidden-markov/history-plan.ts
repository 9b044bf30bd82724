import type { Answer } from "./answer.ts";
import { answerTime, pointsPerSample } from "./answer.ts";
import type { Telegraph } from "./telegraph.ts";

/** Which histories of the level are distinguished. */
export interface HistoryPlan {
  /** Number of possible times of jumps per sample. */
  readonly steps: number;
  /** Number of steps after which the last jump, and the one before it, count as long ago. */
  readonly ages: readonly [number, number];
  /** Number of later samples to which a jump contributes. */
  readonly memory: number;
  readonly size: number;
}

/** Numbers of parts of a sample whose middles are among the points of a response. */
const stepChoices = [1, 2, 3, 4, 6];
/** Largest change of a sample by the unknown time of a jump within a step, relative to the noise. */
const allowedJitter = 0.3;
/** A jump whose later contributions are below this share of the noise is long ago. */
const faint = 0.1;
/**
 * A larger plan changes the rates by less than 1 % if dwell times are as long as the response
 * (test/traces/instrument.test.ts compares with the exact likelihood behind one pole).
 */
const mostAges = [16, 6] as const;

/** The fastest change of a response with the time of a jump within one sample, for a jump by 1. */
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

/** Largest length of a mean as a share of the response time; a longer mean would miss jumps. */
const averagedOver = 0.3;
/** Most steps of a mean, so that there are few histories. */
const wantedSteps = 2;

/** Number of samples that are averaged into one mean, for this response and the noise of one sample. */
export function averagedBehind(answer: Answer, telegraph: Telegraph): number {
  const one = stepsFor(slopeOf(answer), telegraph);
  // a mean changes more in proportion to its length, and has less noise
  const fine = one > 0 ? (wantedSteps / one) ** (2 / 3) : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(Math.min(averagedOver * answerTime(answer), fine)));
}

/**
 * A plan sufficient for the response, the noise and the step between the levels; halve `fineness` to check its
 * accuracy.
 */
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

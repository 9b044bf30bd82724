import type { Problem } from "../experiment/problem.ts";
import { sizeOf } from "../expression/merge.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly } from "../fokker-planck/exact.ts";
import type { Pilot, PilotBias } from "./half-step-pilot.ts";
import {
  foundBias,
  halfStepPilot,
  mostSpins,
  mostSpinsOf,
  pilotOf,
  schemeOf,
  significant,
} from "./half-step-pilot.ts";

/** A bias within this many of its errors below a limit may exceed it. */
const likely = 2;

/**
 * A pilot with `effort` times the usual number of spins follows, for one second and then for another, if a bias that may exceed the limit
 * is at least `least` of its errors and has an error of at most `most` limits; larger ones would stay too large.
 */
interface Repetition {
  readonly effort: number;
  readonly least: number;
  readonly most: number;
}

const first: Repetition = { effort: 8, least: 0, most: 8 };
const second: Repetition = { effort: 32, least: 2, most: 1 };
export const mostEffort = second.effort;
/** Most operations of a step for which it is repeated: some seconds of work. */
const mostRepeated = 4000;
/** Most spins of a pilot for each spin of the ensemble. */
const perSpin = 8;
/** Steps of the run in one step of the second pilot. */
const stretch = 2;

/**
 * A pilot with enough spins to decide whether all biases keep below a limit, as far as that takes no longer than seconds. A repetition
 * compares h with h/2 and 2h with h. At 2h a bias is four times as large and its error hardly more, so as long as the two agree on the
 * bias at h, that is as long as the weak order holds, their mean has a third of the error.
 */
export function decidedPilot(problem: Problem, limit: number): Exact<Pilot> {
  const quick = halfStepPilot(problem);
  const isOpen = ({ value }: Exact<Pilot>, { effort, least, most }: Repetition): boolean =>
    value !== null &&
    foundBias(value) <= limit &&
    effort * mostSpins <= perSpin * problem.ensemble &&
    value.all.some(({ bias, biasError }) => {
      const size = Math.abs(bias);
      return size >= least * biasError && size + likely * biasError > limit && biasError <= most * limit;
    });
  const withTwice = ({ value }: Exact<Pilot>, { effort }: Repetition): Exact<Pilot> | undefined => {
    if (value === null || foundBias(value) > limit) return undefined;
    const twice = halfStepPilot({ ...problem, seed: problem.seed + effort }, { effort, stretch });
    return twice.value ? agreed(problem, value, twice.value) : undefined;
  };
  if (!isOpen(quick, first) || mostSpinsOf(problem) < mostSpins) return quick;
  if (sizeOf(schemeOf(problem, problem.timeStep).step) > mostRepeated) return quick;
  const itself = halfStepPilot(problem, { effort: first.effort, multiple: stretch });
  const both = withTwice(itself, first);
  if (!isOpen(both ?? itself, second)) return both ?? itself;
  return (
    (both && withTwice(both, second)) ?? halfStepPilot(problem, { effort: second.effort, multiple: stretch })
  );
}

/** The largest error of a bias that is well known, as a share of the limit. */
const sharp = 0.25;

/**
 * The largest bias, with its errors, that a pilot leaves possible: of those that it knows to a part of the limit, and of the one that is
 * least by chance. Late times, which few spins reach, it does not know.
 */
export function largestLikely({ all, bias, biasError }: Pilot, limit: number): number {
  const known = all.filter((x) => x.biasError <= sharp * limit);
  return Math.max(
    bias + significant * biasError,
    ...known.map((x) => Math.abs(x.bias) + likely * x.biasError),
  );
}

/** The means of two independent pilots of the same moments; undefined if they contradict each other. */
function agreed(problem: Problem, a: Pilot, b: Pilot): Exact<Pilot> | undefined {
  const contradict = (x: PilotBias, y: PilotBias): boolean =>
    Math.abs(x.bias - y.bias) > significant * Math.hypot(x.biasError, y.biasError);
  if (a.all.length !== b.all.length || a.all.some((x, i) => contradict(x, b.all[i]))) return undefined;
  const all = a.all.map((x, i): PilotBias => {
    const y = b.all[i];
    const [ofX, ofY] = [1 / x.biasError ** 2, 1 / y.biasError ** 2];
    // without noise both are what they are
    if (!Number.isFinite(ofX + ofY)) return x;
    return { ...x, bias: (ofX * x.bias + ofY * y.bias) / (ofX + ofY), biasError: 1 / Math.sqrt(ofX + ofY) };
  });
  return exactly(pilotOf(problem, all, { steps: a.steps, effort: b.effort, stretch: b.stretch }));
}

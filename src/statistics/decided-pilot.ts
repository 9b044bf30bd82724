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
export const likely = 2;
/**
 * A pilot is repeated with `effort` times the usual number of spins, for one second and for four, if a bias that may exceed the limit is
 * at least `least` of its errors and has an error of at most `most` limits; larger ones would stay too large.
 */
const repetitions = [
  { effort: 8, least: 0, most: 2 },
  { effort: 32, least: 2, most: 1 },
];
export const mostEffort = Math.max(...repetitions.map(({ effort }) => effort));
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
  let pilot = halfStepPilot(problem);
  if (mostSpinsOf(problem) < mostSpins || sizeOf(schemeOf(problem, problem.timeStep).step) > mostRepeated)
    return pilot;
  let hasOrder = true;
  for (const { effort, least, most } of repetitions) {
    if (pilot.value === null || foundBias(pilot.value) > limit) return pilot;
    const isOpen = pilot.value.all.some(({ bias, biasError }) => {
      const size = Math.abs(bias);
      return size > least * biasError && size + likely * biasError > limit && biasError <= most * limit;
    });
    if (!isOpen || effort * mostSpins > perSpin * problem.ensemble) return pilot;
    pilot = halfStepPilot(problem, { effort, multiple: stretch });
    if (pilot.value === null || foundBias(pilot.value) > limit || !hasOrder) continue;
    const longer = halfStepPilot({ ...problem, seed: problem.seed + 1 }, { effort, stretch });
    const together = longer.value && agreed(problem, pilot.value, longer.value);
    hasOrder = Boolean(together);
    if (together) pilot = exactly(together);
  }
  return pilot;
}

/** The means of two independent pilots of the same moments; undefined if they contradict each other. */
function agreed(problem: Problem, a: Pilot, b: Pilot): Pilot | undefined {
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
  return pilotOf(problem, all, { steps: a.steps, effort: a.effort, stretch: b.stretch });
}

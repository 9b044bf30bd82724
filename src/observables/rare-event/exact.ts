import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { averagedPotential } from "../../fokker-planck/averaged-meridian.ts";
import { complementOf, projectionSetOf } from "../../fokker-planck/condition.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import { firstPassage } from "../../fokker-planck/first-passage.ts";
import { frameAlong, inner, outOfFrame } from "../../fokker-planck/frame.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import { isDriven } from "../../fokker-planck/switching.ts";
import { tailProbability } from "../../fokker-planck/tail-probability.ts";
import type { PlannedRareEvent } from "./planned.ts";

/** A probability or a rate (per reduced time) with its relative error. */
export interface ExactRareEvent {
  readonly value: number;
  readonly errorEstimate: number;
}

/** Relative error above which a figure is not given. */
const largestError = 1e-2;

export const exactRareEvent = (
  problem: Problem,
  prediction: Prediction,
  planned: PlannedRareEvent,
): Exact<ExactRareEvent> =>
  planned.asked === "rate" ? exactRate(problem, prediction, planned) : atEnd(problem, prediction, planned);

/** What of the ensemble lies beyond one threshold at the end: an evolution without subtractions about the common axis. */
function atEnd(
  problem: Problem,
  { members }: Prediction,
  { event }: PlannedRareEvent,
): Exact<ExactRareEvent> {
  const set = projectionSetOf(event);
  if (set.value === null) return set;
  if (set.value === "nothing") return exactly({ value: 0, errorEstimate: 0 });
  if (set.value === "everything") return exactly({ value: 1, errorEstimate: 0 });
  const { axis, intervals } = set.value;
  const [interval] = intervals;
  const isCap = intervals.length === 1 && (interval.from <= -1 || interval.to >= 1);
  if (!isCap) return outOfReach("small probabilities are computed beyond one threshold");
  const above = interval.to >= 1;
  const end = problem.steps * problem.timeStep;
  let [value, errorEstimate] = [0, 0];
  for (const { solution, initial, weight } of members) {
    const { axis: common, dynamics } = solution;
    const sense = common ? inner(common, axis) : 0;
    if (!common || Math.abs(sense) < 1 - 1e-14)
      return outOfReach("small probabilities are computed along a common axis of the dynamics and the event");
    const found = tailProbability(dynamics, frameAlong(axis), initial, [end], {
      threshold: above ? interval.from : interval.to,
      breakpoints: problem.breakpoints,
    });
    if (found.value === null) return found;
    const [figure] = above ? found.value.above : found.value.below;
    value += weight * figure.value;
    errorEstimate = Math.max(errorEstimate, figure.errorEstimate);
  }
  return errorEstimate > largestError
    ? outOfReach(`it did not settle: two resolutions differ by ${errorEstimate.toExponential(1)} of it`)
    : exactly({ value, errorEstimate });
}

/** One over the mean first passage from the bottom of the well: after many relaxations within it the two are one. */
function exactRate(
  problem: Problem,
  { members }: Prediction,
  { event }: PlannedRareEvent,
): Exact<ExactRareEvent> {
  if (isDriven(problem)) return outOfReach("a rate needs a drive that does not change in time");
  if (members.length > 1) return outOfReach("rates differ from spin to spin");
  const set = projectionSetOf(event);
  if (set.value === null) return set;
  if (set.value === "nothing" || set.value === "everything")
    return outOfReach("the event has no rim to be reached");
  const { axis, intervals } = complementOf(set.value);
  const [{ solution }] = members;
  const potential = averagedPotential(solution.dynamics, frameAlong(axis));
  // the well with the lowest bottom is what is left after a while
  let best = { height: Number.POSITIVE_INFINITY, z: 0, alive: intervals[0] };
  for (const alive of intervals)
    for (let i = 0; i <= 400; i++) {
      const z = alive.from + ((alive.to - alive.from) * i) / 400;
      const height = potential(z, 0);
      if (height < best.height) best = { height, z, alive };
    }
  const frame = frameAlong(axis);
  const holds = compileScalar(event, ["mx", "my", "mz"]);
  const s = Math.sqrt(Math.max(0, 1 - best.z ** 2));
  const psi = compileScalar(solution.dynamics.psi, ["mx", "my", "mz", "t"]);
  const ring = Array.from({ length: 96 }, (_, k) => {
    const phi = (2 * Math.PI * k) / 96;
    return outOfFrame(frame, [s * Math.cos(phi), s * Math.sin(phi), best.z]);
  });
  const bottom = ring.reduce((low, m) => {
    const [here, there] = [psi(m[0], m[1], m[2], 0), psi(low[0], low[1], low[2], 0)];
    return here < there ? m : low;
  });
  if (holds(...bottom)) return outOfReach("the bottom of the well lies in the event");
  const found = firstPassage(
    solution.dynamics,
    { axis, ...best.alive },
    { kind: "direction", m: bottom },
    [],
  );
  if (found.value === null) return found;
  const { mean, errorEstimate } = found.value;
  return errorEstimate > largestError
    ? outOfReach(`it did not settle: two resolutions differ by ${errorEstimate.toExponential(1)} of it`)
    : exactly({ value: 1 / mean, errorEstimate });
}

import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { parityIn } from "../expression/parity.ts";
import { magnetization } from "../expression/vector.ts";
import { turnsAbout } from "../fokker-planck/axis.ts";
import { isEquilibrium } from "../fokker-planck/equilibrium.ts";
import type { Vec3 } from "../fokker-planck/frame.ts";
import { unit } from "../fokker-planck/frame.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { areParallel } from "../numerics/parallel.ts";
import { observables } from "../observables/index.ts";
import { isDriven } from "../physics/dynamics.ts";
import type { BlindSpot } from "../result.ts";
import { startsStationary } from "../statistics/settled.ts";
import { remedyFor } from "./remedy.ts";
import { unseenAzimuths } from "./unseen-azimuths.ts";

/** What an observable shows of the dynamics beyond the state itself. */
interface Sight {
  readonly damping: boolean;
  readonly precession: boolean;
  /** Whether Ω and −Ω differ. */
  readonly sense: boolean;
}

const nothing: Sight = { damping: false, precession: false, sense: false };

/** Whether the initial density is a function of axis·m. */
function startsAbout({ initial }: Problem, axis: Vec3): boolean {
  if ("isotropic" in initial) return true;
  if ("direction" in initial) return areParallel(unit(initial.direction), axis);
  return turnsAbout([initial.energyOverKT], axis);
}

/** Whether dynamics and initial density stay the same when one coordinate is reversed. */
function isMirrored({ dynamics, initial }: Problem, k: number): boolean {
  const isEven = (of: Expression): boolean => parityIn(of, magnetization[k]) === "even";
  if (!isEven(dynamics.psi) || !isEven(dynamics.omega)) return false;
  if ("isotropic" in initial) return true;
  if ("direction" in initial) return initial.direction[k] === 0;
  return isEven(initial.energyOverKT) && (!("wellOf" in initial) || initial.wellOf[k] === 0);
}

/**
 * What one observable shows. Three facts decide. With a common axis, Ω does not change functions of axis·m. In
 * equilibrium, reversing Ω is reversing time, and neither a distribution nor an autocorrelation of one quantity depends
 * on that. A mirror reverses Ω, so quantities that are their own mirror image do not depend on its sign either.
 */
function sightOf(observable: PlannedObservable, problem: Problem, prediction: Prediction): Sight {
  const { dynamics } = problem;
  const { axis } = prediction.typical.solution;
  const { sight } = observables[observable.type];
  if (!sight) return nothing;
  const { overTime, stationary, correlates } = sight;
  const quantities = sight.quantities(observable);
  const isAtRest = !isDriven(problem.dynamics) && isEquilibrium(dynamics);
  if (!overTime && isAtRest && startsStationary(prediction)) return nothing;
  if (axis) {
    const alongAxis = quantities !== undefined && turnsAbout(quantities, axis);
    // the stationary state is symmetric about the axis for any start of the ensemble
    const turns = stationary || startsAbout(problem, axis);
    if (alongAxis || (turns && !overTime)) return { ...nothing, damping: true };
    if (overTime && !stationary && turns) return { damping: true, precession: true, sense: false };
  }
  const sees = { damping: true, precession: true };
  if (correlates && isAtRest) return { ...sees, sense: false };
  const isOwnImage = magnetization.some((name, k) => {
    if (!quantities || !isMirrored(problem, k)) return false;
    const parities = quantities.map((of) => parityIn(of, name));
    // the autocorrelation of an odd quantity is even
    return parities.every((parity) => parity === "even" || (parity === "odd" && correlates));
  });
  return { ...sees, sense: !isOwnImage };
}

/** What none of a problem's comparisons can see, from the form of its expressions and the state it starts in. */
export function blindSpots(problem: Problem, prediction: Prediction): BlindSpot[] {
  if (problem.observables.length === 0) return [];
  const sights = problem.observables.map((observable) => sightOf(observable, problem, prediction));
  const sees = (what: keyof Sight): boolean => sights.some((sight) => sight[what]);
  const spots: BlindSpot[] = [];
  if (!sees("damping"))
    spots.push({
      untested: "damping",
      reason: "the ensemble starts in equilibrium and only its distribution is recorded",
      remedy: remedyFor("damping"),
    });
  if (!sees("precession"))
    spots.push({
      untested: "precession",
      reason: sees("damping")
        ? "everything that is recorded is independent of the precession about the common axis"
        : "the ensemble starts in equilibrium and only its distribution is recorded",
      remedy: remedyFor("precession"),
    });
  else if (!sees("sense"))
    spots.push({
      untested: "sense of precession",
      reason: "everything that is recorded is the same with reversed precession",
      remedy: remedyFor("precession"),
    });
  return [...spots, ...unseenAzimuths(problem)];
}

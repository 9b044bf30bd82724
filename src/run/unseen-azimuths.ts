import type { Problem } from "../experiment/problem.ts";
import { sharedAxis, turnsAbout } from "../fokker-planck/axis.ts";
import type { Vec3 } from "../fokker-planck/frame.ts";
import { unit } from "../fokker-planck/frame.ts";
import { areParallel } from "../numerics/parallel.ts";
import { reduce } from "../observables/experiment.ts";
import { observables } from "../observables/index.ts";
import { namedDirection } from "../physics/initial/initial-law.ts";
import { uniform } from "../physics/initial/uniform.ts";
import type { BlindSpot } from "../result.ts";
import { remedyFor } from "./remedy.ts";

/** Whether a start turns with the term: if the magnet's energy defines it, or the axis alone. */
function startsWith({ initial }: Problem, axis: Vec3): boolean {
  if ("isotropic" in initial || "isEquilibrium" in initial) return true;
  const named = namedDirection(initial);
  if (named) return areParallel(unit(named), axis);
  return "energyOverKT" in initial && turnsAbout([initial.energyOverKT], axis);
}

/** Whether everything recorded is symmetric about an axis. */
const seesNoAzimuth = (problem: Problem, axis: Vec3): boolean =>
  problem.observables.every((observable) => {
    const quantities = observables[observable.type].sight?.quantities(observable);
    return quantities !== undefined && turnsAbout(quantities, axis);
  });

/**
 * A field or torque that alone breaks a common axis. If it is rotated about that axis, the whole problem rotates, and
 * figures of the angle to the axis do not change. Found from the axis of the problem without the term.
 */
export function unseenAzimuths(problem: Problem): BlindSpot[] {
  const { experiment, dynamics } = problem;
  if (sharedAxis(dynamics)) return [];
  return (["energies", "torques"] as const).flatMap((kind) =>
    experiment[kind].flatMap((_, i): BlindSpot[] => {
      const others = experiment[kind].filter((_, k) => k !== i);
      if (others.length === 0 && kind === "energies") return [];
      // without the term a start in a well may lie on a ridge; only the dynamics matters here
      const without = { ...experiment, [kind]: others, initial: { type: uniform.type } };
      const axis = sharedAxis(reduce(without).dynamics);
      if (!axis || !startsWith(problem, axis) || !seesNoAzimuth(problem, axis)) return [];
      const about = axis.map((x) => Number(x.toPrecision(3))).join(", ");
      return [
        {
          untested: "azimuth",
          reason: `${kind}.${i} may be rotated about (${about}) without a change of anything that is recorded`,
          remedy: remedyFor("azimuth", "an observable of a component perpendicular to that axis"),
        },
      ];
    }),
  );
}

import { isDriven } from "../physics/dynamics.ts";
import type { Problem } from "./problem.ts";

/** Whether an ensemble is in its stationary state from the start: Boltzmann's law, no torques, nothing that changes in time. */
export const startsInEquilibrium = ({
  initial,
  dynamics,
  experiment,
}: Pick<Problem, "initial" | "dynamics"> & {
  readonly experiment: Pick<Problem["experiment"], "torques">;
}): boolean => "isEquilibrium" in initial && experiment.torques.length === 0 && !isDriven(dynamics);

import type { Plan } from "../ensemble/plan.ts";
import { planWith } from "../ensemble/plan.ts";
import type { Problem } from "../experiment/problem.ts";
import { atOnce, breathing } from "../linear-algebra/breathe.ts";
import { observables } from "./index.ts";

const planning = (problem: Problem) =>
  planWith(problem, (i, context) => {
    const planned = problem.observables[i];
    return observables[planned.type].instrument(planned, context);
  });

/** Step, observables and initial state of a problem as one kernel, with the readers of its counters. */
export const plan = (problem: Problem): Plan => atOnce(planning(problem));

/** The same, while this thread hears signals. Throws the reason of this one once it is aborted. */
export const planHearing = (problem: Problem, signal?: AbortSignal): Promise<Plan> =>
  breathing(planning(problem), signal);

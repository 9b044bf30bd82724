import type { Plan } from "../ensemble/plan.ts";
import { planWith } from "../ensemble/plan.ts";
import type { Problem } from "../experiment/problem.ts";
import { observables } from "./index.ts";

/** Step, observables and initial state of a problem as one kernel, with the readers of its counters. */
export const plan = (problem: Problem): Plan =>
  planWith(problem, (i, context) => {
    const planned = problem.observables[i];
    return observables[planned.type].instrument(planned, context);
  });

import type { Observation } from "../ensemble/observations.ts";
import type { PlannedObservable } from "../experiment/problem.ts";
import { observables } from "./index.ts";
import type { Questions } from "./questions.ts";

type Asked = Questions<PlannedObservable, Observation>;

/** The answer of the first entry of the list that has one, and its type. */
export function answering<Question extends keyof Asked>(
  question: Question,
): Asked[Question] & { readonly type: string } {
  for (const { type, answers } of Object.values(observables)) {
    const found = answers?.[question];
    if (found) return { ...(found as Asked[Question]), type };
  }
  throw new Error(`no observable answers the question for ${question}`);
}

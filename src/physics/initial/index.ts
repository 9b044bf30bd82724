import type { Triple } from "../parameter.ts";
import { boltzmann } from "./boltzmann.ts";
import { direction } from "./direction.ts";
import type { InitialValues } from "./initial-entry.ts";
import { uniform } from "./uniform.ts";
import { well } from "./well.ts";

/** The catalogue of initial states: a new one is a file and a name in this list. */
export const initialStates = { direction, uniform, boltzmann, well } as const;

/** An initial state as written in a completed experiment. */
export type InitialDescription = {
  [K in keyof typeof initialStates]: { readonly type: K } & InitialValues<
    (typeof initialStates)[K]["parameters"]
  >;
}[keyof typeof initialStates];

/** Every spin along m. */
export const allAlong = (m: Triple): InitialDescription => ({ type: direction.type, m });

/** The initial state of an experiment that gives none. */
export const defaultInitial = allAlong([0, 0, 1]);

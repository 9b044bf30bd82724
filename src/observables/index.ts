import type { ObservableSpecs } from "../experiment/observable-spec.ts";
import * as dwell from "./dwell/spec.ts";
import * as entropyProduction from "./entropy-production/spec.ts";
import * as firstPassage from "./first-passage/spec.ts";
import * as histogram from "./histogram/spec.ts";
import * as moments from "./moments/spec.ts";
import * as spectrum from "./spectrum/spec.ts";
import * as trajectory from "./trajectory/spec.ts";

/** The list of observables: a new one is a folder here and a name in this list. */
export const observables = Object.fromEntries(
  [moments, histogram, firstPassage, dwell, spectrum, trajectory, entropyProduction].map(({ spec }) => [
    spec.type,
    spec,
  ]),
) as unknown as ObservableSpecs;

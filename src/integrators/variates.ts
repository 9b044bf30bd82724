import { variable } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";

/** The three unit variates of a step. */
export const xi: Vector = [variable("xi1"), variable("xi2"), variable("xi3")];

import { add, variable } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import { at } from "../expression/vector.ts";
import type { Scheme } from "./integrator.ts";

/** One step from physical to physical magnetization: `store`, the step itself and `observed` in one. */
export function physicalStep(scheme: Scheme, timeStep: number): Vector {
  const stepped = at(scheme.step, scheme.stored);
  const ended = substitute(scheme.observed, { t: add(variable("t"), timeStep) });
  return at(ended, stepped);
}

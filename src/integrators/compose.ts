import { add, variable } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import type { Scheme } from "./integrator.ts";

/** One step from physical to physical magnetization: the stored state and its half drifts are folded in. */
export function physicalStep(scheme: Scheme, timeStep: number): Vector {
  const [sx, sy, sz] = scheme.stored;
  const stepped = substitute(scheme.step, { mx: sx, my: sy, mz: sz });
  const end = { mx: stepped[0], my: stepped[1], mz: stepped[2], t: add(variable("t"), timeStep) };
  return substitute(scheme.observed, end) as Vector;
}

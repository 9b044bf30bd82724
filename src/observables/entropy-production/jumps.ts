import type { Problem } from "../../experiment/problem.ts";
import { besideTime } from "../../expression/beside-time.ts";
import { compileScalar } from "../../expression/compile.ts";
import { substitute } from "../../expression/rewrite.ts";
import { timeFunctions } from "../../expression/time-functions.ts";
import { timeline } from "../../expression/timeline.ts";
import { meansOf } from "../../physics/spread.ts";

/** A larger change, relative to the function's size, is a jump. */
const ofJump = 1e-6;

/** Reduced times within a run at which the energy jumps. */
export function jumpsOf({ energy, spreads, steps, timeStep }: Problem): number[] {
  const end = steps * timeStep;
  const functions = substitute([...timeFunctions(energy)], meansOf(spreads));
  const { breakpoints, stretches } = timeline(functions, 0, end);
  const compiled = functions.map((f) => {
    const at = compileScalar(f, ["t"]);
    const size = stretches.reduce((most, { from, to }) => Math.max(most, Math.abs(at((from + to) / 2))), 0);
    return { at, size };
  });
  return breakpoints.filter((t) => {
    const [before, behind] = besideTime(t, end);
    return (
      t > 0 && t < end && compiled.some(({ at, size }) => Math.abs(at(behind) - at(before)) > ofJump * size)
    );
  });
}

import { besideTime } from "../expression/beside-time.ts";
import { compileScalar } from "../expression/compile.ts";
import { differentiate } from "../expression/differentiate.ts";
import type { Expression } from "../expression/expression.ts";
import { uses } from "../expression/expression.ts";
import { separate } from "../expression/separation.ts";
import { magnetization } from "../expression/vector.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { expressionsInFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { analyze, sampleOnGrid, sphereGrid } from "./harmonics.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** One term of V: a function of t times one of m, by its coefficients. */
interface Driven {
  readonly value: (t: number) => number;
  readonly rate: (t: number) => number;
  readonly of: Float64Array;
}

/** What is read from a density that a drive moves. */
export interface DrivenFunctionals {
  /** Coefficients of the function whose mean is followed. */
  readonly observable: Float64Array;
  /** What changes with t in V = Σ value(t) · of, and ∂V/∂t = Σ rate(t) · of. */
  readonly driven: readonly Driven[];
}

/** Refused where V does not separate into such terms. */
export function drivenFunctionals(
  { frame }: FokkerPlanckSolution,
  { of, energy }: { readonly of: Expression; readonly energy: Expression },
  index: HarmonicIndex,
): Exact<DrivenFunctionals> {
  const [there, potential] = expressionsInFrame(frame, [of, energy]);
  const terms = separate(potential)?.filter(({ time }) => uses("t", [time]));
  if (!terms)
    return outOfReach("the energy mixes time and direction in a way that does not separate into products");
  const grid = sphereGrid(2 * index.lmax + 24, 4 * index.mmax + 2 * index.lmax + 24);
  const coefficients = (f: Expression) =>
    analyze(index, grid, sampleOnGrid(grid, compileScalar(f, magnetization)));
  return exactly({
    observable: coefficients(there),
    driven: terms.map(({ time, space }) => ({
      value: compileScalar(time, ["t"]),
      rate: compileScalar(differentiate(time, "t"), ["t"]),
      of: coefficients(space),
    })),
  });
}

/** ⟨V⟩ behind a time less ⟨V⟩ before it: work of a drive that jumps. A jump where a period ends is that of the next one. */
export function workOfJump(
  { driven }: DrivenFunctionals,
  t: number,
  period: number,
  density: Float64Array,
): number {
  const [, behind] = besideTime(t, period);
  const [before] = besideTime(t > 0 ? t : period, period);
  return driven.reduce(
    (sum, { value, of }) => sum + (value(behind) - value(before)) * dotProduct(of, density),
    0,
  );
}

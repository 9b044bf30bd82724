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

/** The functionals that are evaluated on a driven density. */
export interface DrivenFunctionals {
  /** Coefficients of the function whose mean is recorded. */
  readonly observable: Float64Array;
  /** The terms of V that change with t: V = Σ value(t) · of, ∂V/∂t = Σ rate(t) · of. */
  readonly driven: readonly Driven[];
}

/** Makes the functionals; refused if V does not separate into such terms. */
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

/**
 * ⟨V⟩ just after a time minus ⟨V⟩ just before it: the work of a jump of the drive. A jump at the end of a period belongs to the next
 * period.
 */
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

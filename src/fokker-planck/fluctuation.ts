import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { constant, sub } from "../expression/expression.ts";
import { degreeOf, polynomial } from "../expression/polynomial.ts";
import { magnetization } from "../expression/vector.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import type { Fluctuation } from "./fluctuation-in-basis.ts";
import { expressionsInFrame } from "./frame.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { analyze, sampleOnGrid, sphereGrid, synthesize } from "./harmonics.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** Prepares ⟨f(t) f(0)⟩ = ∫ f exp(Ft) (f − ⟨f⟩)ρ_s at the given degree. */
export function fluctuation(
  solution: FokkerPlanckSolution,
  stationary: Density,
  of: Expression,
  lmax: number,
): Exact<Fluctuation> {
  if (solution.fluctuation) return solution.fluctuation(of, lmax);
  const [there] = expressionsInFrame(solution.frame, [of]);
  const terms = polynomial(there);
  const degree = terms ? Math.max(1, degreeOf(terms)) : lmax;
  // with a common axis orders do not couple, so the observable's orders are enough
  const made = solution.generator(lmax, solution.method === "axial" ? Math.min(lmax, degree) : lmax);
  if (made.value === null) return made;
  const generator = made.value;
  const { index } = generator;
  const grid = sphereGrid(
    Math.ceil(1.5 * lmax) + degree + 16,
    2 * Math.max(index.mmax, degree) + index.mmax + 8,
  );
  const mean = stationary.mean(of);
  const values = sampleOnGrid(grid, compileScalar(sub(there, constant(mean)), magnetization));
  const density = synthesize(stationary.index, grid, stationary.coefficients);
  const source = analyze(
    index,
    grid,
    density.map((rho, i) => rho * values[i]),
  );
  source[0] = 0;
  return exactly({
    index,
    forward: generator.operatorAt(solution.time),
    ordering: harmonicOrdering(generator),
    observable: analyze(index, grid, values),
    source,
    mean,
  });
}

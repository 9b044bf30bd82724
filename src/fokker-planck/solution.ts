import type { Expression } from "../expression/expression.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { Cut } from "./cut.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import type { Fluctuation } from "./fluctuation-in-basis.ts";
import type { Frame, Vec3 } from "./frame.ts";
import type { Generator } from "./generator.ts";

export interface FokkerPlanckOptions {
  /** Accepted difference between two resolutions: absolute in moments, relative in the slowest rate. Default 1e-7. */
  readonly tolerance?: number;
  /** Largest degree of harmonics that may be used. Default 400. */
  readonly maximumDegree?: number;
  /** Axes of the harmonics on the full sphere. Default: those that need the fewest, from the second-degree part of Ψ. */
  readonly frame?: Frame;
  /** Estimated seconds of one core that stationary state and slowest rate may take on the full sphere. Default 20. */
  readonly seconds?: number | undefined;
  /** Times at which the drive jumps. */
  readonly breakpoints?: readonly number[];
  /** Time whose drive values, held constant, give the stationary state and the spectrum. Default 0. */
  readonly time?: number;
}

/** Everything in the time unit of the dynamics. */
export interface FokkerPlanckSolution {
  readonly method: "axial" | "full sphere" | "deep well";
  /** The common axis of Ψ and Ω, if there is one. */
  readonly axis?: Vec3;
  readonly dynamics: Dynamics;
  readonly time: number;
  /** Unknowns and degree of the finer of the two resolutions that were compared. */
  readonly size: number;
  readonly lmax: number;
  /** The harmonics on the full sphere. */
  readonly cut?: Cut;
  /** Difference between the two resolutions in stationary moments and slowest rate, the larger of the two. */
  readonly errorEstimate: number;
  readonly converged: boolean;
  /** Why it did not converge, if it did not. */
  readonly reason?: string;
  /** Smallest real decay rate; its `errorEstimate` is relative, at most 1e-3. */
  readonly slowestRate: Exact<number>;
  /** Left eigenvector of the slowest rate on the full sphere, if that is real: coefficients in the harmonics of `generator(lmax)`. */
  readonly slowestLeft?: Float64Array | undefined;
  stationary(): Exact<Density>;
  /**
   * Eigenvalues of −F, zero first: the modes nearest zero on which both resolutions agree, at most `count`, sorted by real part; fewer if
   * fewer converged. `errorEstimate` is the largest relative error.
   */
  eigenvalues(count: number): Exact<readonly Complex[]>;
  /** Densities at ascending times ≥ 0, under the dynamics with its time t. */
  evolve(initial: InitialLaw, times: readonly number[]): Exact<readonly Density[]>;
  /**
   * The same with a result for each time, so that one that is not resolved does not affect the others. Absent if a solution resolves all
   * or none.
   */
  readonly evolveEach?: (initial: InitialLaw, times: readonly number[]) => Exact<readonly Exact<Density>[]>;
  /** The operator behind the solution, for passage times, spectra and currents. */
  readonly frame: Frame;
  generator(lmax: number, mmax?: number): Exact<Generator>;
  /**
   * Stationary state and slowest rate of dynamics with nearly the same numbers; for derivatives. On the full sphere it uses only the
   * harmonics of the finer resolution. Absent in a deep well.
   */
  readonly nearby?: (dynamics: Dynamics) => Exact<FokkerPlanckSolution>;
  /** For a solution that is not in harmonics: a function's fluctuation in the basis of the solution, up to a degree. */
  readonly fluctuation?: (of: Expression, degree: number) => Exact<Fluctuation>;
}

/** Densities of a solution at ascending times, with separate results if the solution has them. */
export function evolvedEach(
  { evolve, evolveEach }: Pick<FokkerPlanckSolution, "evolve" | "evolveEach">,
  initial: InitialLaw,
  times: readonly number[],
): Exact<readonly Exact<Density>[]> {
  if (evolveEach) return evolveEach(initial, times);
  const all = evolve(initial, times);
  return all.value === null ? all : exactly(all.value.map((density) => exactly(density, all.errorEstimate)));
}

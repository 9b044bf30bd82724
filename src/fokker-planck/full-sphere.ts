import { oncePer } from "../numerics/once-per.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { evolveUntilSettled, finer } from "./adaptive-evolution.ts";
import { agreedSpectrum, comparedModes } from "./agreed-spectrum.ts";
import type { Cut } from "./cut.ts";
import { indexOf, isTriangle, reshaped, shownCut, triangle } from "./cut.ts";
import type { Exact } from "./exact.ts";
import { allOrNone, exactly, outOfReach } from "./exact.ts";
import type { Expansion } from "./expansion-once.ts";
import { expandedOnce } from "./expansion-once.ts";
import type { Generator } from "./generator.ts";
import { generator } from "./generator.ts";
import { initialCoefficients } from "./initial.ts";
import { nearbySolution } from "./nearby-solution.ts";
import type { Agreement } from "./refinement.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { nextCut, resolved } from "./resolution.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";
import type { SphereAgreement, SphereNeighbours } from "./sphere-agreement.ts";
import { knownOfSphere, sphereAgreement } from "./sphere-agreement.ts";
import type { SphereProblem } from "./sphere-problem.ts";
import { sphereProblem } from "./sphere-problem.ts";

/**
 * Solves on the full sphere in real spherical harmonics, with the degree found by comparing lmax with 1.25 lmax. The error of a figure is
 * the difference of the two resolutions; a figure with too large an error is refused. Resolutions that would exceed the allowed time are
 * not started.
 */
export function solveFullSphere(
  dynamics: Dynamics,
  options: FokkerPlanckOptions,
): Exact<FokkerPlanckSolution> {
  const problem = sphereProblem(dynamics, options);
  if (problem.value === null) return problem;
  const search = new SphereSearch(problem.value);
  const { first, limits } = problem.value;
  return refineUntilTwoAgree<Cut, ResolutionAnswer, FokkerPlanckSolution>({
    first,
    solve: (cut, coarse) => exactly(search.solve(cut, coarse)),
    finer: (cut, answer) => nextCut(answer, cut, limits.maximumDegree),
    compare: (neighbours) => search.compare(neighbours),
    unresolved: (cut) => `not resolved by ${shownCut(cut)}`,
  });
}

/** One search for a resolution: its operators, results and time so far. */
class SphereSearch {
  readonly #problem: SphereProblem;
  readonly #generators = new Map<string, Generator>();
  readonly #startOf = oncePer(
    (initial: InitialLaw): Expansion =>
      expandedOnce((index) => initialCoefficients(initial, index, this.#problem.held.frame)),
  );
  readonly #resolutions: ResolutionAnswer[] = [];
  readonly #spent = { resolutions: 0, quotients: 0 };
  /** Relative difference of the rates at the two resolutions compared last. */
  #before = Number.POSITIVE_INFINITY;

  constructor(problem: SphereProblem) {
    this.#problem = problem;
  }

  solve(cut: Cut, near?: ResolutionAnswer): ResolutionAnswer {
    const { held, limits } = this.#problem;
    const secondsLeft = limits.secondsWithQuotients - this.#spent.resolutions - this.#spent.quotients;
    const answer = resolved(this.#made(cut), held, near, secondsLeft);
    this.#spent.resolutions += answer.cost.seconds;
    if (answer.isQuotient) this.#spent.quotients += answer.quotientSeconds;
    this.#resolutions.push(answer);
    return answer;
  }

  compare(neighbours: SphereNeighbours): Agreement<FokkerPlanckSolution> {
    const found = sphereAgreement(this.#problem, neighbours, this.#before, this.#spent);
    const latest = this.#resolutions.slice(-comparedModes);
    const known = (limit: string) => exactly(this.#solution(neighbours, found, latest, limit));
    if (found.isOver) return { enough: known(found.limit) };
    this.#generators.delete(nameOf(neighbours.from));
    this.#before = found.rateDifference;
    return { useful: known };
  }

  #made(cut: Cut): Generator {
    const known =
      this.#generators.get(nameOf(cut)) ??
      generator(this.#problem.held.separated, cut.lmax, cut.mmax, false, cut.height);
    this.#generators.set(nameOf(cut), known);
    return known;
  }

  /** The cut of another degree. A shaped cut fits the slow mode at one time only, so with a drive all harmonics are used. */
  #shaped(cut: Cut, lmax: number): Cut {
    return this.#problem.isDriven ? triangle(lmax) : reshaped(cut, lmax);
  }

  /** The solution from two resolutions at which the search ends because of a limit. */
  #solution(
    neighbours: SphereNeighbours,
    agreement: SphereAgreement,
    latest: readonly ResolutionAnswer[],
    limit: string,
  ): FokkerPlanckSolution {
    const { dynamics, limits, held } = this.#problem;
    const { fine, level } = neighbours;
    const { stationaryError, rateError, errorEstimate, converged } = agreement;
    const known = knownOfSphere(this.#problem, neighbours, agreement, limit);
    const { reason, refusedRate } = known;
    const solution: FokkerPlanckSolution = {
      method: "full sphere",
      dynamics,
      time: held.time,
      frame: held.frame,
      size: fine.generator.index.size,
      lmax: level.lmax,
      cut: level,
      errorEstimate,
      converged,
      ...(reason ? { reason } : {}),
      slowestRate: known.isRateKnown
        ? exactly(fine.mode.rate.re, rateError)
        : outOfReach<number>(refusedRate),
      stationary: () =>
        known.isStationaryKnown ? exactly(fine.stationary, stationaryError) : outOfReach(reason ?? ""),
      eigenvalues: (count) =>
        known.isRateKnown
          ? agreedSpectrum(latest, count, held.time, limits.tolerance)
          : outOfReach(refusedRate),
      ...(fine.mode.left ? { slowestLeft: fine.mode.left } : {}),
      evolve: (initial, times) => allOrNone(this.#evolved(neighbours, converged, initial, times)),
      evolveEach: (initial, times) => this.#evolved(neighbours, converged, initial, times),
      generator: (lmax) => exactly(this.#made(this.#shaped(level, lmax))),
      nearby: (changed) => nearbySolution(changed, solution, fine, this.#problem),
    };
    return solution;
  }

  #evolved(
    { coarse, from, level }: SphereNeighbours,
    converged: boolean,
    initial: InitialLaw,
    times: readonly number[],
  ): ReturnType<typeof evolveUntilSettled> {
    const { first: begin, breakpoints, held, limits } = this.#problem;
    const highest = Math.min(limits.maximumDegree, Math.max(150, finer(level.lmax)));
    const start = this.#startOf(initial);
    // stationary state and slowest rate have converged, so both resolutions exist with most of the needed factorizations
    const isShared = converged && isTriangle(from) === isTriangle(this.#shaped(level, level.lmax));
    const first = isShared
      ? from.lmax
      : converged
        ? Math.min(coarse.generator.index.lmax, Math.ceil(level.lmax / 1.25))
        : begin.lmax;
    const second = isShared ? level.lmax : Math.min(finer(first), highest);
    const own = (degree: number): Cut =>
      isShared && degree === from.lmax ? from : this.#shaped(level, degree);
    const compared = indexOf(own(second));
    return evolveUntilSettled({
      generator: (degree) => exactly(this.#made(own(degree))),
      initial: (index) => start(index, compared),
      frame: held.frame,
      times,
      breakpoints,
      lmax: first,
      second,
      maximumDegree: highest,
      tolerance: limits.tolerance,
    });
  }
}

const nameOf = ({ lmax, mmax, height }: Cut): string => `${lmax} ${mmax} ${height}`;

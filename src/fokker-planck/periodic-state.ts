import { decided } from "../expression/decide.ts";
import type { Expression } from "../expression/expression.ts";
import { interval } from "../expression/interval.ts";
import { hasPeriod } from "../expression/period.ts";
import type { Stretch } from "../expression/timeline.ts";
import { timeline } from "../expression/timeline.ts";
import { dotProduct, relativeDistance } from "../linear-algebra/arnoldi.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { finer, isNearlySame } from "./adaptive-evolution.ts";
import { axialInitial } from "./axial-initial.ts";
import { turnsAbout } from "./axis.ts";
import type { DrivenFunctionals } from "./driven-functionals.ts";
import { drivenFunctionals, workOfJump } from "./driven-functionals.ts";
import type { DrivenSector } from "./driven-sectors.ts";
import { drivenSectors } from "./driven-sectors.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Integrand, Integrated } from "./extrapolated-euler.ts";
import { extrapolatedEuler } from "./extrapolated-euler.ts";
import { fixedPoint } from "./fixed-point.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { reindexed } from "./harmonics.ts";
import { initialCoefficients } from "./initial.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** The inputs of a periodic state; reduced units. */
export interface PeriodAsked {
  /** A function of m. */
  readonly of: Expression;
  /** V in any unit, whose change with t is the work of the drive. */
  readonly energy: Expression;
  readonly period: number;
  /** Equal phases at which ⟨f⟩ is given, from the start of a period. */
  readonly phases: number;
  /** Harmonics ⟨f⟩ = mean + Σ a_n cos nωt + b_n sin nωt. */
  readonly harmonics: number;
  /** Initial state of the run, whole periods before averaging, and periods of the average. */
  readonly initial: InitialLaw;
  readonly before: number;
  readonly periods: number;
  /** Target difference between two resolutions, for the loop and for the work; default 3e-5, enough for any ensemble. */
  readonly wanted?: number;
}

/** Averages over periods. */
export interface PeriodAverages {
  readonly mean: number;
  readonly cosine: readonly number[];
  readonly sine: readonly number[];
  /** ∮⟨∂V/∂t⟩dt in the unit of V, including jumps of the drive: the energy given to the magnet in a period. */
  readonly work: number;
}

/** The periodic state, and the same averages over periods of a run. */
export interface PeriodicState extends PeriodAverages {
  readonly loop: readonly number[];
  /** Averages of the run from its start, settled or not. */
  readonly run: PeriodAverages;
}

/**
 * Tolerances of time steps, relative to the density's norm: at the first resolution; at the second one if the loop is wide; at all
 * others; and the smallest that rounding allows.
 */
const tolerances = { first: 3e-6, wide: 5e-7, fine: 1e-7, least: 1e-13 } as const;
/** Smallest amplitude of a wide loop, for which errors relative to the density's norm are small. */
const wide = 0.1;
/** Tolerance of steps over the amplitude of a narrow loop. */
const ofLoop = 1e-5;
/** Largest accepted difference between two solutions. */
const largestError = 1e-3;
const defaultWanted = 3e-5;
/** Degree of the first resolution, as a share of the stationary state's. */
const firstShare = 0.55;
/** Degree of the second resolution over the first: harmonics converge so fast that a few more show the error. */
const secondShare = 1.2;
/** Most periods of the run that are followed one by one until it has settled. */
const mostPeriods = 40;
/** Most resolutions after the first. */
const mostRounds = 4;

/** One resolution and its number. */
interface Round {
  readonly lmax: number;
  readonly count: number;
}

/** The periodic state of a periodic drive, at two resolutions and two lengths of steps; the difference is the error estimate. */
export function periodicState(solution: FokkerPlanckSolution, asked: PeriodAsked): Exact<PeriodicState> {
  const axial = solution.method === "axial";
  const { wanted = defaultWanted } = asked;
  return refineUntilTwoAgree<Round, Resolved, PeriodicState>({
    first: { lmax: Math.max(8, Math.ceil(firstShare * solution.lmax)), count: 0 },
    solve: ({ lmax, count }, coarse) => at(lmax, toleranceAt(count, coarse), coarse),
    finer: nextRound,
    compare({ coarse, fine, from, level }) {
      const error = difference(coarse.state, fine.state);
      const isLast = level.count === mostRounds || isNearlySame(from.lmax, level.lmax);
      return error <= (isLast ? largestError : wanted) ? { enough: exactly(fine.state, error) } : {};
    },
    unresolved: ({ lmax }) => `the periodic state is not resolved by harmonics up to degree ${lmax}`,
  });

  function at(degree: number, tolerance: number, known: Resolved | undefined): Exact<Resolved> {
    const made = solution.generator(degree, axial ? 1 : undefined);
    if (made.value === null) return made;
    const generator = made.value;
    if (!isRepeated(generator.times, asked))
      return outOfReach("that the drive has this period could not be proved");
    const { stretches, isComplete } = timeline(generator.times, 0, asked.period);
    if (!isComplete) return outOfReach("the drive changes too abruptly and too often to be followed");
    const start = known ? { index: known.index, coefficients: known.density } : solution.stationary().value;
    if (!start) return outOfReach("no initial state is known");
    const { index } = generator;
    const functional = drivenFunctionals(solution, asked, index);
    if (functional.value === null) return functional;
    const sectors = drivenSectors(generator);
    let loop: number[] = [];
    let integrals: Float64Array = new Float64Array(0);
    const over = (density: Float64Array): Float64Array => {
      const seen: number[] = [];
      const end = period(sectors, density, { ...asked, stretches, tolerance }, functional.value, (at) => {
        seen.push(dotProduct(functional.value.observable, at));
      });
      loop = seen;
      integrals = end.integrals;
      return end.density;
    };
    const found = fixedPoint(over, reindexed(start.index, index, start.coefficients), 10 * tolerance);
    if (!(found.change <= largestError))
      return outOfReach(
        `${found.maps} periods do not settle: the drive is faster than the slowest relaxation`,
      );
    const settled = { loop, integrals };
    const sum = new Float64Array(integrals.length);
    let density = startIn(solution, asked.initial, index);
    for (let k = 0; k < asked.before + asked.periods; k++) {
      if (relativeDistance(density, found.x) <= 10 * tolerance) {
        const rest = asked.before + asked.periods - Math.max(k, asked.before);
        settled.integrals.forEach((x, i) => {
          sum[i] += rest * x;
        });
        break;
      }
      if (k === mostPeriods)
        return outOfReach(`the initial state has not decayed after ${mostPeriods} periods`);
      density = over(density);
      if (k >= asked.before)
        integrals.forEach((x, i) => {
          sum[i] += x;
        });
    }
    return exactly({
      index,
      density: found.x,
      state: {
        loop: settled.loop,
        ...named(settled.integrals, asked.harmonics),
        run: named(
          sum.map((x) => x / asked.periods),
          asked.harmonics,
        ),
      },
    });
  }
}

/** This share at the end of the run is left out: a new pulse of a train may begin there, which does not affect the run. */
const ending = 1e-12;

/** Whether functions of t are proved to have the period during the run: a train of pulses that lasts as long has it. */
function isRepeated(of: readonly Expression[], { period, before, periods }: PeriodAsked): boolean {
  const run = interval(0, (before + periods) * period * (1 - ending));
  return decided(of, { t: run }).every((f) => hasPeriod(f, period));
}

const named = (averages: Float64Array, harmonics: number): PeriodAverages => ({
  mean: averages[0],
  cosine: Array.from({ length: harmonics }, (_, n) => averages[1 + 2 * n]),
  sine: Array.from({ length: harmonics }, (_, n) => averages[2 + 2 * n]),
  work: averages[1 + 2 * harmonics],
});

/** Coefficients of the run's start; for an axial problem, only those that affect first moments. */
function startIn({ axis, frame }: FokkerPlanckSolution, initial: InitialLaw, index: HarmonicIndex) {
  const isAlong = axis !== undefined && "energyOverKT" in initial && turnsAbout([initial.energyOverKT], axis);
  return isAlong ? axialInitial(initial, index, frame) : initialCoefficients(initial, index, frame);
}

function nextRound({ lmax, count }: Round): Round | undefined {
  if (count === mostRounds) return undefined;
  return { lmax: count === 0 ? Math.ceil(secondShare * lmax) : finer(lmax), count: count + 1 };
}

/** Means of m that differ by less are equal: a loop perpendicular to the field is zero up to this. */
const rounding = 1e-14;

/** Tolerance of the steps: relative to the loop's amplitude, which is small for a weak drive. */
function toleranceAt(count: number, coarse: Resolved | undefined): number {
  if (!coarse) return tolerances.first;
  const size = amplitude(coarse.state);
  if (size <= rounding) return tolerances.fine;
  if (size >= wide) return count === 1 ? tolerances.wide : tolerances.fine;
  return Math.max(tolerances.least, Math.min(tolerances.fine, ofLoop * size));
}

const amplitude = ({ loop, mean }: PeriodicState): number =>
  Math.max(...loop.map((value) => Math.abs(value - mean)));

interface Resolved {
  readonly state: PeriodicState;
  readonly index: HarmonicIndex;
  /** Coefficients at the start of a period. */
  readonly density: Float64Array;
}

/** Largest difference, relative to the loop's amplitude and to the work. */
function difference(a: PeriodicState, b: PeriodicState): number {
  const figures = ({ mean, cosine, sine }: PeriodAverages) => [mean, ...cosine, ...sine];
  const [x, y] = [a, b].map((one) => [...one.loop, ...figures(one), ...figures(one.run)]);
  const apart = Math.max(...x.map((value, i) => Math.abs(value - y[i])));
  const work = Math.max(Math.abs(a.work - b.work), Math.abs(a.run.work - b.run.work));
  return Math.max(
    apart <= rounding ? 0 : apart / Math.max(amplitude(b), Number.MIN_VALUE),
    work / Math.max(Math.abs(b.work), Number.MIN_VALUE),
  );
}

/** Follows one period; `visit` is called with the density at every phase. */
function period(
  sectors: readonly DrivenSector[],
  density: Float64Array,
  how: Pick<PeriodAsked, "period" | "phases" | "harmonics"> & {
    readonly stretches: readonly Stretch[];
    readonly tolerance: number;
  },
  functionals: DrivenFunctionals,
  visit: (density: Float64Array) => void,
): Integrated {
  const { phases, harmonics, stretches, tolerance } = how;
  const { observable, driven } = functionals;
  const integrand: Integrand = (t, x, weight, sums) => {
    const value = (weight / how.period) * dotProduct(observable, x);
    const angle = (2 * Math.PI * t) / how.period;
    sums[0] += value;
    for (let n = 1; n <= harmonics; n++) {
      sums[2 * n - 1] += 2 * value * Math.cos(n * angle);
      sums[2 * n] += 2 * value * Math.sin(n * angle);
    }
    for (const { rate, of } of driven) sums[1 + 2 * harmonics] += weight * rate(t) * dotProduct(of, x);
  };
  let state: Integrated = { density, integrals: new Float64Array(2 + 2 * harmonics) };
  const marks = Array.from({ length: phases + 1 }, (_, k) => (k * how.period) / phases);
  for (const { from, to, longestStep } of stretches) {
    state.integrals[1 + 2 * harmonics] += workOfJump(functionals, from, how.period, state.density);
    const inside = marks.filter((t) => t > from && t < to);
    const stops = [from, ...inside, to];
    for (let k = 1; k < stops.length; k++) {
      if (marks.includes(stops[k - 1])) visit(state.density);
      const span = { from: stops[k - 1], to: stops[k], straight: longestStep, tolerance };
      state = extrapolatedEuler(sectors, state, span, integrand);
    }
  }
  return state;
}

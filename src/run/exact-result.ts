import { timeUnitOf } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";
import { mz } from "../expression/vector.ts";
import { reasonOfTimes } from "../figures/reason-of-times.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import type { Hemispheres } from "../fokker-planck/hemispheres.ts";
import { predictHemispheres } from "../fokker-planck/hemispheres.ts";
import { interruptible } from "../fokker-planck/interruptible.ts";
import type { ObservedDensity, Prediction } from "../fokker-planck/predict.ts";
import { withConjugates } from "../fokker-planck/spectrum-of-generator.ts";
import { startingShare } from "../fokker-planck/starting-share.ts";
import type { State } from "../fokker-planck/two-states.ts";
import { twoStates } from "../fokker-planck/two-states.ts";
import { observables } from "../observables/index.ts";
import { isDriven } from "../physics/dynamics.ts";
import type { ExactFigures, FokkerPlanckResult } from "../result.ts";
import { comparedSteps } from "../statistics/agreement.ts";
import type { Partners } from "./partners.ts";
import { partnersOf } from "./partners.ts";

/** Share of the spins that must start on one side of the equator: at low barriers a well extends a little beyond it. */
const startsThere = 0.99;

/** Number of decay rates in a result. */
const listedEigenvalues = 8;

/** Exact figures of every observable that has them, and under each type those of its first observable. */
function figuresOf(
  problem: Problem,
  prediction: Prediction,
  partners: Partners,
): ExactFigures & Pick<FokkerPlanckResult, "observables"> {
  const own = problem.observables.map(({ type }, i) => {
    const known = partners[i];
    return known ? observables[type].exactFigures?.(known, problem, prediction) : undefined;
  });
  const byType = Object.values(observables).flatMap((entry) => {
    if (!entry.exactFigures) return [];
    const first = problem.observables.findIndex(({ type }, i) => type === entry.type && own[i]);
    return [[entry.type, first < 0 ? entry.exactFigures(null, problem, prediction) : own[first]] as const];
  });
  return {
    ...(Object.fromEntries(byType) as unknown as ExactFigures),
    observables: problem.observables.flatMap(({ type, name }, i) =>
      own[i] ? [{ type, name, ...(own[i] as object) }] : [],
    ),
  };
}

function hemispheresAt({ up, down, errorEstimate }: Hemispheres) {
  const reason = up.reason ?? down.reason;
  return {
    probabilityUp: up.value,
    probabilityDown: down.value,
    probabilityErrorEstimate: errorEstimate,
    ...(reason ? { probabilityReason: reason } : {}),
  };
}

/** The two states of the slowest mode, rates in SI units. */
function statesOf(
  problem: Problem,
  { typical, isSpread, spreadReason }: Prediction,
): Pick<FokkerPlanckResult, "twoStates" | "twoStatesReason"> {
  if (isSpread) return { twoStates: null, twoStatesReason: spreadReason };
  const found = interruptible(problem, () => twoStates(typical.solution));
  if (found.value === null) return { twoStates: null, twoStatesReason: found.reason };
  const { up, down, ...rest } = found.value;
  const { time } = problem.units;
  const inSI = (state: State) => ({ ...state, rate: state.rate === null ? null : state.rate / time });
  return { twoStates: { up: inSI(up), down: inSI(down), ...rest } };
}

/**
 * The side of the equator on which nearly all spins start, or why there is none; undefined for a start that is always
 * on both sides.
 */
export function startingSide(prediction: Prediction): Exact<"up" | "down"> | undefined {
  const { initial } = prediction.typical;
  if ("direction" in initial)
    return initial.direction[2] === 0
      ? outOfReach("all spins start on the equator")
      : exactly(initial.direction[2] > 0 ? "up" : "down");
  if (!("wellOf" in initial)) return undefined;
  const up = startingShare(initial);
  if (Math.max(up, 1 - up) > startsThere) return exactly(up > 0.5 ? "up" : "down");
  return outOfReach(
    `spins start on both sides of the equator, ${(100 * up).toPrecision(3)} % of them at ${mz} > 0; at least ${100 * startsThere} % must start on one side`,
  );
}

/**
 * The side on which spins that have not switched are at the end of the run. Undefined if none is needed: for a start
 * that is always on both sides, and if no recorded observable has a density (a loop under a periodic drive stays on
 * neither side).
 */
function askedSide(problem: Problem, prediction: Prediction): Exact<"up" | "down"> | undefined {
  const { observables } = problem;
  const isAsked = observables.length === 0 || observables.some(({ withoutDensities }) => !withoutDensities);
  return isAsked ? startingSide(prediction) : undefined;
}

/** The probability left at the end of the run on the side where nearly all spins started. */
function notSwitched(
  problem: Problem,
  side: Exact<"up" | "down"> | undefined,
  hemispheres: Hemispheres | undefined,
): Pick<FokkerPlanckResult, "notSwitched" | "notSwitchedReason"> {
  if (!side) return { notSwitched: null };
  if (side.value === null) return { notSwitched: null, notSwitchedReason: side.reason };
  if (!hemispheres) return { notSwitched: null };
  const { value, reason } = hemispheres[side.value];
  const time = problem.steps * problem.timeStep * problem.units.time;
  return {
    notSwitched:
      value === null
        ? { side: side.value, time, probability: null, errorEstimate: null, reason }
        : { side: side.value, time, probability: value, errorEstimate: hemispheres.errorEstimate },
  };
}

/** Probabilities of both sides of the equator; the reason if they are interrupted. */
function hemispheresOrWhyNot(
  problem: Problem,
  prediction: Prediction,
  steps: readonly number[],
): readonly Hemispheres[] {
  const found = interruptible(problem, () => exactly(predictHemispheres(problem, prediction, steps)));
  if (found.value !== null) return found.value;
  const side = outOfReach<number>(found.reason);
  return steps.map(() => ({ up: side, down: side, errorEstimate: null }));
}

/** Rows for the times at which the density is known, and why others are missing. */
function evolutionOf(
  problem: Problem,
  each: readonly Exact<ObservedDensity>[],
  steps: readonly number[],
  hemispheres: readonly Hemispheres[],
): Pick<FokkerPlanckResult, "evolution" | "evolutionReason"> {
  const times = steps.map((step) => step * problem.timeStep * problem.units.time);
  const rows = each.flatMap(({ value }, i) =>
    value === null
      ? []
      : [{ time: times[i], m: [...value.m], mm: [...value.mm], ...hemispheresAt(hemispheres[i]) }],
  );
  const reason = reasonOfTimes(each, times, timeUnitOf(problem));
  return {
    evolution: rows.length > 0 || each.length === 0 ? rows : null,
    ...(reason === undefined ? {} : { evolutionReason: reason }),
  };
}

/** All figures of the exact side, which need no ensemble. */
export interface ExactFiguresOfRun {
  readonly partners: Partners;
  /** SI units. */
  readonly exact: FokkerPlanckResult | null;
}

/** Computes the figures, cheap ones first; `onFigure` receives the name of each figure before its computation. */
export function exactFiguresOf(
  problem: Problem,
  { value: prediction }: Exact<Prediction>,
  onFigure: (figure: string) => void = () => {},
): ExactFiguresOfRun {
  if (prediction === null) return { partners: [], exact: null };
  const began = performance.now();
  const { solution } = prediction.typical;
  const spread = prediction.isSpread;
  onFigure("stationary state");
  const stationary = prediction.stationary();
  onFigure("eigenvalues");
  const eigenvalues: Exact<readonly { re: number; im: number }[]> = spread
    ? { value: null, reason: prediction.spreadReason }
    : solution.eigenvalues(listedEigenvalues);
  onFigure("states and rates");
  const states = statesOf(problem, prediction);
  const steps = comparedSteps(problem);
  onFigure("evolution");
  const evolution = steps.length > 0 ? prediction.densitiesEach(steps) : [];
  const side = askedSide(problem, prediction);
  // the end is computed only if a side is defined
  const ends =
    side && side.value !== null ? [...steps.filter((step) => step < problem.steps), problem.steps] : steps;
  if (ends.length > 0) onFigure("probabilities of both hemispheres");
  const hemispheres = hemispheresOrWhyNot(problem, prediction, ends);
  const partners = partnersOf(problem, prediction, onFigure);
  const { units } = problem;
  const exact = {
    method: solution.method,
    size: solution.size,
    lmax: solution.lmax,
    errorEstimate: Math.max(
      solution.errorEstimate,
      ...evolution.map(({ errorEstimate = 0 }) => errorEstimate),
    ),
    converged: prediction.isConverged(),
    ...(isDriven(problem.dynamics) ? { frozenAt: 0 } : {}),
    eigenvalues:
      eigenvalues.value &&
      withConjugates(eigenvalues.value).map(({ re, im }) => ({ re: re / units.time, im: im / units.time })),
    ...(eigenvalues.value === null ? { eigenvaluesReason: eigenvalues.reason } : {}),
    ...states,
    stationary: stationary.value && { m: [...stationary.value.m], mm: [...stationary.value.mm] },
    ...(stationary.value === null ? { stationaryReason: stationary.reason } : {}),
    ...evolutionOf(problem, evolution, steps, hemispheres),
    ...notSwitched(problem, side, hemispheres[hemispheres.length - 1]),
    ...figuresOf(problem, prediction, partners),
    wallSeconds: (performance.now() - began) / 1000,
  };
  return { partners, exact };
}

import type { Problem } from "../experiment/problem.ts";
import { mul } from "../expression/expression.ts";
import { otherTooRare } from "../figures/too-rare.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { predictHemispheres } from "../fokker-planck/hemispheres.ts";
import { interruptible } from "../fokker-planck/interruptible.ts";
import { predict } from "../fokker-planck/predict.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import { predictDwell } from "../fokker-planck/switching.ts";
import { twoStates } from "../fokker-planck/two-states.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import { levelsOf, observables } from "../observables/index.ts";
import { isDriven } from "../physics/dynamics.ts";
import type { TheoryResult } from "../result.ts";
import { startingSide } from "./exact-result.ts";
import { pulseTheory } from "./pulse-theory.ts";
import { ExperimentError } from "./read-problem.ts";
import { theoryOf } from "./theory.ts";

/** Parameters of Arrhenius's law for one escape at one temperature. */
export interface Escape {
  /** 1/s */
  readonly rate: number;
  /** d ln(rate)/d ln T: the barrier in kT that an Arrhenius plot would show here. */
  readonly barrier: number | null;
  /** s: τ₀ in rate = exp(−barrier)/τ₀. */
  readonly attemptTime: number | null;
  /** Relative error of the rate: the change by finer resolutions, and rounding. */
  readonly errorEstimate: number | null;
}

/** A missing figure and the reason. */
export interface MissingQuantity {
  readonly quantity: string;
  readonly reason: string;
}

/** Exact figures of one experiment; SI units. */
export interface RatesRow {
  readonly settings: Readonly<Record<string, number>>;
  /** K; null in reduced units. */
  readonly temperature: number | null;
  /** Real parts of the eigenvalues of −F nearest to zero, 1/s, ascending; complex pairs are included. */
  readonly eigenvalues: readonly number[] | null;
  readonly slowest: Escape | null;
  /** Escapes from "up" and from "down", the two states of the slowest mode. */
  readonly up: Escape | null;
  readonly down: Escape | null;
  /** s, by the thresholds of the first dwell observable. */
  readonly dwellUp: number | null;
  readonly dwellDown: number | null;
  /** Relative error of both dwell times. */
  readonly dwellError: number | null;
  /** Probability at the end of the run to be on the side where all spins started, and its relative error. */
  readonly notSwitched: number | null;
  readonly notSwitchedError: number | null;
  readonly theory: readonly TheoryResult[];
  /** Quantities above that are null, each with the reason. */
  readonly reasons: readonly MissingQuantity[];
}

/** Relative change of temperature in the derivative that gives barriers. */
const temperatureStep = 0.01;

/** The problem at the settings, with only the observables that define two levels. */
function problemAt(experiment: unknown, settings: Readonly<Record<string, number>>): Problem {
  const asked = (experiment as { observables?: unknown }).observables;
  const kept = Array.isArray(asked) ? asked.filter((o) => observables[o?.type]?.levels) : [];
  const checked = checkExperiment({ ...(experiment as object), observables: kept }, settings, "exact");
  if (!checked.ok) throw new ExperimentError(checked.problems);
  return reduce(checked.experiment);
}

interface Leaving {
  readonly slowest: Exact<number>;
  readonly up: Exact<number>;
  readonly down: Exact<number>;
}

/** Rates of one solution, per reduced time. */
function leaving(solution: FokkerPlanckSolution, isChecked = true): Exact<Leaving> {
  const rate = solution.slowestRate;
  if (rate.value === null) return rate;
  const states = twoStates(solution, isChecked);
  const of = (side: "up" | "down"): Exact<number> => {
    if (states.value === null) return states;
    const { rate, rateError } = states.value[side];
    return rate === null ? outOfReach(otherTooRare) : exactly(rate, rateError ?? undefined);
  };
  return exactly({ slowest: rate, up: of("up"), down: of("down") });
}

/** The same problem, warmer: D grows with T while forces and torques stay. */
function warmer(
  problem: Problem,
  { nearby }: FokkerPlanckSolution,
  factor: number,
): Exact<FokkerPlanckSolution> {
  const { energyOverKT } = problem;
  const dynamics = { ...problem.dynamics, diffusion: mul(factor, problem.dynamics.diffusion) };
  if (nearby) return interruptible(problem, () => nearby(dynamics));
  const found = predict({
    ...problem,
    dynamics,
    energyOverKT: energyOverKT && mul(1 / factor, energyOverKT),
  });
  return found.value === null ? found : exactly(found.value.typical.solution);
}

const names = { slowest: "slowest rate", up: "escape rate up", down: "escape rate down" } as const;

function escapes(
  problem: Problem,
  solution: FokkerPlanckSolution,
  here: Leaving,
  miss: (quantity: string, reason: string) => void,
): Pick<RatesRow, "slowest" | "up" | "down"> {
  const around = [1 - temperatureStep, 1 + temperatureStep].map((factor): Exact<Leaving> => {
    const found = warmer(problem, solution, factor);
    const { value } = found;
    return value === null ? found : interruptible(problem, () => leaving(value, false));
  });
  const width = Math.log((1 + temperatureStep) / (1 - temperatureStep));
  const of = (key: keyof Leaving): Escape | null => {
    const rate = here[key];
    if (rate.value === null) {
      miss(names[key], rate.reason);
      return null;
    }
    const [cold, warm] = around.map(
      (found): Exact<number> => (found.value === null ? found : found.value[key]),
    );
    const perSecond = rate.value / problem.units.time;
    const { errorEstimate = null } = rate;
    if (cold.value === null || warm.value === null) {
      const isCold = cold.value === null;
      miss(
        `barrier of the ${names[key]}`,
        `at a temperature one per cent ${isCold ? "lower" : "higher"}: ${cold.reason ?? warm.reason ?? ""}`,
      );
      return { rate: perSecond, barrier: null, attemptTime: null, errorEstimate };
    }
    const barrier = Math.log(warm.value / cold.value) / width;
    return { rate: perSecond, barrier, attemptTime: Math.exp(-barrier) / perSecond, errorEstimate };
  };
  return { slowest: of("slowest"), up: of("up"), down: of("down") };
}

const noError = { notSwitched: null, notSwitchedError: null };
const noDwell = { dwellUp: null, dwellDown: null, dwellError: null };

/** Eigenvalues, escapes with barriers and attempt times, dwell times and the write error of an experiment with settings. */
export function exactRates(experiment: unknown, settings: Readonly<Record<string, number>>): RatesRow {
  const problem = problemAt(experiment, settings);
  const { magnet } = problem.experiment;
  const reasons: MissingQuantity[] = [];
  const miss = (quantity: string, reason: string): void => {
    reasons.push({ quantity, reason });
  };
  const valueOrMiss = <T>(quantity: string, found: Exact<T>): T | null => {
    if (found.value === null) miss(quantity, found.reason as string);
    return found.value;
  };
  const unit = problem.units.time;
  const prediction = valueOrMiss("everything", predict(problem));
  const empty = { eigenvalues: null, slowest: null, up: null, down: null };
  const rates = (): Pick<RatesRow, "eigenvalues" | "slowest" | "up" | "down"> => {
    if (!prediction) return empty;
    if (isDriven(problem.dynamics)) {
      miss("rates", "rates need constant parameters, but a drive changes in time");
      return empty;
    }
    const { solution } = prediction.typical;
    // all eigenvalues at once, those of the two-state mode included
    const spectrum = prediction.isSpread ? undefined : solution.eigenvalues(5);
    const here = valueOrMiss(
      "rates",
      prediction.isSpread
        ? outOfReach<Leaving>(prediction.spreadReason)
        : interruptible(problem, () => leaving(solution)),
    );
    const eigenvalues = spectrum && valueOrMiss("eigenvalues", spectrum);
    return {
      ...empty,
      eigenvalues: eigenvalues?.slice(1).map(({ re }) => re / unit) ?? null,
      ...(here ? escapes(problem, solution, here, miss) : {}),
    };
  };
  const dwellOf = (): Pick<RatesRow, "dwellUp" | "dwellDown" | "dwellError"> => {
    const levels = levelsOf(problem);
    if (!prediction || !levels) return noDwell;
    const asked = interruptible(problem, () => predictDwell(problem, prediction, levels));
    const found = valueOrMiss("dwell times", asked);
    if (!found) return noDwell;
    const { up, down, errorEstimate } = found;
    const [dwellUp, dwellDown] = [up, down].map((one) => valueOrMiss("dwell times", one));
    return {
      dwellUp: dwellUp && dwellUp * unit,
      dwellDown: dwellDown && dwellDown * unit,
      dwellError: errorEstimate,
    };
  };
  const error = (): Pick<RatesRow, "notSwitched" | "notSwitchedError"> => {
    const start = prediction ? startingSide(prediction) : undefined;
    const side = start && valueOrMiss("not switched", start);
    if (!prediction || !side) return noError;
    const hemispheres = valueOrMiss(
      "not switched",
      interruptible(problem, () =>
        exactly(predictHemispheres(problem, prediction, [problem.steps], [side])[0]),
      ),
    );
    if (!hemispheres) return noError;
    return {
      notSwitched: valueOrMiss("not switched", hemispheres[side]),
      notSwitchedError: hemispheres.errorEstimate,
    };
  };
  const temperature =
    "temperature" in magnet && typeof magnet.temperature === "number" ? magnet.temperature : null;
  return {
    settings,
    temperature,
    ...rates(),
    ...dwellOf(),
    ...error(),
    theory: [...theoryOf(problem), ...atEnd(problem)],
    reasons,
  };
}

/** Formulas of the write error at the end of the run. */
const atEnd = (problem: Problem): TheoryResult[] =>
  pulseTheory(problem, 1).map(({ name, quantity, unit, value, inRange, validWhen, cite }) => ({
    name,
    quantity,
    unit,
    value: value[0],
    inRange: inRange[0],
    validWhen,
    cite,
    ...(value[0] === null ? { reason: "the formula has no meaning at these parameters" } : {}),
  }));

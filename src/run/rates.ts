import type { Problem } from "../experiment/problem.ts";
import { mul } from "../expression/expression.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { predict } from "../fokker-planck/predict.ts";
import { predictSides } from "../fokker-planck/sides.ts";
import { isDriven, predictDwell } from "../fokker-planck/switching.ts";
import { twoStates } from "../fokker-planck/two-states.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import type { TheoryResult } from "../result.ts";
import { startingSide } from "./exact-result.ts";
import { pulseTheory } from "./pulse-theory.ts";
import { ExperimentError } from "./run.ts";
import { theoryOf } from "./theory.ts";

/** An escape as Arrhenius's law sees it at one temperature. */
export interface Escape {
  /** 1/s */
  readonly rate: number;
  /** d ln(rate)/d ln T: the barrier in kT that a plot over temperature would show here. */
  readonly barrier: number | null;
  /** s: τ₀ in rate = exp(−barrier)/τ₀. */
  readonly attemptTime: number | null;
}

/** Exact figures of one experiment; SI units. */
export interface RatesRow {
  readonly settings: Readonly<Record<string, number>>;
  /** K; null in reduced units. */
  readonly temperature: number | null;
  /** Real parts of the smallest eigenvalues of −F after zero, 1/s. */
  readonly eigenvalues: readonly number[] | null;
  readonly slowest: Escape | null;
  /** Leaving "up" and leaving "down", the two states of the slowest mode. */
  readonly up: Escape | null;
  readonly down: Escape | null;
  /** s, by the thresholds of the first dwell observable. */
  readonly dwellUp: number | null;
  readonly dwellDown: number | null;
  /** Probability at the end of the run to be on the side where all started, and its relative error. */
  readonly notSwitched: number | null;
  readonly notSwitchedError: number | null;
  readonly theory: readonly TheoryResult[];
  /** Why something above is null, each once. */
  readonly reasons: readonly string[];
}

/** Relative change of temperature over which barriers are taken. */
const temperatureStep = 0.01;

/** The problem at the settings, with dwell thresholds as its only observables. */
function problemAt(experiment: unknown, settings: Readonly<Record<string, number>>): Problem {
  const observables = (experiment as { observables?: unknown }).observables;
  const dwells = Array.isArray(observables) ? observables.filter((o) => o?.type === "dwell") : [];
  const kept = dwells.length > 0 ? dwells : [{ type: "moments", times: 1 }];
  const checked = checkExperiment({ ...(experiment as object), observables: kept }, settings);
  if (!checked.ok) throw new ExperimentError(checked.problems);
  return reduce(checked.experiment);
}

interface Leaving {
  readonly slowest: number;
  readonly up: number | null;
  readonly down: number | null;
}

/** Rates of one solution, per reduced time. */
function leaving(prediction: Prediction, judged = true): Exact<Leaving> {
  if (prediction.isSpread) return outOfReach("rates differ from spin to spin");
  const { solution } = prediction.typical;
  const rate = solution.slowestRate;
  if (rate.value === null) return rate;
  const states = twoStates(solution, judged);
  return exactly({
    slowest: rate.value,
    up: states.value?.up.rate ?? null,
    down: states.value?.down.rate ?? null,
  });
}

/** The same problem, warmer: D grows with T while forces and torques stay. */
function warmer(problem: Problem, factor: number): Exact<Prediction> {
  const { dynamics, energyOverKT } = problem;
  return predict({
    ...problem,
    dynamics: { ...dynamics, diffusion: mul(factor, dynamics.diffusion) },
    energyOverKT: energyOverKT && mul(1 / factor, energyOverKT),
  });
}

function escapes(problem: Problem, here: Leaving): Pick<RatesRow, "slowest" | "up" | "down"> {
  const around = [1 - temperatureStep, 1 + temperatureStep].map((factor) => {
    const found = warmer(problem, factor);
    return found.value === null ? null : leaving(found.value, false).value;
  });
  const width = Math.log((1 + temperatureStep) / (1 - temperatureStep));
  const of = (key: keyof Leaving): Escape | null => {
    const rate = here[key];
    if (rate === null) return null;
    const [cold, warm] = around.map((found) => found?.[key] ?? null);
    const barrier = cold === null || warm === null ? null : Math.log(warm / cold) / width;
    const perSecond = rate / problem.units.time;
    const attempt = barrier === null ? null : Math.exp(-barrier) / perSecond;
    return { rate: perSecond, barrier, attemptTime: attempt };
  };
  return { slowest: of("slowest"), up: of("up"), down: of("down") };
}

/** Eigenvalues, escapes with barriers and attempt times, dwell times and the write error of an experiment with settings. */
export function exactRates(experiment: unknown, settings: Readonly<Record<string, number>>): RatesRow {
  const problem = problemAt(experiment, settings);
  const { magnet } = problem.experiment;
  const reasons = new Set<string>();
  const told = <T>(found: Exact<T>): T | null => {
    if (found.value === null) reasons.add(found.reason as string);
    return found.value;
  };
  const unit = problem.units.time;
  const prediction = told(predict(problem));
  const empty = { eigenvalues: null, slowest: null, up: null, down: null };
  const rates = (): Pick<RatesRow, "eigenvalues" | "slowest" | "up" | "down"> => {
    if (!prediction || isDriven(problem)) {
      if (prediction) reasons.add("rates belong to constant parameters, and here a drive changes");
      return empty;
    }
    const here = told(leaving(prediction));
    if (!here) return empty;
    const eigenvalues = told(prediction.typical.solution.eigenvalues(5));
    return {
      eigenvalues: eigenvalues?.slice(1).map(({ re }) => re / unit) ?? null,
      ...escapes(problem, here),
    };
  };
  const dwellOf = (): { up: number; down: number } | null => {
    const observable = problem.observables.find((o) => o.type === "dwell");
    if (!prediction || observable?.type !== "dwell") return null;
    const found = told(predictDwell(problem, prediction, observable));
    return found && { up: found.up.mean * unit, down: found.down.mean * unit };
  };
  const error = (): Pick<RatesRow, "notSwitched" | "notSwitchedError"> => {
    const side = prediction && startingSide(prediction);
    if (!prediction || !side) return { notSwitched: null, notSwitchedError: null };
    const [sides] = predictSides(problem, prediction, [problem.steps], [side]);
    return { notSwitched: told(sides[side]), notSwitchedError: sides.errorEstimate };
  };
  const dwell = dwellOf();
  const temperature =
    "temperature" in magnet && typeof magnet.temperature === "number" ? magnet.temperature : null;
  return {
    settings,
    temperature,
    ...rates(),
    dwellUp: dwell?.up ?? null,
    dwellDown: dwell?.down ?? null,
    ...error(),
    theory: [...theoryOf(problem), ...atEnd(problem)],
    reasons: [...reasons],
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

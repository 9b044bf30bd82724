import type { Plan } from "../ensemble/plan.ts";
import type { CheckedExperiment } from "../experiment/check.ts";
import type { InputError } from "../experiment/input-error.ts";
import type { Problem } from "../experiment/problem.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import { ruleStep } from "../experiment/scheme.ts";
import type { Settings } from "../experiment/settings.ts";
import { applySettings } from "../experiment/settings.ts";
import { substitute } from "../expression/rewrite.ts";
import { phaseScheme } from "../integrators/index.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import { observables } from "../observables/index.ts";
import { planHearing, plan as planOf } from "../observables/plan.ts";
import { checkHearing } from "../run/quick-beside.ts";
import type { StepWithBias } from "../run/step-with-bias.ts";
import { stepWithBias } from "../run/step-with-bias.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import type { PointSettings } from "./points.ts";

/** A varied path that is a per-spin parameter of the kernel: its value is `scale` times the variable. */
interface SweptParameter {
  readonly path: string;
  readonly name: string;
  readonly scale: number;
}

/**
 * Points that share one generated step: every spin carries the varied numbers as parameters, so all points have the
 * same code, reduced units and time step.
 */
export interface Shape {
  readonly experiment: CompletedExperiment;
  readonly problem: Problem;
  readonly swept: readonly SweptParameter[];
  readonly plan: Plan;
  /** Bias of averages by the common step: the largest at the ends of the varied ranges. */
  readonly bias: TimeStepBias;
}

/** Range of a swept number over the points. */
export interface SweptRange {
  readonly path: string;
  readonly low: number;
  readonly high: number;
}

type Checked = CompletedExperiment | readonly InputError[];

const answerOf = (found: CheckedExperiment): Checked => (found.ok ? found.experiment : found.problems);

export const checkedAt = (raw: unknown, settings: PointSettings): Checked =>
  answerOf(checkExperiment(raw, settings));

export const isExperiment = (found: Checked): found is CompletedExperiment => !Array.isArray(found);

/** The same while this thread hears signals: the check of a long formula takes seconds. */
export async function checkedHearing(raw: unknown, settings: Settings): Promise<Checked> {
  await breathe();
  return answerOf(await checkHearing(raw, settings));
}

/**
 * The experiment with ranges as uniformly spread parameters, because the model treats a variable number as a spread.
 */
async function spreadOver(
  experiment: unknown,
  ranges: readonly SweptRange[],
): Promise<CompletedExperiment | null> {
  const settings = ranges.map(({ path, low, high }): [string, unknown] => [
    path,
    { mean: (low + high) / 2, deviation: (high - low) / (2 * Math.sqrt(3)), distribution: "uniform" },
  ]);
  const found = await checkedHearing(experiment, Object.fromEntries(settings));
  return isExperiment(found) ? found : null;
}

/** The per-spin parameters that carry the ranges, or null if spins cannot carry one of them. */
function parametersOf(problem: Problem, ranges: readonly SweptRange[]): SweptParameter[] | null {
  const found = ranges.map(({ path, low, high }): SweptParameter | null => {
    const spread = problem.spreads.find((one) => one.path === path);
    if (!spread) return null;
    const scale =
      spread.mean !== 0
        ? (low + high) / 2 / spread.mean
        : (high - low) / (2 * Math.sqrt(3)) / spread.deviation;
    return { path, name: spread.name, scale };
  });
  return found.every((one) => one !== null) ? (found as SweptParameter[]) : null;
}

/**
 * The ranges that spins can carry: the number allows a spread, and the temperatures are either all zero or all above
 * zero.
 */
export async function carriedRanges(
  raw: unknown,
  first: PointSettings,
  ranges: readonly SweptRange[],
): Promise<SweptRange[]> {
  const base = ranges.length === 0 ? [] : await checkedHearing(raw, first);
  if (!isExperiment(base)) return [];
  const isCarried = async (some: readonly SweptRange[]): Promise<boolean> => {
    const experiment = await spreadOver(base, some);
    if (!experiment) return false;
    try {
      const problem = reduce(experiment);
      if (!parametersOf(problem, some)) return false;
      for (const end of ends(some)) {
        const at = await checkedHearing(base, end);
        if (!isExperiment(at) || reduce(at).variates !== problem.variates) return false;
      }
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  const single: SweptRange[] = [];
  for (const range of ranges) if (await isCarried([range])) single.push(range);
  return single.length < 2 || (await isCarried(single)) ? single : [];
}

/** Largest number of varied paths for which every corner is checked: each corner costs an exact solution. */
const mostForCorners = 2;

/** The corners of the varied ranges; for many paths only two opposite ones. */
function ends(ranges: readonly SweptRange[]): PointSettings[] {
  const corners = ranges.length <= mostForCorners ? 2 ** ranges.length : 2;
  return Array.from({ length: corners }, (_, corner) =>
    Object.fromEntries(
      ranges.map(({ path, low, high }, k) => {
        const isHigh = ranges.length <= mostForCorners ? (corner >> k) & 1 : corner;
        return [path, isHigh ? high : low];
      }),
    ),
  );
}

const largest = <T>(of: readonly T[], size: (one: T) => number): T =>
  of.reduce((a, b) => (size(b) > size(a) ? b : a));

/**
 * The shape of the points that differ from `base` in the ranges alone. The step is the shortest that any corner of the
 * ranges would take alone, and not longer than the rule allows in between; `stepOf` computes it. @throws RangeError for
 * an experiment that is not valid.
 */
export async function shapeOf(
  base: CompletedExperiment,
  ranges: readonly SweptRange[],
  stepOf = stepWithBias,
): Promise<Shape> {
  const corners: StepWithBias[] = [];
  for (const settings of ends(ranges)) {
    const at = await checkedHearing(base, settings);
    if (!isExperiment(at)) throw new RangeError(`nothing can be simulated at ${JSON.stringify(settings)}`);
    corners.push(await stepOf(reduce(at)));
  }
  const integrator = corners.some(({ problem }) => problem.integrator !== corners[0].problem.integrator)
    ? phaseScheme
    : corners[0].problem.integrator;
  const shortest = Math.min(...corners.map(({ problem }) => problem.timeStep * problem.units.time));
  const spread = ranges.length === 0 ? base : await spreadOver(base, ranges);
  if (!spread) throw new RangeError("the varied numbers cannot be spread");
  const time = { ...spread.time, integrator: integrator as typeof spread.time.integrator };
  const experiment = { ...spread, time };
  const first = reduce(experiment);
  const limit = ruleStep(observables, experiment, integrator, first.timeStepLimit) * first.units.time;
  const problem = reduce(experiment, ranges.length === 0 ? shortest / limit : Math.min(1, shortest / limit));
  const biases = corners.map(({ bias }) => bias);
  return {
    experiment: base,
    problem,
    swept: parametersOf(problem, ranges) ?? [],
    plan: await planHearing(problem),
    bias: {
      moments: largest(biases, ({ moments }) => moments.value?.moments ?? 0).moments,
      rate: largest(biases, ({ rate }) => Math.abs(rate.value ?? 0)).rate,
      pilot: largest(biases, ({ pilot }) => pilot.value?.bias ?? 0).pilot,
    },
  };
}

/** Values of the per-spin parameters at a point, by name. */
export const parametersAt = ({ swept }: Shape, settings: PointSettings): Record<string, number> =>
  Object.fromEntries(swept.map(({ path, name, scale }) => [name, (settings[path] as number) / scale]));

/** The problem of one point, in the units and with the steps of its shape. */
export function problemAt(shape: Shape, settings: PointSettings, seed: number): Problem {
  const { problem, experiment } = shape;
  const values = parametersAt(shape, settings);
  const put = applySettings(structuredClone(experiment), { ...settings, seed });
  const { psi, omega, diffusion } = problem.dynamics;
  const { initial } = problem;
  const roots = [psi, omega, diffusion, problem.energy, problem.alpha];
  const [atPsi, atOmega, atDiffusion, energy, alpha] = substitute(roots, values);
  const [energyOverKT] = problem.energyOverKT ? substitute([problem.energyOverKT], values) : [null];
  return {
    ...problem,
    experiment: put.value as CompletedExperiment,
    dynamics: { psi: atPsi, omega: atOmega, diffusion: atDiffusion },
    energy,
    energyOverKT,
    alpha,
    spreads: problem.spreads.filter(({ name }) => !(name in values)),
    initial:
      "energyOverKT" in initial
        ? { ...initial, energyOverKT: substitute([initial.energyOverKT], values)[0] }
        : initial,
    seed,
  };
}

/**
 * The same step with the smallest number of spins that has a standard error: observables then give their exact partners
 * at almost no cost.
 */
export function ofTwoSpins(shape: Shape): Shape {
  const few = <T extends object>(of: T): T => ({ ...of, ensemble: 2 });
  const problem = few({ ...shape.problem, experiment: few(shape.problem.experiment) });
  return { ...shape, experiment: few(shape.experiment), problem, plan: planOf(problem) };
}

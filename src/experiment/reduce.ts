import type { Expression } from "../expression/expression.ts";
import { add, constantValue, div, mul, variable } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { integrators } from "../integrators/index.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { isDriven, sum } from "../physics/dynamics.ts";
import { initialStates } from "../physics/initial/index.ts";
import type { InitialEntry } from "../physics/initial/initial-entry.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { Spread } from "../physics/spread.ts";
import { landscapes } from "../physics/wells/landscape.ts";
import { whyInNoWell } from "../physics/wells/well.ts";
import { isCompared } from "./choices.ts";
import { gatherConstants } from "./gather-constants.ts";
import type { InputError } from "./input-error.ts";
import { describeInputError, joinPath } from "./input-error.ts";
import { knownProblem } from "./known-problem.ts";
import { describeHint, unitHints } from "./likely-unit.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf, modelOf } from "./model.ts";
import { unitFor } from "./natural-units.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import { intervalsAsked, planObservables, timesAsked } from "./plan.ts";
import type { Problem } from "./problem.ts";
import type { Complain, Resolution } from "./resolve.ts";
import { newResolution } from "./resolve.ts";
import type { CompletedExperiment } from "./schema.ts";
import { ruleStep, schemeOf, variatesOf } from "./scheme.ts";
import type { Steps } from "./steps.ts";
import { chooseSteps, givenSteps, isWhole, movedTime } from "./steps.ts";
import { timeStepLimit } from "./time-step.ts";
import { distanceOf } from "./times.ts";
import { unitsOf } from "./units.ts";

/**
 * The reduced problem of a completed experiment: the only place where SI and reduced units meet. `scale` shortens or
 * lengthens the step of `auto`.
 * @throws RangeError for an experiment that `checkExperiment` would refuse.
 */
export function reduceExperiment(
  specs: ObservableSpecs,
  experiment: CompletedExperiment,
  scale = 1,
): Problem {
  const known = scale === 1 ? knownProblem(specs, experiment) : undefined;
  if (known) return known;
  const problems: InputError[] = [];
  const complain: Complain = (path, rule, value, suggestion) =>
    problems.push({ path, rule, value, suggestion });
  const resolution = newResolution(experiment.time.duration, complain);
  const model = modelOf(experiment, resolution);
  const problem = reduceWith(specs, experiment, { model, resolution, complain }, scale);
  if (problems.length > 0) throw new RangeError(problems.map(describeInputError).join("\n"));
  return problem;
}

/** The terms of an experiment and what was found with them. */
interface Resolved {
  readonly model: MagnetModel;
  readonly resolution: Resolution;
  readonly complain: Complain;
}

/** The same from the experiment's terms; problems are passed to `complain`. */
export function reduceWith(
  specs: ObservableSpecs,
  experiment: CompletedExperiment,
  { model, resolution, complain }: Resolved,
  scale = 1,
): Problem {
  const { duration } = experiment.time;
  const units = unitsOf(experiment, model, resolution);
  const { dynamics, energy, energyOverKT, alpha } = reducedModel(model, units);
  const toReduced = (times: readonly number[]): number[] => times.map((time) => time / units.time);
  const initial = initialOf(experiment, energyOverKT, resolution.spreads, complain);
  const integratorName = schemeOf(specs, experiment, dynamics, initial);
  const integrator = integrators[integratorName];
  const limit = timeStepLimit(
    dynamics,
    resolution.spreads,
    {
      duration: duration / units.time,
      breakpoints: toReduced(resolution.breakpoints),
      resolutions: toReduced(resolution.resolutions),
      driven: isDriven(dynamics),
    },
    integrator.stepLimit,
  );
  const { step } = experiment.time;
  const auto = ruleStep(specs, experiment, integratorName, limit) * units.time * scale;
  const steps =
    step === "auto"
      ? chooseSteps(duration, auto, timesAsked(specs, experiment), intervalsAsked(specs, experiment))
      : givenSteps(duration, step);
  const timeStep = steps.timeStep / units.time;
  const problem: Omit<Problem, "variates"> = {
    experiment,
    units,
    dynamics,
    energy,
    energyOverKT,
    alpha,
    spreads: resolution.spreads,
    initial,
    ensemble: experiment.ensemble,
    seed: experiment.seed,
    timeStep,
    steps: steps.count,
    integrator: integratorName,
    breakpoints: [...new Set(toReduced(resolution.breakpoints))]
      .filter((time) => time > 0 && time < duration / units.time)
      .sort((a, b) => a - b),
    observables: planObservables(specs, experiment, steps, complain),
    compare: isCompared(experiment.compare),
    ...(experiment.exact ? { exactSeconds: experiment.exact.seconds } : {}),
    timeStepLimit: limit,
    warnings: [
      ...warningsFor(experiment, steps.count * steps.timeStep, timeStep, limit * Math.max(1, scale)),
      ...lateDrives(resolution.breakpoints, duration),
      ...changedIntervals(intervalsAsked(specs, experiment), steps),
      ...movedTimes(specs, experiment, steps),
      ...unitHints(experiment).map(describeHint),
    ],
  };
  // computed when first read: it searches the whole energy, and only ensembles need it
  let variates: Problem["variates"] | undefined;
  return {
    ...problem,
    get variates() {
      variates ??= energyOverKT === null ? "none" : variatesOf(specs, problem);
      return variates;
    },
  };
}

/** The expressions of a model in reduced units, as functions of reduced time. */
function reducedModel(
  model: MagnetModel,
  units: Problem["units"],
): Pick<Problem, "dynamics" | "energy" | "energyOverKT" | "alpha"> {
  const inReducedTime = <Roots extends readonly Expression[]>(roots: Roots) =>
    gatherConstants(substitute(roots, { t: mul(units.time, variable("t")) })) as unknown as {
      [K in keyof Roots]: Expression;
    };
  const terms = dynamicsOf(model).map(({ psi, omega, diffusion }): Dynamics => {
    const rates = [psi, omega, diffusion].map((rate) => mul(units.time, rate));
    const [reducedPsi, reducedOmega, reducedDiffusion] = inReducedTime(rates);
    return { psi: reducedPsi, omega: reducedOmega, diffusion: reducedDiffusion };
  });
  const { volume, thermalEnergy, alpha } = model.magnet;
  const energies = model.energies.map(({ density }) => mul(volume, density));
  const cold = constantValue(thermalEnergy) === 0;
  return {
    dynamics: sum(terms),
    energy: add(...inReducedTime(energies.map((term) => div(term, units.energy)))),
    energyOverKT: cold ? null : add(...inReducedTime(energies.map((term) => div(term, thermalEnergy)))),
    alpha: inReducedTime([alpha])[0],
  };
}

function initialOf(
  { initial }: CompletedExperiment,
  energyOverKT: Expression | null,
  spreads: readonly Spread[],
  complain: (path: string, rule: string, value?: unknown) => void,
): InitialLaw {
  // already checked: an initial state that needs an energy over kT has a temperature
  const [atStart] = substitute([energyOverKT ?? add()], { t: 0 });
  const entry: InitialEntry = initialStates[initial.type];
  const law = entry.law(initial as never, atStart);
  if (!("wellOf" in law)) return law;
  const landscape = landscapes(
    law.energyOverKT,
    spreads.map(({ name }) => name),
  )(spreads.map(({ mean }) => mean));
  const rule = whyInNoWell(landscape, law.wellOf);
  const [named] = Object.entries(initial).find(([, value]) => value === law.wellOf) ?? ["type"];
  if (rule) complain(joinPath("initial", named), rule, law.wellOf);
  return law;
}

/** Warnings for drives that continue after the run. */
const lateDrives = (breakpoints: readonly number[], duration: number): string[] => {
  const first = breakpoints.reduce(
    (least, t) => (t > duration * (1 + 1e-9) ? Math.min(least, t) : least),
    Infinity,
  );
  return first < Infinity
    ? [
        `a drive changes after the end of the run, first at ${Number(first.toPrecision(6))}; the run ends at ${Number(duration.toPrecision(6))} and does not contain it`,
      ]
    : [];
};

/** Warnings for sampling intervals that were changed. */
const changedIntervals = (intervals: readonly number[], steps: Steps): string[] =>
  intervals
    .filter((interval) => !isWhole(interval, steps))
    .map((interval) => {
      const taken = Math.max(1, Math.round(interval / steps.timeStep)) * steps.timeStep;
      return `the sampling interval ${interval} is not a whole number of steps; ${taken.toPrecision(6)} is used`;
    });

/** Warnings for typed times between steps. Sampling intervals have their own sentence. */
const movedTimes = (
  specs: ObservableSpecs,
  { observables, time }: CompletedExperiment,
  steps: Steps,
): string[] =>
  observables.flatMap((values) => {
    const spec = specs[values.type];
    const times = spec.interval ? undefined : spec.times(values as never);
    const name = values.name ?? spec.label(values as never);
    const every = times === undefined ? undefined : distanceOf(times);
    if (every !== undefined)
      return isWhole(every, steps)
        ? []
        : [
            `${name}: the interval ${every} is not a whole number of steps; records are taken at the nearest steps`,
          ];
    const moved = times === undefined ? undefined : movedTime(times, time.duration, steps);
    return moved
      ? [
          `${name}: a time of ${Number(moved.asked.toPrecision(6))} is not a whole number of steps; its record is taken at ${Number(moved.taken.toPrecision(6))}, the nearest step`,
        ]
      : [];
  });

function warningsFor(
  { time, magnet }: CompletedExperiment,
  simulated: number,
  timeStep: number,
  limit: number,
): string[] {
  const warnings: string[] = [];
  if (timeStep > limit * (1 + 1e-9))
    warnings.push(
      `time.step is ${(timeStep / limit).toPrecision(3)} times the step that auto would take; averages may be biased`,
    );
  if (Math.abs(simulated / time.duration - 1) > 1e-9)
    warnings.push(
      `time.duration is not a whole number of steps; ${simulated} ${unitFor(magnet, "s")} are simulated`,
    );
  return warnings;
}

import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue, nodesWith, visit } from "../expression/expression.ts";
import { infinityOf, placeText } from "../expression/finite.ts";
import { merged, sizeOf } from "../expression/merge.ts";
import { magnetization } from "../expression/vector.ts";
import { defaultGyromagneticRatio } from "../physics/constants.ts";
import { drift, surfaceGradient } from "../physics/dynamics.ts";
import { initialStates } from "../physics/initial/index.ts";
import type { InitialEntry } from "../physics/initial/initial-entry.ts";
import type { Magnet } from "../physics/magnet.ts";
import { causeOfStep } from "./cause-of-step.ts";
import { extremeNumbers } from "./extreme-numbers.ts";
import type { InputError } from "./input-error.ts";
import { joinPath } from "./input-error.ts";
import type { Use } from "./known-problem.ts";
import { keepProblem } from "./known-problem.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf, modelOf } from "./model.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import { reduceWith } from "./reduce.ts";
import type { Complain, Resolution } from "./resolve.ts";
import { newResolution } from "./resolve.ts";
import type { CompletedExperiment } from "./schema.ts";
import { evaluator } from "./sphere-sample.ts";
import { boxOver } from "./spread-box.ts";
import { brokenTimesRule } from "./times.ts";

/** Most steps of a run: the step counter has 32 bits, and more would take too long anyway. */
const mostSteps = 2 ** 31;

/** A substitute magnet, with which energies and torques are checked if the experiment's own is malformed. */
const standIn = { Ms: 1e6, volume: 1e-24, alpha: 0.1, temperature: 300, gamma: defaultGyromagneticRatio };

/**
 * Problems beyond the form: typed expressions, ranges over time and spread, poles on the sphere, times. Missing or malformed parts are
 * undefined and skipped, unless the experiment is `whole`.
 */
export function problemsInPhysics(
  specs: ObservableSpecs,
  experiment: Partial<CompletedExperiment>,
  whole: boolean,
  use: Use,
): InputError[] {
  const problems: InputError[] = [];
  const complain: Complain = (path, rule, value, suggestion) =>
    problems.push({ path, rule, value, suggestion });
  const duration = experiment.time?.duration ?? 0;
  const resolution = newResolution(duration, complain);
  const { magnet = standIn, energies = [], torques = [] } = experiment;
  const model = modelOf({ magnet, energies, torques }, resolution);
  if (problems.length === 0) checkSize(model, resolution);
  if (problems.length === 0) checkOnSphere(model, resolution);
  checkTimes(specs, experiment, complain);
  if (experiment.magnet) checkCold(specs, experiment, model.magnet, resolution);
  if (whole && problems.length === 0) {
    const problem = reduceWith(specs, experiment as CompletedExperiment, { model, resolution, complain });
    if (problems.length === 0)
      for (const { path, rule, value } of extremeNumbers(model, resolution, problem))
        complain(path, rule, value);
    if (problems.length === 0 && use === "ensemble" && !(problem.steps <= mostSteps))
      complain(
        "time.duration",
        `must not need more than ${mostSteps} steps${problem.steps < Number.POSITIVE_INFINITY ? `, needs ${problem.steps}` : ""} of ${Number((duration / problem.steps).toPrecision(3))} s, as short as ${causeOfStep(model, resolution, problem)} makes them`,
        duration,
      );
    if (problems.length === 0) keepProblem(specs, problem, use);
  }
  return problems;
}

/**
 * Most operations of the drift, which are done for every spin in every step. The largest formula that may be typed has a few thousand; what
 * is derived from the drift has ten times as many, and must fit in seconds and memory.
 */
const mostOperations = 10_000;

/** The terms together must not have more operations than a step can take; the problem goes to the largest of them. */
function checkSize(model: MagnetModel, { complain }: Resolution): void {
  const sizes = dynamicsOf(model).map((term) => sizeOf(merged(drift(term))));
  const whole = sizes.reduce((a, b) => a + b, 0);
  if (whole <= mostOperations) return;
  const largest = sizes.indexOf(Math.max(...sizes));
  const path = [...model.energies, ...model.torques][largest]?.path ?? "magnet";
  const rule = `must be simpler: the drift of all terms takes ${whole} operations for each spin in each step, of which ${sizes[largest]} are of this term; at most ${mostOperations} are allowed`;
  complain(path, rule);
}

/** Every term must be finite and smooth enough to have a gradient wherever a spin can be. */
function checkOnSphere(model: MagnetModel, resolution: Resolution): void {
  const check = (path: string, of: Expression): void => {
    const rule = brokenOnSphere(of, resolution);
    if (rule) resolution.complain(path, rule);
  };
  for (const { path, density } of model.energies) check(path, density);
  for (const { path, chi, phi } of model.torques) {
    check(path, chi);
    check(path, phi);
  }
}

function brokenOnSphere(of: Expression, { spreads, duration }: Resolution): string | undefined {
  if (jumpsWithM(of)) return "must be continuous on the sphere: no floor of m";
  const box = boxOver(spreads, duration);
  for (const divisor of divisorsWithM(of)) {
    const { low, high } = bounds(divisor, box, { tolerance: 0.1, work: 600 });
    if (low.attained < 0 && high.attained > 0)
      return "must be finite everywhere on the sphere, but a divisor passes through zero";
  }
  for (const [what, parts] of [
    ["be finite", [of]],
    ["have a finite gradient", surfaceGradient(of)],
  ] as const) {
    const at = infinityOf(parts, box);
    if (!at) continue;
    const place = placeText(at);
    return `must ${what} everywhere on the sphere${place && `, fails at ${place}`}`;
  }
  return undefined;
}

/** The divisors in an expression that depend on m. */
function divisorsWithM(of: Expression): Expression[] {
  const divisors: Expression[] = [];
  const withM = nodesWith(magnetization, [of]);
  visit([of], (node) => {
    if (node.kind === "apply" && node.operator === "div" && withM.has(node.operands[1]))
      divisors.push(node.operands[1]);
  });
  return divisors;
}

function jumpsWithM(of: Expression): boolean {
  let jumps = false;
  const withM = nodesWith(magnetization, [of]);
  visit([of], (node) => {
    jumps ||= node.kind === "apply" && node.operator === "floor" && withM.has(node);
  });
  return jumps;
}

function checkTimes(
  specs: ObservableSpecs,
  { observables, time }: Partial<CompletedExperiment>,
  complain: Complain,
): void {
  if (!observables || !time) return;
  for (const [i, values] of observables.entries()) {
    const entry = specs[values.type];
    const times = entry.times(values as never);
    const rule = times && brokenTimesRule(times, time.duration, entry.alignsOnly);
    const key = ["times", "every", "period"].find((name) => name in values) ?? "sampleEvery";
    if (rule) complain(joinPath("observables", i, key), rule, (values as Record<string, unknown>)[key]);
  }
  if (typeof time.step === "number" && time.step > time.duration)
    complain("time.step", `must not be longer than time.duration, ${time.duration}`, time.step);
}

/** Reports what needs a temperature above 0 K: observables that need noise, and thermal initial states. */
function checkCold(
  specs: ObservableSpecs,
  { initial, observables }: Partial<CompletedExperiment>,
  { thermalEnergy }: Magnet,
  { spreads, complain }: Resolution,
): void {
  const means = spreads.map(({ mean }) => mean);
  const [atStart] = evaluator([thermalEnergy], spreads)([0, 0, 1], 0, means);
  const starts = Object.values<InitialEntry>(initialStates);
  const withoutHeat = starts.filter(({ needsTemperature }) => !needsTemperature).map(({ type }) => type);
  if (atStart === 0 && initial && !withoutHeat.includes(initial.type))
    complain("initial.type", `must be ${withoutHeat.join(" or ")} at 0 K`, initial.type);
  if (constantValue(thermalEnergy) !== 0) return;
  for (const [i, { type }] of (observables ?? []).entries())
    if (specs[type].needsNoise)
      complain(joinPath("observables", i, "type"), "must not need noise at 0 K", type);
}

import type { Expression } from "../expression/expression.ts";
import { add, mul, sqrt } from "../expression/expression.ts";
import { largestValue } from "../expression/largest-value.ts";
import { drift, surfaceGradient } from "../physics/dynamics.ts";
import { energies as entries } from "../physics/energies/index.ts";
import type { EnergyEntry } from "../physics/entry.ts";
import { gammaPrime, thermalDynamics } from "../physics/magnet.ts";
import { torqueDynamics } from "../physics/torques/gilbert.ts";
import type { MagnetModel } from "./model.ts";
import { isReduced } from "./natural-units.ts";
import type { Resolution } from "./resolve.ts";
import { newResolution, resolve } from "./resolve.ts";
import type { CompletedExperiment } from "./schema.ts";
import { evaluator, sampleTimes, spherePoints } from "./sphere-sample.ts";
import { boxOver } from "./spread-box.ts";

/** What one reduced unit is: time in s, field in T, energy in J. */
export interface Units {
  readonly time: number;
  readonly field: number;
  readonly energy: number;
}

/**
 * The reduced units of an experiment: B_K is `magnet.fieldScale` where given, else 2|K|/Ms of the first energy whose
 * entry names its constant K, else the largest field on the sphere, else the largest torque over γ', else D/γ', else 1 T. Spreads
 * count by their means, drives by their value at t = 0.
 */
export function unitsOf(experiment: CompletedExperiment, model: MagnetModel, resolution: Resolution): Units {
  if (isReduced(experiment.magnet)) return { time: 1, field: 1, energy: 1 };
  const means = resolution.spreads.map(({ mean }) => mean);
  const now = (of: Expression): number => evaluator([of], resolution.spreads)([0, 0, 1], 0, means)[0];
  const Ms = now(model.magnet.Ms);
  const rate = now(gammaPrime(model.magnet));
  const field = experiment.magnet.fieldScale ?? fieldScale(experiment, model, resolution, Ms, rate);
  return { time: 1 / (rate * field), field, energy: 0.5 * Ms * now(model.magnet.volume) * field };
}

const catalogue: Readonly<Record<string, EnergyEntry>> = entries;

function fieldScale(
  { energies, time }: CompletedExperiment,
  model: MagnetModel,
  { spreads, breakpoints }: Resolution,
  Ms: number,
  rate: number,
): number {
  const means = spreads.map(({ mean }) => mean);
  for (const energy of energies) {
    const { parameters, anisotropy } = catalogue[energy.type];
    if (anisotropy === undefined) continue;
    const own = newResolution(time.duration, () => undefined);
    const constant = resolve(parameters, energy, "", own)[anisotropy] as Expression;
    const [value] = evaluator([constant], own.spreads)(
      [0, 0, 1],
      0,
      own.spreads.map(({ mean }) => mean),
    );
    if (value !== 0) return (2 * Math.abs(value)) / Ms;
  }
  const largest = (of: readonly Expression[]): number => {
    const evaluate = evaluator(of, spreads);
    let most = 0;
    for (const t of sampleTimes(time.duration, breakpoints, 32))
      for (const m of spherePoints) most = Math.max(most, Math.hypot(...evaluate(m, t, means)));
    const box = boxOver(spreads, time.duration, 0);
    return largestValue(sqrt(add(...of.map((f) => mul(f, f)))), box, most);
  };
  const density = add(...model.energies.map((term) => term.density));
  const field = largest(surfaceGradient(density));
  // the gradient of an isotropic energy is rounding
  if (field > 1e-9 * largest([density])) return field / Ms;
  const drifts = model.torques.map((term) => drift(torqueDynamics(term, model.magnet)));
  const torque = largest([0, 1, 2].map((i) => add(...drifts.map((v) => v[i])))) / rate;
  if (torque > 0) return torque;
  const { diffusion } = thermalDynamics(model.magnet);
  const agitation = evaluator([diffusion], spreads)([0, 0, 1], 0, means)[0] / rate;
  return agitation > 0 ? agitation : 1;
}

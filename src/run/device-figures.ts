import { isReduced } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import { compileVector } from "../expression/compile.ts";
import { gradient } from "../expression/differentiate.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { magnetization } from "../expression/vector.ts";
import { reduce } from "../observables/experiment.ts";
import { vacuumPermeability } from "../physics/constants.ts";
import { drift } from "../physics/dynamics.ts";
import { shapes } from "../physics/energies/index.ts";
import { uniform } from "../physics/initial/uniform.ts";
import { meansOf } from "../physics/spread.ts";
import type { WellBarrier } from "../physics/wells/barriers.ts";
import { wellBarriers } from "../physics/wells/barriers.ts";
import { landscapes } from "../physics/wells/landscape.ts";
import { criticalFactor, stateNear } from "./stability.ts";

/** One stable direction of a magnet at t = 0. */
export interface StateFigures {
  readonly m: readonly [number, number, number];
  /** Lowest barrier to another state, over kT; null if there is none or no temperature. */
  readonly barrier: number | null;
  /** Hz; null if small deviations decay without precession. */
  readonly precession: number | null;
  /** Time in which small deviations decay by a factor e, s; null if they grow. */
  readonly decayTime: number | null;
  /** Smallest common factor of all torques that makes the state unstable or removes it; null without torques. */
  readonly criticalFactor: number | null;
}

/**
 * Figures that one would work out by hand before a run: at t = 0, with spreads at their means, in the experiment's
 * units (SI or reduced).
 */
export interface DeviceFigures {
  readonly fieldScale: number;
  /** 1/(γ'B_K) */
  readonly timeUnit: number;
  /** (1+α²)/(αγB_K) */
  readonly relaxationTime: number | null;
  /** Longest step of `step: auto`. */
  readonly timeStep: number;
  readonly states: readonly StateFigures[];
  /** Diagonals of the demagnetizing tensors, one for each shape anisotropy. */
  readonly demagnetizing: readonly {
    readonly type: string;
    readonly factors: readonly [number, number, number];
  }[];
}

/** Most states that are listed. */
const mostStates = 12;

const atMeanSpreads = <E extends readonly Expression[]>(of: E, { spreads }: Problem): E =>
  substitute(of, { t: 0, ...meansOf(spreads) }) as unknown as E;

/** @throws RangeError for an experiment that `checkExperiment` would refuse. */
export function deviceFigures(experiment: CompletedExperiment): DeviceFigures {
  const problem = reduce(experiment);
  const { units } = problem;
  const [energy, alpha] = atMeanSpreads([problem.energyOverKT ?? problem.energy, problem.alpha], problem);
  const damping = constantValue(alpha);
  const quiet = experiment.torques.length === 0 ? problem : reduce({ ...experiment, torques: [] });
  const moving = drift(problem.dynamics);
  const undriven = drift(quiet.dynamics);
  const scale = units.time / quiet.units.time;
  const field = (of: ReturnType<typeof drift>, own: Problem, factor: number) => {
    const compiled = compileVector(atMeanSpreads(of, own), magnetization);
    return (out: Float64Array, m: readonly number[]): void => {
      compiled(out, 0, m[0], m[1], m[2]);
      for (let i = 0; i < 3; i++) out[i] *= factor;
    };
  };
  const drifts = { all: field(moving, problem, 1), free: field(undriven, quiet, scale) };
  const wells = wellBarriers(landscapes(energy)());
  return {
    fieldScale: units.field,
    timeUnit: units.time,
    relaxationTime: damping ? units.time / damping : null,
    timeStep: problem.timeStepLimit * units.time,
    states: wells.slice(0, mostStates).map((well) => stateFigures(well, problem, experiment, drifts)),
    demagnetizing: demagnetizingFactors(experiment),
  };
}

type Field = (out: Float64Array, m: readonly number[]) => void;

function stateFigures(
  { bottom, barrier }: WellBarrier,
  { energyOverKT, units }: Problem,
  { torques }: CompletedExperiment,
  drifts: { readonly all: Field; readonly free: Field },
): StateFigures {
  const state = stateNear(drifts.free, bottom);
  return {
    m: bottom,
    barrier: energyOverKT ? barrier : null,
    precession: state && state.turning > 1e-9 ? state.turning / (2 * Math.PI * units.time) : null,
    decayTime: state && state.growth < 0 ? units.time / -state.growth : null,
    criticalFactor: torques.length > 0 ? criticalFactor(drifts, bottom) : null,
  };
}

/** Second derivatives of each body's energy over μ0 Ms² v. */
function demagnetizingFactors(experiment: CompletedExperiment): DeviceFigures["demagnetizing"] {
  const { magnet } = experiment;
  if (isReduced(magnet) || typeof magnet.Ms !== "number" || typeof magnet.volume !== "number") return [];
  const whole = vacuumPermeability * magnet.Ms ** 2 * magnet.volume;
  return experiment.energies
    .filter(({ type }) => shapes.has(type))
    .map((body) => {
      const problem = reduce({
        ...experiment,
        energies: [body],
        torques: [],
        initial: { type: uniform.type },
      });
      const slopes = gradient(problem.energy, magnetization);
      const curvatures = slopes.map((slope, i) => gradient(slope, magnetization)[i]);
      const [x, y, z] = curvatures.map(
        (of) => ((constantValue(of) ?? Number.NaN) * problem.units.energy) / whole,
      );
      return { type: body.type, factors: [x, y, z] };
    });
}

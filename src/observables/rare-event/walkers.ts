import { fillingOf } from "../../ensemble/initial/filling.ts";
import { laterSpins, parametersAlone } from "../../ensemble/initial/pieces.ts";
import type { Backend, Filling, Kernel, PrepareOptions } from "../../ensemble/kernel.ts";
import { thresholdOf } from "../../ensemble/observers/threshold.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { lessEqual, select, variable } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { integrators, plainScheme } from "../../integrators/index.ts";
import { purpose, seedStream } from "../../random/streams.ts";
import type { TemperedStart } from "./tempered-start.ts";
import { mixedFilling } from "./tempered-start.ts";

/** Register that is set once a spin has met the event. */
const met = "rareEvent";

/** Some of the spins of a rare event, which the host samples and copies between stages. */
export interface Walkers {
  advance(step: number): Promise<void>;
  /** Columns of some components of m, as the scheme stores them between steps; the next call overwrites them. */
  stored(names: readonly string[]): Promise<Float64Array[]>;
  /**
   * Whether each spin has met the event at a step; only if that is tested in every step. Also overwritten by the next
   * call.
   */
  met(): Promise<Float64Array>;
  /** x, y, z of every spin in turn. */
  sample(): Promise<Float64Array>;
  gather(indices: Uint32Array): Promise<void>;
  dispose(): Promise<void>;
}

/** The steps of the spins, and how groups of them are prepared. */
export interface Walk {
  readonly spins: number;
  readonly seed: number;
  readonly timeStep: number;
  readonly steps: number;
  prepare(first: number, count: number, options: PrepareOptions): Promise<Walkers>;
}

/**
 * Longest step over the inverse of the largest rate, for depths up to 60 kT. The scheme shifts the energy by a term of
 * second order in the step, and the shift in kT grows with the depth, so deeper events need shorter steps.
 */
const longestTurn = 0.1;
const plainDepth = 60;

/** Step of a run to a depth of `climb` kT, not longer than the experiment's. */
export function stepFor({ timeStep, timeStepLimit, integrator }: Problem, climb: number): number {
  const rate = integrators[integrator].stepLimit / timeStepLimit;
  return Math.min(timeStep, (longestTurn / rate) * Math.sqrt(plainDepth / Math.max(plainDepth, climb)));
}

/** The scheme of `auto` for rare events: its bias of deep events has been measured. */
const schemeOf = ({ experiment, integrator }: Problem): string =>
  experiment.time?.integrator === "auto" ? plainScheme : integrator;

/**
 * The spins of a problem on a backend of their own, with Gaussian noise: dyadic noise has no tails, and its sixth cumulant shifts deep events
 * (docs/rare-events.md). `watched` is a condition that is tested in every step.
 */
export function walkOf(
  problem: Problem,
  backend: Backend,
  options: {
    readonly spins: number;
    readonly duration: number;
    readonly climb: number;
    readonly order: number;
    readonly watched?: Expression;
    /** Divides the step, and gives other noise. */
    readonly parts?: number;
    readonly tempered?: TemperedStart | undefined;
  },
): Walk {
  const { spins, duration, watched, parts = 1, tempered } = options;
  const steps = parts * Math.ceil(duration / stepFor(problem, options.climb) - 1e-9);
  const timeStep = duration / steps;
  const words = new Uint32Array(4);
  seedStream(words, problem.seed, options.order, parts - 1, purpose.splitting);
  const [seed] = words;
  const own: Problem = { ...problem, seed, ensemble: spins, timeStep, steps, variates: "gaussian" };
  const scheme = integrators[schemeOf(problem)].build(
    problem.dynamics,
    timeStep,
    own.variates,
    problem.breakpoints,
  );
  // tested once per step, with the threshold shifted so that it is met as often as by a continuous path
  const isMet = watched && lessEqual(thresholdOf(watched, scheme, own).passing, 0);
  const registers = isMet ? [{ name: met, initial: 0 }] : [];
  const names = problem.spreads.map(({ name }) => name);
  const kernel: Kernel = {
    spins,
    seed,
    state: [...magnetization, ...registers.map(({ name }) => name)],
    parameters: names,
    variates: own.variates,
    timeStep,
    step: [...scheme.step, ...(isMet ? [select(isMet, 1, variable(met))] : [])],
    refresh: [...scheme.refresh, ...registers.map(({ name }) => variable(name))],
    watch: [],
    views: {},
  };
  const cold = fillingOf(own, [scheme], registers);
  const filling = tempered
    ? mixedFilling(cold, fillingOf({ ...own, initial: tempered.law }, [scheme], registers), seed)
    : cold;
  const observe = compileVector([...scheme.observed], [...magnetization, "t", ...names]);
  return {
    spins,
    seed,
    timeStep,
    steps,
    prepare: (first, count, prepareOptions) =>
      walkersOf(
        backend,
        { ...kernel, spins: count, firstSpin: first },
        laterSpins(filling, first),
        observe,
        prepareOptions,
      ),
  };
}

async function walkersOf(
  backend: Backend,
  kernel: Kernel,
  filling: Filling,
  observe: ReturnType<typeof compileVector>,
  options: PrepareOptions,
): Promise<Walkers> {
  const { spins, timeStep } = kernel;
  const ensemble = await backend.prepare(kernel, filling, options);
  let parameters = kernel.parameters.length > 0 ? parametersAlone(filling, 0, spins) : [];
  let now = 0;
  const rooms = new Map<string, Float64Array>();
  const column = async (name: string): Promise<Float64Array> => {
    const found = await ensemble.column(name, rooms.get(name));
    rooms.set(name, found);
    return found;
  };
  return {
    async advance(step) {
      await ensemble.advance(step);
      now = step;
    },
    // column by column: reading whole spins with their registers takes longer
    stored: (names) => Promise.all(names.map(column)),
    met: () => column(met),
    async sample() {
      const [x, y, z] = await ensemble.read(spins);
      const m = new Float64Array(3 * spins);
      for (let i = 0; i < spins; i++)
        observe(m, 3 * i, x[i], y[i], z[i], now * timeStep, ...parameters.map((column) => column[i]));
      return m;
    },
    async gather(indices) {
      await ensemble.gather(indices);
      parameters = parameters.map((column) => column.map((_, i) => column[indices[i]]));
    },
    dispose: () => ensemble.dispose(),
  };
}

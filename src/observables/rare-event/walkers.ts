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

/** Register that tells of a spin that has met the event at some step. */
const met = "rareEvent";

/** Some of the spins of a rare event, which are sampled and copied by the host between stretches of steps. */
export interface Walkers {
  advance(step: number): Promise<void>;
  /** Columns of some components of m, as the scheme stores them between steps; the next call overwrites them. */
  stored(names: readonly string[]): Promise<Float64Array[]>;
  /** Whether each spin has met the event at a step; only where that is watched, and overwritten as well. */
  met(): Promise<Float64Array>;
  /** x, y, z of every spin in turn. */
  sample(): Promise<Float64Array>;
  gather(indices: Uint32Array): Promise<void>;
  dispose(): Promise<void>;
}

/** How the spins move, and how some of them are made ready. */
export interface Walk {
  readonly spins: number;
  readonly seed: number;
  readonly timeStep: number;
  readonly steps: number;
  prepare(first: number, count: number, options: PrepareOptions): Promise<Walkers>;
}

/**
 * Longest step in the inverse of the largest rate, up to depths of 60 kT: the scheme's shift of the energy is of second order in the
 * step and counts in kT, so that deeper events take shorter steps.
 */
const longestTurn = 0.1;
const plainDepth = 60;

/** Step of a run that goes `climb` kT deep: no longer than the experiment's. */
export function stepFor({ timeStep, timeStepLimit, integrator }: Problem, climb: number): number {
  const rate = integrators[integrator].stepLimit / timeStepLimit;
  return Math.min(timeStep, (longestTurn / rate) * Math.sqrt(plainDepth / Math.max(plainDepth, climb)));
}

/** What `auto` means here: the scheme of which it was measured what it does to deep events. */
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
  // tested once a step, and moved so that it is met as often as a continuous path meets it
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
    // column by column: whole spins take longer, with their registers
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

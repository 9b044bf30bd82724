import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { constant } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { InitialLaw } from "../../physics/initial/initial-law.ts";
import { spreadValueAt, variateOf } from "../../physics/spread.ts";
import { normal, purpose, seedStream, uniform } from "../../random/streams.ts";
import type { Filling } from "../kernel.ts";
import type { Register } from "../observers/observer.ts";
import type { DrawingCost, Sampler } from "./boltzmann.ts";
import { boltzmannSampler } from "./boltzmann.ts";
import { recipeOf } from "./recipe-of.ts";

const known = new WeakMap<InitialLaw, { readonly spreads: Problem["spreads"]; readonly sampler: Sampler }>();

/** The sampler of an initial state. A run makes it once, because the partition under a density takes longer than many draws. */
function samplerOf({ initial, spreads }: Problem): Sampler {
  if ("direction" in initial) {
    const [x, y, z] = initial.direction;
    return () => [x, y, z] as const;
  }
  if ("isotropic" in initial) return anyDirection;
  const before = known.get(initial);
  if (before && isSame(before.spreads, spreads)) return before.sampler;
  const sampler = boltzmannSampler(
    initial.energyOverKT,
    spreads,
    "wellOf" in initial ? initial.wellOf : undefined,
  );
  known.set(initial, { spreads, sampler });
  return sampler;
}

/** The cost of drawing the initial states, from a trial with pauses; undefined if nothing is drawn by rejection. */
export async function drawingCostOf(
  problem: Problem,
  pause: () => Promise<void>,
): Promise<DrawingCost | undefined> {
  const sampler = samplerOf(problem);
  await sampler.prepare?.(pause, problem.ensemble);
  await pause();
  return sampler.cost?.(problem.ensemble);
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

const anyDirection: Sampler = (stream) => {
  const mz = 2 * uniform(stream) - 1;
  const phi = 2 * Math.PI * uniform(stream);
  const rho = Math.sqrt(1 - mz * mz);
  return [rho * Math.cos(phi), rho * Math.sin(phi), mz];
};

/** One draw of a parameter with a spread, from the distribution over which the exact side averages. */
export function drawSpread(spread: Problem["spreads"][number], stream: Uint32Array): number {
  if (spread.distribution === "uniform") return spreadValueAt(spread, 2 * uniform(stream) - 1);
  let variate = normal(stream);
  while (Math.abs(variate) > variateOf(spread).reach) variate = normal(stream);
  return spreadValueAt(spread, variate);
}

type Store = ReturnType<typeof compileVector>;

const stores = new WeakMap<
  Scheme,
  { readonly parts: readonly Expression[]; readonly inputs: string; readonly store: Store }
>();

/** Converts a physical state into the stored one. The points of a sweep share it; their numbers are arguments. */
function storeOf(schemes: readonly Scheme[], names: readonly string[]): Store {
  const parts = schemes.flatMap(({ stored }) => stored);
  const inputs = names.join(" ");
  const before = stores.get(schemes[0]);
  if (before?.inputs === inputs && isSame(before.parts, parts)) return before.store;
  const store = compileVector(parts, names);
  stores.set(schemes[0], { parts, inputs, store });
  return store;
}

/**
 * Initial state and parameters of any spins, as a pure function of seed, spin and number of all spins: float64, the same for every backend
 * and every division of the ensemble. There is one scheme for each spin of the model; all spins have the initial law of the problem.
 * `fixed` are named numbers of the schemes that are the same for all spins.
 */
export function fillingOf(
  problem: Problem,
  schemes: readonly Scheme[],
  registers: readonly Register[],
  components: readonly string[] = magnetization,
  fixed: Readonly<Record<string, number>> = {},
): Filling {
  const draw = samplerOf(problem);
  const names = problem.spreads.map((spread) => spread.name);
  const store = storeOf(schemes, [...components, "t", ...names, ...Object.keys(fixed)]);
  const stream = new Uint32Array(4);
  const size = components.length;
  const stored = new Float64Array(size);
  /** The physical state, t = 0, the parameters of one spin and the fixed numbers. */
  const inputs = [...new Array<number>(size + 1 + names.length).fill(0), ...Object.values(fixed)];
  /** Writes the initial state of one spin into `stored`. */
  const begin = (stream: Uint32Array, values: readonly number[]): void => {
    for (let k = 0; k < size; k += 3) {
      const m = draw(stream, values, problem.ensemble);
      for (let i = 0; i < 3; i++) inputs[k + i] = m[i];
    }
    for (let i = 0; i < values.length; i++) inputs[size + 1 + i] = values[i];
    store(stored, 0, ...inputs);
  };
  /** Whether all spins start alike; the start is then computed once. */
  const isOne = "direction" in problem.initial && names.length === 0;
  if (isOne) begin(stream, []);
  const parametersOf = (first: number, count: number): Float64Array[] =>
    problem.spreads.map((spread, i) => {
      const column = new Float64Array(count);
      for (let place = 0; place < count; place++) {
        seedStream(stream, problem.seed, first + place, i, purpose.parameters);
        column[place] = drawSpread(spread, stream);
      }
      return column;
    });
  const fill = (first: number, count: number): ReturnType<Filling> => {
    const state = Array.from({ length: size + registers.length }, () => new Float64Array(count));
    const parameters = parametersOf(first, count);
    registers.forEach(({ initial }, i) => {
      if (typeof initial === "number") state[size + i].fill(initial);
      else
        for (let place = 0; place < count; place++)
          state[size + i][place] = initial(first + place, problem.seed);
    });
    if (isOne) {
      for (let k = 0; k < size; k++) state[k].fill(stored[k]);
      return { state, parameters };
    }
    const values = new Array<number>(names.length);
    for (let place = 0; place < count; place++) {
      for (let i = 0; i < values.length; i++) values[i] = parameters[i][place];
      if (!("direction" in problem.initial))
        seedStream(stream, problem.seed, first + place, 0, purpose.initial);
      begin(stream, values);
      for (let k = 0; k < size; k++) state[k][place] = stored[k];
    }
    return { state, parameters };
  };
  const parts = (): Expression[] =>
    substitute(
      schemes.flatMap(({ stored }) => stored),
      fixed,
    );
  const recipe = () => recipeOf(problem, draw, isOne ? Array.from(stored, constant) : parts(), registers);
  const prepare = async (pause: () => Promise<void>): Promise<void> => {
    await draw.prepare?.(pause, problem.ensemble);
  };
  return Object.assign(fill, { recipe, parameters: parametersOf, prepare });
}

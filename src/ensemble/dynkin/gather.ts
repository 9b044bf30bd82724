import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import { merged, sizeOf } from "../../expression/merge.ts";
import { magnetization } from "../../expression/vector.ts";
import { parametersAlone } from "../initial/pieces.ts";
import type { Ensemble, TallyResult } from "../kernel.ts";
import type { Plan } from "../plan.ts";
import { functions, partNames, partsOfGenerator, rates, values } from "./functions.ts";
import { schemeShift } from "./scheme-shift.ts";
import type { SampledSteps } from "./window.ts";
import { endOf, fineOverCoarse, stepsOf, weightsOf } from "./window.ts";

/** One function over one window; reduced units. */
export interface DynkinRecord {
  /** ⟨f⟩ at the end − ⟨f⟩ at the start − ∫⟨L f⟩dt over the ensemble. */
  readonly residual: number;
  readonly standardError: number;
  /** Bound of the quadrature's error, from the difference to a rule with half the samples. */
  readonly quadratureError: number;
  /** The shift that the scheme causes at its step, and its standard error. */
  readonly schemeShift: number;
  readonly schemeShiftError: number;
  /** The parts of ∫⟨L f⟩dt from relaxation, precession and diffusion, estimated with few spins. */
  readonly parts: readonly number[];
}

/** Dynkin's formula over one window of a run. */
export interface DynkinWindow {
  readonly window: SampledSteps;
  readonly spins: number;
  /** In the order of `functions`. */
  readonly records: readonly DynkinRecord[];
}

/** Number of spins that are followed singly for the scatter of residuals. */
const followed = 2048;
/** Number of spins for the scheme's own shift: enough to keep its error below the ensemble's, and fewer if a step has many operations. */
function steppedOf(spins: number, operations: number): number {
  const most = Math.max(32, Math.floor(256 * Math.min(1, 500 / operations)));
  return Math.min(most, Math.max(32, Math.ceil(spins / 2000)));
}

/** Functions of single spins, the same in all windows of a run. */
export interface DynkinFunctions {
  readonly observed: ReturnType<typeof compileVector>;
  /** f, then the parts of L f. */
  readonly local: ReturnType<typeof compileVector>;
  readonly shift: ReturnType<typeof schemeShift>;
  /** Number of spins for the scheme's own shift. */
  readonly stepped: number;
}

/** Compiles them. */
export function dynkinFunctions(problem: Problem, { scheme }: Pick<Plan, "scheme">): DynkinFunctions {
  const inputs = [...magnetization, "t", ...problem.spreads.map(({ name }) => name)];
  return {
    observed: compileVector(scheme.observed, inputs),
    local: compileVector([...functions, ...partsOfGenerator(problem)], inputs),
    shift: schemeShift(problem),
    stepped: steppedOf(problem.ensemble, sizeOf(merged(scheme.step))),
  };
}

/** Mean and standard error from sums over spins. */
const estimate = (sum: number, squares: number, count: number): { mean: number; error: number } => {
  const mean = sum / count;
  return { mean, error: Math.sqrt(Math.max(squares / count - mean * mean, 0) / Math.max(count - 1, 1)) };
};

/** What is sampled at one step of a window; `values` only at its ends. */
export interface DynkinSample {
  readonly rates: readonly TallyResult[];
  readonly values?: readonly TallyResult[];
  /** State of the first spins. */
  readonly state: readonly Float64Array[];
}

/** Takes the sample of a window at one of its steps. */
export async function sampleOf(
  ensemble: Pick<Ensemble, "observe" | "read">,
  window: SampledSteps,
  step: number,
  spins: number,
): Promise<DynkinSample> {
  const isEnd = step === window.from || step === endOf(window);
  return {
    rates: await ensemble.observe(rates),
    ...(isEnd ? { values: await ensemble.observe(values) } : {}),
    state: await ensemble.read(Math.min(followed, spins)),
  };
}

/** The state of a gathering. */
export interface GatheringState {
  readonly samples: number;
  readonly gathered: readonly Float64Array[];
}

/** Samples one window; `sample` is called at each of its steps in turn. */
export class DynkinGathering {
  readonly #window: SampledSteps;
  readonly #problem: Problem;
  readonly #bounds: readonly number[];
  readonly #weights: { fine: Float64Array; coarse: Float64Array };
  readonly #parameters: readonly Float64Array[];
  readonly #functions: DynkinFunctions;
  readonly #fine = new Float64Array(functions.length);
  readonly #coarse = new Float64Array(functions.length);
  /** Residuals and shifts of single spins, function after function. */
  readonly #residuals: Float64Array;
  readonly #shifts: Float64Array;
  readonly #parts = new Float64Array(partNames.length * functions.length);
  #samples = 0;

  constructor(problem: Problem, { filling, dynkin }: Plan, window: SampledSteps, of: DynkinFunctions) {
    const count = Math.min(followed, problem.ensemble);
    this.#window = window;
    this.#problem = problem;
    this.#bounds = dynkin.bounds;
    this.#weights = weightsOf(window);
    this.#parameters = parametersAlone(filling, 0, count);
    this.#functions = of;
    this.#residuals = new Float64Array(functions.length * count);
    this.#shifts = new Float64Array(functions.length * Math.min(of.stepped, count));
  }

  /** The state so far, for `restore` of another gathering of the same window. */
  save(): GatheringState {
    const copies = this.#gathered.map((values) => values.slice());
    return { samples: this.#samples, gathered: copies };
  }

  restore({ samples, gathered }: GatheringState): void {
    this.#samples = samples;
    this.#gathered.forEach((values, i) => {
      values.set(gathered[i]);
    });
  }

  get #gathered(): Float64Array[] {
    return [this.#fine, this.#coarse, this.#residuals, this.#shifts, this.#parts];
  }

  /** Samples the ensemble at a step of the window. */
  async sample(ensemble: Ensemble, step: number): Promise<void> {
    const { every } = this.#window;
    const at = (step - this.#window.from) / every;
    const isEnd = step === endOf(this.#window);
    const interval = every * this.#problem.timeStep;
    const sign = isEnd ? 1 : at === 0 ? -1 : 0;
    const means = (results: readonly TallyResult[]): number[] =>
      results.map((result) => (result.kind === "sum" ? result.total / result.count : 0));
    const asked = await sampleOf(ensemble, this.#window, step, this.#problem.ensemble);
    const gathered = means(asked.rates);
    const ends = asked.values && means(asked.values);
    gathered.forEach((mean, k) => {
      const f = sign * (ends?.[k] ?? 0);
      const rate = interval * mean * this.#bounds[k];
      this.#fine[k] += f - this.#weights.fine[at] * rate;
      this.#coarse[k] += f - this.#weights.coarse[at] * rate;
    });
    this.#follow(asked.state, step, { at, sign, interval });
    this.#samples++;
  }

  #follow(
    state: readonly Float64Array[],
    step: number,
    { at, sign, interval }: { at: number; sign: number; interval: number },
  ): void {
    const n = functions.length;
    const { observed, local: localOf, shift: shiftOf } = this.#functions;
    const count = this.#residuals.length / n;
    const t = step * this.#problem.timeStep;
    const h = this.#problem.timeStep;
    const weight = interval * this.#weights.fine[at];
    const [m, local, shift] = [new Float64Array(3), new Float64Array(4 * n), new Float64Array(n)];
    for (let spin = 0; spin < count; spin++) {
      const own = this.#parameters.map((column) => column[spin]);
      observed(m, 0, state[0][spin], state[1][spin], state[2][spin], t, ...own);
      localOf(local, 0, m[0], m[1], m[2], t, ...own);
      for (let k = 0; k < n; k++) {
        const rate = local[n + k] + local[2 * n + k] + local[3 * n + k];
        this.#residuals[spin * n + k] += sign * local[k] - weight * rate;
      }
      for (let i = 0; i < this.#parts.length; i++) this.#parts[i] += (weight * local[n + i]) / count;
      if (spin * n >= this.#shifts.length) continue;
      shiftOf.evaluate(shift, m, t, own);
      // the sum over the window's steps is their integral minus half the difference of its ends
      for (let k = 0; k < n; k++) this.#shifts[spin * n + k] += (weight - (sign * h) / 2) * shift[k];
    }
  }

  /** The result of the window, or undefined before its last step. */
  result(): DynkinWindow | undefined {
    if (this.#samples < stepsOf(this.#window).length) return undefined;
    const n = functions.length;
    const spins = this.#problem.ensemble;
    const share = fineOverCoarse(this.#problem, this.#window);
    const over = (of: Float64Array, k: number): { mean: number; error: number; count: number } => {
      const count = of.length / n;
      let [sum, squares] = [0, 0];
      for (let spin = 0; spin < count; spin++) {
        sum += of[spin * n + k];
        squares += of[spin * n + k] ** 2;
      }
      return { ...estimate(sum, squares, count), count };
    };
    const records = functions.map((_, k): DynkinRecord => {
      const scatter = over(this.#residuals, k);
      const shift = over(this.#shifts, k);
      return {
        residual: this.#fine[k],
        standardError: scatter.error * Math.sqrt(scatter.count / spins),
        quadratureError: share * Math.abs(this.#fine[k] - this.#coarse[k]),
        schemeShift: shift.mean,
        schemeShiftError: shift.error,
        parts: partNames.map((_, part) => this.#parts[part * n + k]),
      };
    });
    return { window: this.#window, spins, records };
  }
}

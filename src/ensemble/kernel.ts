import type { Expression } from "../expression/expression.ts";
import type { VariateLaw } from "../integrators/integrator.ts";
import type { AboutBackend } from "./about-backend.ts";
import type { BackendName } from "./backends.ts";
import type { Recipe } from "./initial/recipe.ts";

/**
 * What a backend runs: straight-line expressions and counters, without physics. Every expression may use the state variables, the
 * per-spin parameters and `t`; the step also uses the unit variates.
 */
export interface Kernel {
  readonly spins: number;
  /** Number of the first spin, if these are a part of an ensemble; missing: 0. Only the noise uses it; a filling counts from 0. */
  readonly firstSpin?: number;
  /** Unsigned 32-bit. Noise is a pure function of (seed, spin, chunk of steps). */
  readonly seed: number;
  /** Per-spin state variables: mx, my, mz, then the registers of the observers. */
  readonly state: readonly string[];
  /** Per-spin constants. */
  readonly parameters: readonly string[];
  readonly variates: Variates;
  /** Names of the unit variates of a step, three to a stream of noise; missing: one stream with those of a macrospin. */
  readonly streams?: readonly (readonly [string, string, string])[];
  /** Time of one step; step k runs from t = k·timeStep. */
  readonly timeStep: number;
  /** The state after one step, in the order of `state`. */
  readonly step: readonly Expression[];
  /** Counters fed while the steps run; expressions see the state before the step. */
  readonly watch: readonly Tally[];
  readonly events?: readonly KernelEvent[];
  /**
   * State variables that are ≥ 0 once no observer needs this spin. Where that holds for all of them, backends may stop
   * stepping the spin, and its other variables may have any values. Missing: every spin is needed to the end.
   */
  readonly finished?: readonly string[];
  /** The state after renormalization at the start of each chunk, in the order of `state`. */
  readonly refresh: readonly Expression[];
  /** Groups of counters evaluated on demand, by name. */
  readonly views: Readonly<Record<string, readonly Tally[]>>;
}

/** `dyadic`: four-point variates, moments 1–5 Gaussian, 4 bits each; `gaussian`: Box–Muller; `none`: no noise. */
export type Variates = VariateLaw;

/** Throws RangeError if a kernel needs several streams of noise, on a backend that draws only one. */
export function requireOneStream({ streams }: Kernel, backend: BackendName): void {
  if (streams && streams.length > 1)
    throw new RangeError(`the ${backend} backend steps models of one spin; the reference backend steps any`);
}

/** Steps between two seedings of the noise. The numbers do not depend on the length of dispatches. */
export const chunkLength = 256;

/**
 * An event that only few spins have at any one step, so that backends may skip it if none of the present spins has it. Expressions see
 * the state before the step. No event reads or sets a variable that another sets.
 */
export interface KernelEvent {
  readonly when: Expression;
  /** New values of state variables, which only events change. */
  readonly set: Readonly<Record<string, Expression>>;
  readonly count: readonly Tally[];
}

/**
 * A counter over the ensemble. `when` restricts it; missing means always. In `watch`, with `every` it counts only at steps that are
 * multiples of this number.
 */
export type Tally =
  /** Counts by bin; `index` has whole-number values below `bins`. */
  | {
      readonly kind: "bins";
      readonly when?: Expression;
      readonly every?: number;
      readonly index: Expression;
      readonly bins: number;
    }
  /** Exact sum of a quantity rounded to a grid of (high − low)·2^−24; values are clamped to [low, high]. */
  | {
      readonly kind: "sum";
      readonly when?: Expression;
      readonly every?: number;
      readonly value: Expression;
      readonly low: number;
      readonly high: number;
    };

/** Counts by bin; or the total of a sum, the number of its values, and the total as a whole number of grid units. */
export type TallyResult =
  | { readonly kind: "bins"; readonly counts: Float64Array }
  | { readonly kind: "sum"; readonly total: number; readonly count: number; readonly onGrid: number };

/** Supplies state and parameters of spins [first, first + count), one array each, in the kernel's order. */
export interface Filling {
  (first: number, count: number): { state: Float64Array[]; parameters: Float64Array[] };
  /** How a device draws the same states; missing or undefined: only the host can. */
  readonly recipe?: (() => Recipe | undefined) | undefined;
  /** The parameters alone, because drawing directions may take 10⁶ times as long. Missing: parameters come only with the states. */
  readonly parameters?: ((first: number, count: number) => Float64Array[]) | undefined;
  /** Makes in advance what all draws need (otherwise the first draw makes it); `pause` is awaited between its parts. */
  readonly prepare?: ((pause: () => Promise<void>) => Promise<void>) | undefined;
}

/** Values of one variable, spin after spin, in the precision of the backend. */
export type Column = Float32Array | Float64Array;

/**
 * Everything that an ensemble holds between two calls of `advance`. Noise is a pure function of (seed, spin, chunk of steps), so the step
 * number determines the random streams. An ensemble that is prepared from a snapshot continues as the original one, to the bit, on the
 * same backend with any number of threads.
 */
export interface Snapshot {
  readonly step: number;
  /** One column per state variable. */
  readonly state: readonly Column[];
  /** One column per parameter. */
  readonly parameters: readonly Column[];
  /** Counts since the last `collect`, in its order: the bins of a tally, or the sum on the grid and the number of values. */
  readonly counted: readonly BigUint64Array[];
}

/** A prepared ensemble on one device. Calls must not overlap. */
export interface Ensemble {
  readonly adapter: string;
  readonly precision: "float32" | "float64";
  /** Runs up to step `to`, counted from the start. Resolves when the work is done, not merely queued. */
  advance(to: number): Promise<void>;
  /** Evaluates one view on the present state. */
  observe(view: string): Promise<TallyResult[]>;
  /** The counters of `watch`, then those of `events`, since the last call; zeroes them. */
  collect(): Promise<TallyResult[]>;
  /** State variables of the first `count` spins, one array per variable. */
  read(count: number): Promise<Float64Array[]>;
  /**
   * One state variable of every spin; `room` is an array of that length that may be reused for it, because allocating takes longer than
   * writing.
   */
  column(name: string, room?: Float64Array): Promise<Float64Array>;
  /**
   * Spin i becomes a copy of spin indices[i], one index for every spin: state and parameters. The noise stays with the place, so copies
   * take different paths at once. Throws if spins of the kernel can finish, because that changes their places.
   */
  gather(indices: Uint32Array): Promise<void>;
  /** The whole state of the ensemble, from which `prepare` can continue; the ensemble is not changed. */
  snapshot(): Promise<Snapshot>;
  dispose(): Promise<void>;
}

export type Availability =
  | {
      readonly available: true;
      readonly adapter: string;
      readonly software: boolean;
      readonly threads?: number;
    }
  | { readonly available: false; readonly reason: string };

export type { BackendName };

export interface Backend extends AboutBackend {
  readonly name: BackendName;
  /** Whether it can run here, and on what; `threads` as in `PrepareOptions`. */
  probe(threads?: number): Promise<Availability>;
  prepare(kernel: Kernel, filling: Filling, options?: PrepareOptions): Promise<Ensemble>;
  /**
   * Prepares several ensembles of one kernel side by side; missing if a backend cannot count groups of spins separately. Each group gives
   * the results of `prepare` with its seed and filling. Rejects with a RangeError and the reason if these groups are not possible.
   */
  prepareGroups?(
    kernel: Kernel,
    groups: readonly Group[],
    options?: PrepareOptions,
  ): Promise<GroupedEnsemble>;
}

/** One of several ensembles of a kernel, of `kernel.spins` spins. */
export interface Group {
  /** Replaces the kernel's. */
  readonly seed: number;
  readonly filling: Filling;
}

/**
 * Ensembles in the same dispatches, counted separately. It returns the same as `Ensemble`, with one entry for each group; `collect` does
 * not zero the counters.
 */
export interface GroupedEnsemble extends Pick<Ensemble, "adapter" | "precision" | "advance" | "dispose"> {
  observe(view: string): Promise<TallyResult[][]>;
  collect(): Promise<TallyResult[][]>;
  /** State variables of the first `count` spins of one group. */
  read(group: number, count: number): Promise<Float64Array[]>;
}

export interface PrepareOptions {
  /** The state from which to continue, instead of the initial one. Throws RangeError if it belongs to another kernel. */
  readonly snapshot?: Snapshot | undefined;
  /** Worker threads; default all cores. */
  readonly threads?: number | undefined;
  /** Upper limit of steps in one dispatch; results do not depend on it. */
  readonly stepsPerDispatch?: number | undefined;
  /** Upper limit of spins in one dispatch; results do not depend on it. */
  readonly spinsPerDispatch?: number;
  /** WebGPU: the kind of processor for which shaders are printed; default: the one that runs them. Trajectories differ by rounding. */
  readonly printedFor?: "gpu" | "processor";
  /**
   * WebGPU: what draws the initial states; default: the device, unless a processor runs the shaders. The distribution is the same; spins
   * differ by rounding.
   */
  readonly startsBy?: "host" | "device";
}

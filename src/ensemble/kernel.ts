import type { Expression } from "../expression/expression.ts";
import type { VariateLaw } from "../integrators/integrator.ts";
import type { AboutBackend } from "./about-backend.ts";
import type { BackendName } from "./backends.ts";
import type { Recipe } from "./initial/recipe.ts";

/**
 * What a backend runs: straight-line expressions and counters, nothing of physics. Every expression may use the
 * state variables, the per-spin parameters and `t`; the step also uses the unit variates.
 */
export interface Kernel {
  readonly spins: number;
  /** Number of the first spin where these are a part of an ensemble; missing: 0. Only noise goes by it: a filling counts from 0. */
  readonly firstSpin?: number;
  /** Unsigned 32-bit. Noise is a pure function of (seed, spin, chunk of steps). */
  readonly seed: number;
  /** Per-spin state variables: mx, my, mz, then whatever the observers keep. */
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
  /** The state as it is re-read at the start of each chunk (renormalization); in the order of `state`. */
  readonly refresh: readonly Expression[];
  /** Groups of counters evaluated on demand, by name. */
  readonly views: Readonly<Record<string, readonly Tally[]>>;
}

/** `dyadic`: four-point variates, moments 1–5 Gaussian, 4 bits each; `gaussian`: Box–Muller; `none`: no noise. */
export type Variates = VariateLaw;

/** Throws RangeError on a backend that draws one stream of noise where a kernel wants several. */
export function requireOneStream({ streams }: Kernel, backend: BackendName): void {
  if (streams && streams.length > 1)
    throw new RangeError(`the ${backend} backend steps models of one spin; the reference backend steps any`);
}

/** Steps of noise that one seeding serves; a dispatch of any length lands on the same numbers. */
export const chunkLength = 256;

/**
 * What befalls few spins at any one step, so that backends may skip it where it befalls none of those they have at hand.
 * Expressions see the state before the step. No event reads or sets what another sets.
 */
export interface KernelEvent {
  readonly when: Expression;
  /** New values of state variables; steps alone leave these as they are. */
  readonly set: Readonly<Record<string, Expression>>;
  readonly count: readonly Tally[];
}

/**
 * A counter over the ensemble. `when` restricts it; missing means always. In `watch`, `every` has it fed at steps that are
 * multiples of a number only.
 */
export type Tally =
  /** Counts by bin; `index` has whole-number values below `bins`. */
  | {
      readonly kind: "histogram";
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

/** Counts by bin, or for a sum its total, the number of values in it, and the whole number that they make on its grid. */
export type TallyResult =
  | { readonly kind: "histogram"; readonly counts: Float64Array }
  | { readonly kind: "sum"; readonly total: number; readonly count: number; readonly onGrid: number };

/** Supplies state and parameters of spins [first, first + count), one array each, in the kernel's order. */
export interface Filling {
  (first: number, count: number): { state: Float64Array[]; parameters: Float64Array[] };
  /** How a device draws the same; missing or undefined: only the host can. */
  readonly recipe?: (() => Recipe | undefined) | undefined;
  /** The parameters alone: drawing where spins begin may take 10⁶ times as long. Missing: they come with the rest. */
  readonly parameters?: ((first: number, count: number) => Float64Array[]) | undefined;
  /** Makes what all draws need, as the first of them would; `pause` is awaited between its parts. */
  readonly prepare?: ((pause: () => Promise<void>) => Promise<void>) | undefined;
}

/** Values of one variable, spin after spin, in the precision of the backend. */
export type Column = Float32Array | Float64Array;

/**
 * Everything that an ensemble holds between two calls of `advance`. Noise is a pure function of (seed, spin, chunk of steps), so the
 * step is all there is to know of the random streams. An ensemble prepared from it goes on to the bit as the one it was taken of,
 * on the same backend with any number of threads.
 */
export interface Snapshot {
  readonly step: number;
  /** One column per state variable. */
  readonly state: readonly Column[];
  /** One column per parameter. */
  readonly parameters: readonly Column[];
  /** Counted since the last `collect`, in its order: the bins of a tally, or the sum on the grid and the number of values. */
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
  /** One state variable of every spin; `room` is an array of that length that may be used for it: new ones take longer than what is put into them. */
  column(name: string, room?: Float64Array): Promise<Float64Array>;
  /**
   * Spin i becomes a copy of spin indices[i], one index for every spin: state and parameters. The noise stays with the place,
   * so copies part at once. Throws where the kernel lets spins finish, which changes their places.
   */
  gather(indices: Uint32Array): Promise<void>;
  /** All that the ensemble holds, for `prepare` to go on from; nothing is changed by sampling. */
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
  probe(): Promise<Availability>;
  prepare(kernel: Kernel, filling: Filling, options?: PrepareOptions): Promise<Ensemble>;
  /**
   * Prepares several ensembles of one kernel side by side; missing where groups of spins cannot be counted apart. Each group shows
   * what `prepare` would with its seed and filling. Rejects with a RangeError that says why where these groups cannot be.
   */
  prepareGroups?(
    kernel: Kernel,
    groups: readonly Group[],
    options?: PrepareOptions,
  ): Promise<GroupedEnsemble>;
}

/** One of several ensembles of a kernel, of `kernel.spins` spins. */
export interface Group {
  /** In the place of the kernel's. */
  readonly seed: number;
  readonly filling: Filling;
}

/** Ensembles in the same dispatches, counted apart: what `Ensemble` gives, one entry for each group; `collect` forgets nothing. */
export interface GroupedEnsemble extends Pick<Ensemble, "adapter" | "precision" | "advance" | "dispose"> {
  observe(view: string): Promise<TallyResult[][]>;
  collect(): Promise<TallyResult[][]>;
  /** State variables of the first `count` spins of one group. */
  read(group: number, count: number): Promise<Float64Array[]>;
}

export interface PrepareOptions {
  /** Where to go on from, instead of the initial state. Throws RangeError where it belongs to another kernel. */
  readonly snapshot?: Snapshot | undefined;
  /** Worker threads; default all cores. */
  readonly threads?: number | undefined;
  /** Upper limit of steps in one dispatch; results do not depend on it. */
  readonly stepsPerDispatch?: number | undefined;
  /** Upper limit of spins in one dispatch; results do not depend on it. */
  readonly spinsPerDispatch?: number;
  /** WebGPU: what the shaders are printed for; default what runs them. Trajectories part by rounding. */
  readonly printedFor?: "gpu" | "processor";
  /** WebGPU: who draws where spins begin; default the device where that is no processor. The law is the same, and spins part by rounding. */
  readonly startsBy?: "host" | "device";
}

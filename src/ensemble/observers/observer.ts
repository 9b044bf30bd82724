import type { Expression } from "../../expression/expression.ts";
import { at } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { KernelEvent, Tally } from "../kernel.ts";

/**
 * A per-spin variable that an observer keeps. `next` is its value after a step, from the state before it; without it only events change
 * the variable.
 */
export interface Register {
  readonly name: string;
  /** The same for all spins, or a function of the spin's number and the ensemble's seed (points of a sweep share everything else). */
  readonly initial: number | ((spin: number, seed: number) => number);
  readonly next?: Expression;
}

/** What one observable adds to the kernel, independent of the backend. */
export interface Observer {
  readonly registers: readonly Register[];
  readonly watch: readonly Tally[];
  readonly events: readonly KernelEvent[];
  /** Registers that are ≥ 0 once the observer no longer needs a spin; missing: it always needs it. */
  readonly finished?: readonly string[];
  /** Counters read on demand; names are unique in an experiment. */
  readonly views: Readonly<Record<string, readonly Tally[]>>;
}

/** f(m, t) of the physical magnetization, as an expression of the stored one; for views. */
export const seen = (scheme: Scheme, f: Expression): Expression => at([f], scheme.observed)[0];

/** f(m, t) at the start of a step, in a cheaper form; for registers and watches. */
export const seenInPassing = (scheme: Scheme, f: Expression): Expression => at([f], scheme.passing)[0];

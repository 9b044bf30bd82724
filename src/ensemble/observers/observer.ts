import type { Expression } from "../../expression/expression.ts";
import { at } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { KernelEvent, Tally } from "../kernel.ts";

/**
 * A per-spin variable that an observer keeps. `next` is its value after a step, from the state before it; without it, steps
 * leave the variable to events.
 */
export interface Register {
  readonly name: string;
  /** The same for all, or by the number of the spin and the seed of its ensemble: points of a sweep share all else. */
  readonly initial: number | ((spin: number, seed: number) => number);
  readonly next?: Expression;
}

/** What one observable asks of the kernel: nothing here knows a backend. */
export interface Observer {
  readonly registers: readonly Register[];
  readonly watch: readonly Tally[];
  readonly events: readonly KernelEvent[];
  /** Registers that are not negative once the observer has seen all it wants of a spin; missing: it never has. */
  readonly finished?: readonly string[];
  /** Counters read on demand; names are unique in an experiment. */
  readonly views: Readonly<Record<string, readonly Tally[]>>;
}

/** f(m, t) of the physical magnetization, written in the stored one; for views. */
export const seen = (scheme: Scheme, f: Expression): Expression => at([f], scheme.observed)[0];

/** f(m, t) at the start of a step, cheaply; for registers and watches. */
export const seenInPassing = (scheme: Scheme, f: Expression): Expression => at([f], scheme.passing)[0];

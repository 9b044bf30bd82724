import type { Expression } from "../../expression/expression.ts";

/**
 * How a device draws where spins begin: by the law of the host and from the same words of each spin's stream, so that both give a spin the
 * same direction but for rounding to float32.
 */
export interface Recipe {
  readonly seed: number;
  /** Number of the spin in place 0. */
  readonly first: number;
  readonly law: StartLaw;
  /**
   * Of each state variable: an expression of the mx, my, mz that were drawn, or the values of spins [first, first + count) by their
   * numbers, which only the host can compute.
   */
  readonly columns: readonly (Expression | ((first: number, count: number) => Float64Array))[];
}

/** `given`: nothing is drawn. */
export type StartLaw =
  | { readonly kind: "given" | "isotropic" }
  | {
      /** exp(−excess) by rejection under a bound that is a step function on patches of the sphere. */
      readonly kind: "bounded";
      readonly patches: readonly StartPatch[];
      /** A word below the i-th and not below the one before chooses patch i. */
      readonly thresholds: Uint32Array;
      /** The energy in kT above the level that the patches' lowest values refer to. */
      readonly excess: Expression;
      /** Draws after which a spin is left to the host. */
      readonly tries: number;
    };

export interface StartPatch {
  readonly mz: readonly [number, number];
  /** rad */
  readonly phi: readonly [number, number];
  readonly lowest: number;
  /** Whether the density is there at all points; where not, the host has to draw. */
  readonly isInside: boolean;
}

/** The recipe of spins that begin with number `first` of another's. */
export const laterBy = (recipe: Recipe, first: number): Recipe => ({
  ...recipe,
  first: recipe.first + first,
});

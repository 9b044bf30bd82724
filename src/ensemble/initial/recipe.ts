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
  /** In the kernel's order. */
  readonly parameters: readonly StartParameter[];
  /**
   * Of each state variable: an expression of the parameters and the mx, my, mz that were drawn, or the values of spins [first, first + count) by their
   * numbers, which only the host can compute.
   */
  readonly columns: readonly (Expression | ((first: number, count: number) => Float64Array))[];
}

/** A parameter of spins; `value` is an expression of the variable `startVariate` where it differs from spin to spin. */
export interface StartParameter {
  readonly name: string;
  readonly value: Expression;
  readonly variate?: StartVariate;
}

/** Uniform in ±1, or standard normal within ±`reach`; `number` chooses the words of a spin that it is drawn from. */
export interface StartVariate {
  readonly number: number;
  readonly isUniform: boolean;
  readonly reach: number;
}

/** The name of a standard variate in expressions of a recipe. */
export const startVariate = "variate";
/** Names of the components of a box's reference in expressions of a recipe. */
export const startReference = ["referenceX", "referenceY", "referenceZ"] as const;

/** `given`: nothing is drawn. */
export type StartLaw =
  | { readonly kind: "given" | "isotropic" }
  | {
      /** exp(−excess) by rejection under a bound that is a step function on patches of the sphere. */
      readonly kind: "bounded";
      readonly boxes: readonly StartBox[];
      /** Names of the parameters whose variates are cut into `divisions` parts within their reach; boxes go by the first, then by the next. */
      readonly varied: readonly string[];
      readonly divisions: number;
      /** The energy in kT above the level that the patches' lowest values refer to; of `startReference` where boxes differ. */
      readonly excess: Expression;
      /** Draws after which a spin is left to the host. */
      readonly tries: number;
    };

/** A bound for the spins of one box of parameters; without patches the host has to draw. */
export interface StartBox {
  readonly patches: readonly StartPatch[];
  /** A word below the i-th and not below the one before chooses patch i. */
  readonly thresholds: Uint32Array;
  readonly reference: readonly [number, number, number];
}

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

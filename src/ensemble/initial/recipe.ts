import type { Expression } from "../../expression/expression.ts";

/**
 * How a device draws initial states: from the same distribution as the host and from the same words of each spin's stream, so that both
 * give a spin the same direction up to rounding to float32.
 */
export interface Recipe {
  readonly seed: number;
  /** Number of the spin in place 0. */
  readonly first: number;
  readonly law: StartLaw;
  /** In the kernel's order. */
  readonly parameters: readonly StartParameter[];
  /**
   * For each state variable: an expression of the parameters and the drawn mx, my, mz, or a function for spins [first, first + count)
   * that only the host can compute.
   */
  readonly columns: readonly (Expression | ((first: number, count: number) => Float64Array))[];
}

/** A parameter of spins; `value` is an expression of the variable `startVariate` if it differs from spin to spin. */
export interface StartParameter {
  readonly name: string;
  readonly value: Expression;
  readonly variate?: StartVariate;
}

/** Uniform in ±1, or standard normal within ±`reach`; `number` chooses the words of the spin's stream. */
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
      /**
       * Names of the parameters whose variates are cut into `divisions` parts within their range; boxes are ordered by the first, then by
       * the next.
       */
      readonly varied: readonly string[];
      readonly divisions: number;
      /** The energy in kT above the level to which the patches' lowest values refer; a function of `startReference` if boxes differ. */
      readonly excess: Expression;
      /** Draws after which a spin is left to the host. */
      readonly tries: number;
    };

/** A bound for the spins of one box of parameters; without patches the host has to draw. */
export interface StartBox {
  readonly patches: readonly StartPatch[];
  /** Patch i is chosen by words from the (i − 1)-th threshold up to, but not including, the i-th. */
  readonly thresholds: Uint32Array;
  readonly reference: readonly [number, number, number];
}

export interface StartPatch {
  readonly mz: readonly [number, number];
  /** rad */
  readonly phi: readonly [number, number];
  readonly lowest: number;
  /** Whether the density is nonzero on the whole patch; if not, the host has to draw. */
  readonly isInside: boolean;
}

/** The recipe for the spins of another from number `first` on. */
export const laterBy = (recipe: Recipe, first: number): Recipe => ({
  ...recipe,
  first: recipe.first + first,
});

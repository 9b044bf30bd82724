import type { Expression } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { magnetization, variables } from "../expression/vector.ts";
import type { Dynamics } from "./dynamics.ts";
import { rotationField } from "./dynamics.ts";

/**
 * Unit vectors that move together. Each obeys dm = (−∇Ψ + m×∇Ω) dt + √(2D) m ∘× dW, where ∇ acts on its own components.
 * Its Ψ and Ω may depend on the whole state; its noise is independent of the others'. A macrospin is the model with one
 * vector.
 */
export interface Model {
  /** Names of the state variables, three to a spin. */
  readonly state: readonly string[];
  /** Ψ and Ω of each spin: expressions of `state`, t and the names of per-spin parameters. */
  readonly drift: readonly Pick<Dynamics, "psi" | "omega">[];
  readonly noise: readonly Noise[];
}

export interface Noise {
  /** D of a spin, free of the state. */
  readonly diffusion: Expression;
  /** Names of its three unit variates. */
  readonly variates: readonly [string, string, string];
}

/** The unit variates of a macrospin. */
export const unitVariates: readonly [string, string, string] = ["xi1", "xi2", "xi3"];

/** The model of one spin. */
export const macrospin = ({ psi, omega, diffusion }: Dynamics): Model => ({
  state: magnetization,
  drift: [{ psi, omega }],
  noise: [{ diffusion, variates: unitVariates }],
});

const namesOf = ({ state }: Model, spin: number): readonly string[] => state.slice(3 * spin, 3 * spin + 3);

/** The unit vectors of a model. */
export const spinsOf = (model: Model): Vector[] => model.drift.map((_, i) => variables(namesOf(model, i)));

/** The unit variates of each spin. */
export const variatesOf = ({ noise }: Model): Vector[] => noise.map(({ variates }) => variables(variates));

/** A = ∇Ω + m×∇Ψ of each spin, so that its drift is the rotation m×A. */
export const rotationFields = (model: Model): Vector[] =>
  model.drift.map((of, i) => rotationField(of, namesOf(model, i)));

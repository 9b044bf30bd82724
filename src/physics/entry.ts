import type { Expression } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import type { Magnet } from "./magnet.ts";
import type { BrokenRule, Parameters } from "./parameter.ts";
import type { Resolved, Values } from "./value.ts";

/** A parameter that figures draw on the sphere: a direction, or a vector along its direction. */
export interface EntryArrow {
  readonly parameter: string;
  readonly kind: "axis" | "field" | "polarizer";
  readonly label: string;
}

/** The common part of energies and torques: everything but their physics. */
export interface Entry<P extends Parameters = Parameters> {
  /** The name written as `type`. */
  readonly type: string;
  /** One line for help, page and documentation. */
  readonly title: string;
  /** The formula or the publication behind it. */
  readonly source: string;
  readonly parameters: P;
  /** Needs Ms or volume in SI units; refused for a magnet given in reduced form. */
  readonly needsUnits?: true;
  /** Example values, at least for every parameter without a default: for forms, and for tests of the entry. */
  readonly example?: Readonly<Record<string, unknown>>;
  readonly arrows?: readonly EntryArrow[];
  /** Rules between parameters. */
  rules?(values: Values<P>): BrokenRule[];
}

export interface EnergyEntry<P extends Parameters = Parameters> extends Entry<P> {
  /**
   * The scalar K whose 2|K|/Ms is the anisotropy field B_K, the scale of fields and times; the first nonzero one
   * counts.
   */
  readonly anisotropy?: keyof P & string;
  /** Energy density in J/m³ as a function of m. */
  contribution(parameters: Resolved<P>, magnet: Magnet): Expression;
}

/**
 * A torque of the Gilbert form γ a(c) m×(m×p) + γ b(c) m×p with c = m·p: the unit vector p and the
 * antiderivatives ∫a dc and ∫b dc in T.
 */
export interface SpinTransfer {
  readonly polarizer: Vector;
  dampingLike(c: Expression): Expression;
  fieldLike(c: Expression): Expression;
}

/** χ and Φ in 1/s, with the drift −∇χ + m×∇Φ. */
export interface Potentials {
  readonly chi: Expression;
  readonly phi: Expression;
}

export interface TorqueEntry<P extends Parameters = Parameters> extends Entry<P> {
  contribution(parameters: Resolved<P>, magnet: Magnet): SpinTransfer | Potentials;
}

/** Keeps the exact types of an entry's parameters, so that the compiler checks its contribution against them. */
export const energy = <const Type extends string, const P extends Parameters>(
  entry: EnergyEntry<P> & { readonly type: Type },
): EnergyEntry<P> & { readonly type: Type } => entry;

/** As `energy`, for torques. */
export const torque = <const Type extends string, const P extends Parameters>(
  entry: TorqueEntry<P> & { readonly type: Type },
): TorqueEntry<P> & { readonly type: Type } => entry;

/** The form of any catalogue entry in an experiment. */
export type Described<Catalogue extends Readonly<Record<string, Entry>>> = {
  [K in keyof Catalogue]: { readonly type: K } & Values<Catalogue[K]["parameters"]>;
}[keyof Catalogue];

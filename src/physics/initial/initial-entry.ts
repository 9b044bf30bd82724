import type { Expression } from "../../expression/expression.ts";
import type { Parameters, PlainValues, Triple } from "../parameter.ts";
import type { InitialLaw } from "./initial-law.ts";

/** Values of an initial state: plain numbers and lists, and directions that are the same for every spin. */
export type InitialValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K]["kind"] extends "direction" ? Triple : PlainValues<P>[K];
};

/** A state in which ensembles start. */
export interface InitialEntry<Type extends string = string, P extends Parameters = Parameters> {
  /** The name written as `type`. */
  readonly type: Type;
  /** One line for help, page and documentation. */
  readonly title: string;
  readonly parameters: P;
  /** Example values, with which a form starts. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Needs V/kT at t = 0; refused at 0 K. */
  readonly needsTemperature?: true;
  /** Spins start on one side of a barrier, so that the time of leaving it is of interest. */
  readonly isOneSided?: true;
  /** The distribution, with V/kT of the magnet at t = 0 and torques off. */
  law(values: InitialValues<P>, energyOverKT: Expression): InitialLaw;
}

/** Keeps the exact types of an entry, so that the compiler checks its law against them. */
export const initialState = <const Type extends string, const P extends Parameters>(
  entry: InitialEntry<Type, P>,
): InitialEntry<Type, P> => entry;

export type CoefficientMatrix = readonly (readonly number[])[];
export type Vector3 = readonly [number, number, number];

/** What is odd under reversal of time: magnetization, polarizer and field (T). */
export interface MagneticState {
  readonly m: Vector3;
  readonly p: Vector3;
  readonly B: Vector3;
}

export interface Quantity {
  /** Key in records of fluxes and forces. */
  readonly name: string;
  /** As in a formula. */
  readonly symbol: string;
  readonly unit: string;
}

/** A flux and the force it is conjugate to: their product is dissipated power. */
export interface OnsagerPair {
  readonly flux: Quantity;
  readonly force: Quantity;
  /** ε, the sign that the variable whose rate the flux is takes under reversal of time: charge 1, spin −1. */
  readonly parity: 1 | -1;
}

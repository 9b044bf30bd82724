export type CoefficientMatrix = readonly (readonly number[])[];
export type Vector3 = readonly [number, number, number];

/** Quantities that are odd under time reversal: magnetization, polarizer and field (T). */
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

/** A flux and its conjugate force: their product is dissipated power. */
export interface OnsagerPair {
  readonly flux: Quantity;
  readonly force: Quantity;
  /** ε, the parity under time reversal of the variable whose rate is the flux: charge 1, spin −1. */
  readonly parity: 1 | -1;
}

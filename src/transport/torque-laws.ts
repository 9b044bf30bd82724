import type { Quadratic } from "./rational.ts";
import { plus, scaled, valueAt } from "./rational.ts";
import type { SpacerCircuit } from "./spacer-circuit.ts";
import { absorbedDampingLike, absorbedFieldLike } from "./spacer-circuit.ts";

/** The free layer: A/m, 1, rad/(s T). */
export interface FreeLayerMagnet {
  readonly Ms: number;
  readonly alpha: number;
  readonly gamma: number;
}

/** Numerators over the circuit's determinant. */
export interface Numerators {
  readonly a: Quadratic;
  readonly b: Quadratic;
  readonly chi: Quadratic;
  readonly phi: Quadratic;
}

/** `field` is κJ0 in T. χ' = γ'(a+αb), Φ' = γ'(b−αa): the Gilbert torque after solving for dm/dt. */
export function circuitNumerators(
  circuit: SpacerCircuit,
  field: number,
  { alpha, gamma }: FreeLayerMagnet,
): Numerators {
  const a = scaled(field, absorbedDampingLike(circuit));
  const b = scaled(-field, absorbedFieldLike(circuit));
  const reduced = gamma / (1 + alpha ** 2);
  return {
    a,
    b,
    chi: scaled(reduced, plus(a, scaled(alpha, b))),
    phi: scaled(reduced, plus(b, scaled(-alpha, a))),
  };
}

/** Additional data for `law: onsager`. */
export interface PaperLaw {
  /** l_∥ and l_⊥, 1/(V s). */
  readonly longitudinal: number;
  readonly transverse: number;
  /** β of the free layer. */
  readonly asymmetry: number;
  /** G, 1/(Ω m²). */
  readonly conductance: number;
  /** A/m². */
  readonly currentDensity: number;
}

/**
 * Eq. 49 and 50 as printed, l_θθ = l_∥ sinθ, l_φφ = l_⊥ sinθ and R^trans = x: dχ/dc = (2l_∥/β) J0 [R(c) − R(1)], dΦ/dc
 * = l_⊥ J0 x(c); then γa = χ' − αΦ', γb = αχ' + Φ'. `angular` is the numerator of G R(c).
 */
export function paperNumerators(
  circuit: SpacerCircuit,
  angular: Quadratic,
  law: PaperLaw,
  { alpha, gamma }: FreeLayerMagnet,
): Numerators {
  const drive = law.currentDensity / law.conductance;
  const atParallel = valueAt(angular, 1) / valueAt(circuit.denominator, 1);
  const aboveParallel = plus(angular, scaled(-atParallel, circuit.denominator));
  const chi = scaled((2 * law.longitudinal * drive) / law.asymmetry, aboveParallel);
  const phi = scaled(law.transverse * drive, circuit.x);
  return {
    chi,
    phi,
    a: scaled(1 / gamma, plus(chi, scaled(-alpha, phi))),
    b: scaled(1 / gamma, plus(scaled(alpha, chi), phi)),
  };
}

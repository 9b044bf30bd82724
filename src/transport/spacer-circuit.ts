import type { Quadratic } from "./rational.ts";
import { plus, scaled } from "./rational.ts";
import type { SideEquivalent } from "./side-equivalent.ts";

/*
 * Magnetoelectronic circuit theory of a thin spacer without spin-flip between two magnets p and m (Brataas, Bauer
 * and Kelly, Phys. Rep. 427, 157 (2006)). The spacer's accumulation is a vector, U = J0(x p + y m + w m×p), in V.
 * Each side takes its longitudinal part by p_i and r_i and absorbs the rest:
 *
 *   left:   δJ =  p_L J0 p − (U·p)p/r_L − [G U⊥p + G_i p×U]
 *   right:  δJ =  p_R J0 m + (U·m)m/r_R + [G U⊥m + G_i m×U]
 *
 * Both are the same δJ. Along m×p this gives w = −(G_i/2G)(x − y); along p and m it leaves two equations for x, y
 * whose determinant is of second degree in c = m·p. In units of G, with Λ_i² = G r_i and h = (G_i/G)²/2:
 */
export interface SpacerCircuit {
  /** Numerators of G·x, G·y and their common denominator; without unit. */
  readonly x: Quadratic;
  readonly y: Quadratic;
  readonly denominator: Quadratic;
  /** h = (G_i/G)²/2. */
  readonly h: number;
  /** G_i/G. */
  readonly ratio: number;
}

/** The circuit from both sides of the spacer and the mixing conductance G + iG_i per area, 1/(Ω m²). */
export function spacerCircuit(
  left: SideEquivalent,
  right: SideEquivalent,
  conductance: { re: number; im: number },
): SpacerCircuit {
  const [L, R] = [conductance.re * left.r, conductance.re * right.r];
  const [sL, sR] = [left.p * L, right.p * R];
  const ratio = conductance.im / conductance.re;
  const h = ratio ** 2 / 2;
  return {
    h,
    ratio,
    x: [sL * (1 + R + h * R) - sR * h * L, sL * h * R + sR * (1 - L - h * L), 0],
    y: [-sR * (1 + L + h * L) + sL * h * R, -sR * h * L - sL * (1 - R - h * R), 0],
    denominator: [
      (1 + L) * (1 + R) + h * (L + R + 2 * L * R),
      2 * h * (L + R),
      -(1 - L) * (1 - R) + h * (L + R - 2 * L * R),
    ],
  };
}

/**
 * Numerator of the spin current that the free layer absorbs along −m×(m×p), in units of J0: G x − G_i w = X + h(X − Y).
 */
export const absorbedDampingLike = ({ x, y, h }: SpacerCircuit): Quadratic =>
  plus(scaled(1 + h, x), scaled(-h, y));

/** Numerator of the spin current that it absorbs along m×p: G w + G_i x = (G_i/2G)(X + Y). */
export const absorbedFieldLike = ({ x, y, ratio }: SpacerCircuit): Quadratic => scaled(ratio / 2, plus(x, y));

/** Numerator of G·½[p_L(x + cy) − p_R(cx + y)], the resistance that depends on the angle. */
export function resistanceNumerator({ x, y }: SpacerCircuit, pL: number, pR: number): Quadratic {
  const timesCosine = ([n0, n1]: Quadratic): Quadratic => [0, n0, n1];
  const alongLeft = plus(x, timesCosine(y));
  const alongRight = plus(timesCosine(x), y);
  return plus(scaled(pL / 2, alongLeft), scaled(-pR / 2, alongRight));
}

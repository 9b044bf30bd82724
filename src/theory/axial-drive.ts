/**
 * Uniaxial magnet with everything along its axis: field h = B/B_K, and torque fields a, b (over B_K) with the polarizer at +z.
 * The collinear torque acts as the field −(a/α + b), so every equilibrium formula holds with h_eff = h − a/α − b.
 */
export interface AxialDrive {
  readonly delta: number;
  readonly alpha: number;
  /** Default 0. */
  readonly field?: number;
  /** Damping-like a over B_K; a > 0 turns m away from +z. Default 0. */
  readonly dampingLike?: number;
  /** Field-like b over B_K. Default 0. */
  readonly fieldLike?: number;
}

/** h − a/α − b. */
export const effectiveField = ({ alpha, field = 0, dampingLike = 0, fieldLike = 0 }: AxialDrive): number =>
  field - dampingLike / alpha - fieldLike;

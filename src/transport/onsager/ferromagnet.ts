import { z } from "zod";
import { anyNumber, checked, insideUnit, notNegative, positive } from "../check.ts";
import type { MagneticState, Vector3 } from "./onsager-pair.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { onsagerSystem } from "./onsager-system.ts";
import { lumped, magnetic, spinCurrent, spinFlip, transverseCurrent, wholeCurrent } from "./quantities.ts";

const magnetShape = {
  alpha: notNegative("1", "damping α"),
  mobility: positive("1/(J s)", "L = γ/((1+α²) Ms v), the paper's L_F with the volume"),
};

/** 1 in the state for which the tangent directions were chosen, −1 in the reversed one, where they are left-handed. */
const handedness = ({ m }: MagneticState, reference: Vector3): number =>
  Math.sign(m[0] * reference[0] + m[1] * reference[1] + m[2] * reference[2]);

const ferromagnetSchema = z.strictObject({
  ...magnetShape,
  density: positive("1/sr", "ρ, probability per solid angle").default(1 / (4 * Math.PI)),
});

/**
 * Eq. 11 to 20, in the paper's order (φ, θ): J = −αρL∇μ + ρL m×∇μ. Precession dissipates nothing and is
 * antisymmetric because it is odd in m. @throws RangeError on bad parameters.
 */
export function ferromagnet(parameters: z.input<typeof ferromagnetSchema>): OnsagerSystem {
  const { alpha, mobility, density } = checked(ferromagnetSchema, parameters, "parameters");
  const reference: Vector3 = [0, 0, 1];
  const L = density * mobility;
  return onsagerSystem({
    name: "ferromagnet",
    powerUnit: "W/sr",
    pairs: [magnetic("Phi", "1/(s sr)"), magnetic("Theta", "1/(s sr)")],
    state: { m: reference },
    coefficients: (state) => {
      const precession = L * handedness(state, reference);
      return [
        [alpha * L, -precession],
        [precession, alpha * L],
      ];
    },
  });
}

const coupling = (what: string) => anyNumber("1/(V s)", what).default(0);
const couplingSchema = z.strictObject({
  ...magnetShape,
  conductance: positive("S", "whole electric conductance 2σ0·area/length"),
  asymmetry: insideUnit("1", "β"),
  transverseConductance: positive("S", "2σ⊥·area/length"),
  spinFlipConductance: positive("S", "eL·volume"),
  couplings: z
    .strictObject({
      phiPhi: coupling("l_φφ: rate along φ by transverse accumulation (field-like)"),
      phiTheta: coupling("l_φθ: rate along φ by longitudinal accumulation (field-like)"),
      thetaPhi: coupling("l_θφ: rate along θ by transverse accumulation (damping-like)"),
      thetaTheta: coupling("l_θθ: rate along θ by longitudinal accumulation (damping-like)"),
    })
    .prefault({}),
});

/**
 * The full coupling, Eq. 41 and 42, for one whole magnet and one contact: rates in 1/s with forces in J, currents in A
 * with forces in V, every product in W. Order: j_φ, j_θ, δI⊥, δI, I0, Ψ̇. The entries of l are 2l because the electric
 * forces carry ½; l multiplies Δμ/e. The pumping coefficients l̃ follow from l by reciprocity: damping-like ones (odd
 * in m and p) are symmetric, field-like ones (even) antisymmetric. @throws RangeError on bad parameters.
 */
export function fullCoupling(parameters: z.input<typeof couplingSchema>): OnsagerSystem {
  const given = checked(couplingSchema, parameters, "parameters");
  const { alpha, mobility: L, conductance: G, asymmetry: beta, couplings } = given;
  const m: Vector3 = [1, 0, 0]; // any direction not along p: the given couplings belong to that angle
  const [pp, pt] = [2 * couplings.phiPhi, 2 * couplings.phiTheta];
  return onsagerSystem({
    name: "ferromagnet coupled to two channels",
    powerUnit: "W",
    pairs: [
      magnetic("Phi", "1/s"),
      magnetic("Theta", "1/s"),
      lumped(transverseCurrent),
      lumped(spinCurrent),
      lumped(wholeCurrent),
      lumped(spinFlip),
    ],
    state: { m, p: [0, 0, 1] },
    coefficients: (state) => {
      const sense = handedness(state, m);
      const [tp, tt] = [2 * sense * couplings.thetaPhi, 2 * sense * couplings.thetaTheta];
      return [
        [alpha * L, -sense * L, pp, pt, 0, 0],
        [sense * L, alpha * L, tp, tt, 0, 0],
        [-pp, tp, given.transverseConductance, 0, 0, 0],
        [-pt, tt, 0, G, beta * G, 0],
        [0, 0, 0, beta * G, G, 0],
        [0, 0, 0, 0, 0, given.spinFlipConductance],
      ];
    },
  });
}

/*
 * Everything on one side of a plane acts on the rest like a source in series with a resistance (Thévenin), because the
 * two-channel equations are linear in U = Δμ/e and the spin-polarized current δJ:
 *
 *   U = emf − resistance · (δJ that leaves the termination)
 *
 * Carrying that pair through layers and interfaces solves a stack without a linear system, and every coefficient below
 * is a bounded function of t/l: even a layer a thousand diffusion lengths thick does not overflow.
 */

export interface Termination {
  /** V. */
  readonly emf: number;
  /** Ω m². */
  readonly resistance: number;
}

/** A metal between two planes: w = δJ − drive obeys U' = −w/g, w' = −gU/l², g the spin conductivity. */
export interface Section {
  /** m; Infinity for a lead. */
  readonly thickness: number;
  /** δJ far from every interface, A/m²: βJ0 and the contribution of heat. */
  readonly drive: number;
  /** l, m. */
  readonly diffusionLength: number;
  /** l/g, the resistance of a half space, Ω m². */
  readonly resistance: number;
}

export interface Barrier {
  /** r_b*, Ω m². */
  readonly areaResistance: number;
  /** γJ0, A/m². */
  readonly drive: number;
}

/** A plane where the channels are short-circuited. */
export const idealContact: Termination = { emf: 0, resistance: 0 };

/** A semi-infinite metal: δJ = drive ∓ U/resistance at its end. */
export const halfSpace = ({ drive, resistance }: Section): Termination => ({
  emf: resistance * drive,
  resistance,
});

/** [U] = −2r_b*(δJ − γJ0), from r_α,γ = 2r_b*(1∓γ). */
export const throughBarrier = (from: Termination, { areaResistance, drive }: Barrier): Termination => ({
  emf: from.emf + 2 * areaResistance * drive,
  resistance: from.resistance + 2 * areaResistance,
});

/** cosh and sinh of t/l eliminated between U = U0 cosh − w0 R sinh and w = w0 cosh − U0 sinh/R. */
export function throughSection(from: Termination, section: Section): Termination {
  const { drive, resistance: own } = section;
  const x = section.thickness / section.diffusionLength;
  const tanh = Math.tanh(x);
  const inverseCosh = (2 * Math.exp(-x)) / (1 + Math.exp(-2 * x));
  const shunt = 1 + (from.resistance / own) * tanh;
  const resistance = (from.resistance + own * tanh) / shunt;
  // relative to the drive the source is emf − resistance·drive, and it decays as 1/cosh
  const fading = ((from.emf - from.resistance * drive) * inverseCosh) / shunt;
  return { emf: fading + resistance * drive, resistance };
}

/** The same termination for a current in the opposite direction. */
export const reversedSection = (section: Section): Section => ({ ...section, drive: -section.drive });
export const reversedBarrier = (barrier: Barrier): Barrier => ({ ...barrier, drive: -barrier.drive });

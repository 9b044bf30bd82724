/** What is known of a backend before its code is loaded. */
export interface AboutBackend {
  /** As files and flags have it. */
  readonly name: string;
  /** As a person reads it. */
  readonly label: string;
  /** Place in the order of preference, the least first, where its adapter is made by software and where it is not. */
  readonly rank: { readonly hardware: number; readonly software: number };
  readonly bytesPerNumber: 4 | 8;
  /** Least seconds that a spin-step takes on one core, or on its device: about as fast as it can be. */
  readonly leastSeconds: number;
  /** Spins that show its speed within a moment: on one core, or on all of a real device. */
  readonly trialSpins: { readonly perCore: number; readonly device: number };
  /** Groups of spins can be counted apart: it has `prepareGroups`. */
  readonly countsGroups: boolean;
  /** Computes on a graphics device wherever it finds one. */
  readonly usesGraphics: boolean;
  /** Spins stay on a device, which may be lost while it computes and which a cluster must give. */
  readonly ownsDevice: boolean;
  /** What a person reads where it has a real device and yet is not the first choice. */
  readonly notice?: string;
}

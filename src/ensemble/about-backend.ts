/** What is known of a backend before its code is loaded. */
export interface AboutBackend {
  /** Its name in files and flags. */
  readonly name: string;
  /** Its name for readers. */
  readonly label: string;
  /** Place in the order of preference, the lowest first: on a software adapter, and on any other. */
  readonly rank: { readonly hardware: number; readonly software: number };
  readonly bytesPerNumber: 4 | 8;
  /** Shortest time, s, of a spin-step on one core, or on its device, at best. */
  readonly leastSeconds: number;
  /** Number of spins for a quick measurement of its speed: for each core, or for a whole real device. */
  readonly trialSpins: { readonly perCore: number; readonly device: number };
  /** Groups of spins can be counted apart: it has `prepareGroups`. */
  readonly countsGroups: boolean;
  /** Computes on a graphics device wherever it finds one. */
  readonly usesGraphics: boolean;
  /** Whether spins stay on a device, which may be lost during a run and which a cluster must allocate. */
  readonly ownsDevice: boolean;
  /** Message to the user if it has a real device but is not the first choice. */
  readonly notice?: string;
}

/** Number of threads that certainly have spins to step, of those that a backend may use. */
export const threadsAtWork = (
  { trialSpins: { perCore } }: Pick<AboutBackend, "trialSpins">,
  spins: number,
  threads: number,
): number => Math.max(1, Math.min(threads, Math.floor(spins / perCore)));

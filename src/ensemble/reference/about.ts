import type { AboutBackend } from "../about-backend.ts";

/** Float64; the other backends are compared with it. About thirty times slower. */
export const about = {
  name: "reference",
  label: "float64",
  rank: { hardware: 4, software: 4 },
  bytesPerNumber: 8,
  leastSeconds: 1e-7,
  trialSpins: { perCore: 64, device: 64 },
  countsGroups: false,
  usesGraphics: false,
  ownsDevice: false,
} as const satisfies AboutBackend;

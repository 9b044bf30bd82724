import type { AboutBackend } from "../about-backend.ts";

/** The fastest backend on a processor. */
export const about = {
  name: "wasm",
  label: "WebAssembly",
  rank: { hardware: 1, software: 1 },
  bytesPerNumber: 4,
  leastSeconds: 3e-9,
  trialSpins: { perCore: 4096, device: 4096 },
  countsGroups: true,
  usesGraphics: false,
  ownsDevice: false,
} as const satisfies AboutBackend;

import type { AboutBackend } from "../about-backend.ts";

/** Used if there is no WebGPU; the last choice without a graphics adapter. */
export const about = {
  name: "gpujs",
  label: "gpu.js",
  rank: { hardware: 3, software: 5 },
  bytesPerNumber: 4,
  leastSeconds: 3e-9,
  trialSpins: { perCore: 4096, device: 1 << 20 },
  countsGroups: false,
  usesGraphics: true,
  ownsDevice: false,
  notice: "no WebGPU: a smaller ensemble on the graphics processor by WebGL2",
} as const satisfies AboutBackend;

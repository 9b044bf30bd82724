import type { AboutBackend } from "../about-backend.ts";

/** The first choice on a real GPU; on a software adapter after the backends for processors. */
export const about = {
  name: "webgpu",
  label: "WebGPU",
  rank: { hardware: 0, software: 2 },
  bytesPerNumber: 4,
  leastSeconds: 3e-9,
  trialSpins: { perCore: 4096, device: 1 << 20 },
  countsGroups: true,
  usesGraphics: true,
  ownsDevice: true,
} as const satisfies AboutBackend;

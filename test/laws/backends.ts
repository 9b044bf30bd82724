import { gpujs } from "../../src/ensemble/gpujs/index.ts";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { webgpu } from "../../src/ensemble/webgpu/index.ts";

/** Backends with the number of spins a law test can afford on each (what all share is seen sharpest on wasm), and whether they are here. */
export const backends: readonly { backend: Backend; spins: number; reason: string | undefined }[] =
  await Promise.all(
    [
      { backend: reference, spins: 8192 },
      { backend: wasm, spins: 131072 },
      { backend: webgpu, spins: 8192 },
      { backend: gpujs, spins: 1024 },
    ].map(async ({ backend, spins }) => {
      const availability = await backend.probe();
      return { backend, spins, reason: availability.available ? undefined : availability.reason };
    }),
  );
for (const { backend, reason } of backends)
  if (reason !== undefined) console.log(`skipped: ${backend.name} (${reason})`);

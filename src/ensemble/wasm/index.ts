import { breathe } from "../../linear-algebra/breathe.ts";
import type { Backend, Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { requireOneStream } from "../kernel.ts";
import { requireRoom } from "../room.ts";
import { startOf } from "../snapshot.ts";
import { coreCount } from "../workers.ts";
import { about } from "./about.ts";
import { WasmEnsemble } from "./ensemble.ts";
import { hasRelaxedSimd, hasSimd } from "./features.ts";
import { prepareGroups } from "./groups.ts";
import { spinsPerTile } from "./layout.ts";
import { buildModule } from "./program.ts";
import { mostTiles, Share } from "./share.ts";

const describe = (threads: number, relaxed: boolean): string =>
  `WebAssembly ${relaxed ? "relaxed " : ""}SIMD, ${threads} thread${threads === 1 ? "" : "s"}`;

async function prepare(kernel: Kernel, given: Filling, options: PrepareOptions = {}): Promise<Ensemble> {
  requireOneStream(kernel, "wasm");
  const { filling, ...start } = startOf(kernel, given, options);
  const relaxed = hasRelaxedSimd();
  await breathe();
  const { module, layout } = await buildModule(kernel, relaxed);
  await breathe();
  const tiles = Math.ceil(kernel.spins / spinsPerTile);
  const threads = Math.max(1, Math.min(options.threads ?? (await coreCount()), tiles));
  await requireRoom(tiles * layout.tileBytes, kernel.spins);
  // a memory ends at 4 GiB: more spins take more memories, each with a worker
  const workers = Math.max(threads, Math.ceil(tiles / mostTiles(layout)));
  const firsts = Array.from({ length: workers + 1 }, (_, i) => Math.floor((i * tiles) / workers));
  const started = await Promise.allSettled(
    firsts
      .slice(0, workers)
      .map((first, i) => Share.start(module, kernel, layout, first, firsts[i + 1] - first)),
  );
  const shares = started.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  try {
    for (const outcome of started) if (outcome.status === "rejected") throw outcome.reason;
    await Promise.all(shares.map((share) => share.fill(filling)));
  } catch (error) {
    await Promise.all(shares.map((share) => share.close()));
    throw error;
  }
  const limits = {
    steps: options.stepsPerDispatch ?? Number.POSITIVE_INFINITY,
    tiles: Math.max(1, Math.floor((options.spinsPerDispatch ?? Number.POSITIVE_INFINITY) / spinsPerTile)),
  };
  return new WasmEnsemble(describe(threads, relaxed), kernel, layout, shares, limits, start);
}

/** WebAssembly SIMD in worker threads: the fast backend without a GPU; nothing has to be installed. */
export const wasm: Backend = {
  ...about,
  async probe(wanted) {
    if (!hasSimd()) return { available: false, reason: "there is no WebAssembly SIMD here" };
    const threads = wanted ?? (await coreCount());
    return { available: true, adapter: describe(threads, hasRelaxedSimd()), software: true, threads };
  },
  prepare,
  prepareGroups: (kernel, groups, options = {}) => prepareGroups(kernel, groups, options, describe),
};

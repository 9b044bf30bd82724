/** Where a rate was measured. */
export interface Machine {
  readonly processor: string;
  readonly threads: number;
  readonly runtime: string;
}

/** The processor's name, if the environment gives it; a browser does not. */
export async function describeMachine(): Promise<Machine> {
  const threads = globalThis.navigator?.hardwareConcurrency ?? 1;
  const deno = (globalThis as { Deno?: { version: { deno: string } } }).Deno;
  if (typeof process === "undefined" || !process.versions?.node)
    return { processor: "not known in the browser", threads, runtime: globalThis.navigator?.userAgent ?? "" };
  const name = "node:os";
  const os = (await import(/* @vite-ignore */ name)) as typeof import("node:os");
  return {
    processor: os.cpus()[0]?.model.trim() ?? "unknown",
    threads: os.availableParallelism(),
    runtime: deno ? `Deno ${deno.version.deno}` : `Node ${process.versions.node}`,
  };
}

/**
 * Instructions a GPU can issue, lanes × clock, by name. Units 132 · 128 · 1.98 GHz for Hopper SXM, from NVIDIA's data
 * sheets; no other limit binds a step (docs/performance.md).
 */
const issueRates: readonly (readonly [RegExp, number])[] = [
  [/H200|H100.*(SXM|HBM3)/i, 132 * 128 * 1.98e9],
  [/RTX 4090/i, 128 * 128 * 2.52e9],
];

/** Spin-steps per second at which a known GPU issues as many instructions as it can; undefined for other GPUs. */
export function issueCeiling(adapter: string, instructionsPerStep: number): number | undefined {
  const rate = issueRates.find(([pattern]) => pattern.test(adapter))?.[1];
  return rate === undefined ? undefined : rate / instructionsPerStep;
}

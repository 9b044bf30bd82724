import type { BenchOptions, BenchResult } from "../../src/bench/run-bench.ts";
import { runBench } from "../../src/bench/run-bench.ts";
import type { BenchmarkRequest } from "./messages.ts";

/** The benchmark of the command line, with its gate, on this browser. */
export function benchmark(
  { backend, bareOnly }: BenchmarkRequest,
  onProgress: BenchOptions["onProgress"],
): Promise<BenchResult> {
  return runBench({ ...(backend === "auto" ? {} : { backend }), bareOnly, onProgress });
}

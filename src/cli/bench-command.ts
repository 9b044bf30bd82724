import { againstPublished, fastest } from "../bench/published.ts";
import type { BenchResult } from "../bench/run-bench.ts";
import { runBench } from "../bench/run-bench.ts";
import type { BackendName } from "../ensemble/kernel.ts";
import { readable } from "../figures/readable.ts";
import { endingAtOnce } from "./end-at-once.ts";
import { exitCode } from "./exit.ts";

export interface BenchFlags {
  readonly json?: boolean;
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  readonly integrator?: string;
  readonly variates?: "dyadic" | "gaussian";
  readonly seconds?: number;
}

function print({ gate, results, absent }: BenchResult): void {
  for (const check of gate.checks)
    process.stdout.write(
      `${check.passed ? "passed" : "FAILED"}  ${check.backend}, ${check.integrator}: ${check.name} ${readable(check.value)}, exact ${readable(check.exact)}\n`,
    );
  for (const row of results)
    process.stdout.write(
      `${readable(row.spinStepsPerSecond).padStart(14)} spin-steps/s  ${row.backend.padEnd(10)}${row.integrator}, ${row.variates}: ${row.name} [${row.adapter}]${row.reason ? ` ${row.reason}` : ""}\n`,
    );
  for (const { ratio, program, step, machine, source } of againstPublished(fastest(results)))
    process.stdout.write(
      `${`× ${readable(ratio)}`.padStart(14)} of ${program} on ${machine} (${step}) [${source}]\n`,
    );
  for (const { backend, reason } of absent) process.stdout.write(`not available: ${backend} (${reason})\n`);
}

/** `spinsemble bench`: speed on this machine; a rate counts only where the correctness gate passed. */
export async function benchCommand(flags: BenchFlags): Promise<number> {
  const { json, backend, ...options } = flags;
  const result = await endingAtOnce("bench", () =>
    runBench({
      ...options,
      ...(backend && backend !== "auto" ? { backend } : {}),
      onProgress: (text) => {
        if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
      },
    }),
  );
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else print(result);
  return result.gate.passed ? exitCode.done : exitCode.disagreement;
}

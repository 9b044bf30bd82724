import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BackendName } from "../ensemble/kernel.ts";
import type { Result } from "../result.ts";
import { isCutShort } from "../run/cut-short.ts";
import type { Difference } from "../run/differences.ts";
import { differences } from "../run/differences.ts";
import { fokkerPlanckBeside } from "../run/exact-alone.ts";
import { experimentHash } from "../run/experiment-hash.ts";
import { run } from "../run/run.ts";
import { exitCode, UsageError } from "./exit.ts";
import { interrupts } from "./interrupts.ts";
import { progressLine } from "./progress.ts";
import { say } from "./say.ts";
import { textOf } from "./text-of.ts";

export interface RepeatFlags {
  readonly json?: boolean;
  readonly threads?: number;
}

async function readResult(place: string): Promise<Result> {
  const file = existsSync(place) && statSync(place).isDirectory() ? join(place, "result.json") : place;
  try {
    const result = JSON.parse(await textOf(file)) as Result;
    if (typeof result?.experiment !== "object" || typeof result.provenance?.version !== "string")
      throw new Error(
        "it is not a result of run, resume or fokker-planck; repeat sweeps, rates, fits and traces with their own commands",
      );
    return result;
  } catch (error) {
    throw new UsageError(`${file} cannot be repeated: ${(error as Error).message}`);
  }
}

/** Computes the experiment's result again; null if the user stopped it before the end. */
async function again(
  experiment: unknown,
  { backend, threads }: { readonly backend: BackendName | null; readonly threads: number | undefined },
): Promise<Result | null> {
  const line = progressLine(process.stderr);
  const stops = interrupts(() => {
    line.clear();
    say("stopping (again: quit at once)");
  });
  stops.listen();
  const { signal } = stops;
  try {
    const result = backend
      ? await run(experiment, { backend, threads, signal, onProgress: (progress) => line.show(progress) })
      : await fokkerPlanckBeside(experiment, { signal });
    return result.stopped ? null : result;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  } finally {
    line.clear();
    stops.release();
  }
}

const shown = ({ path, before, after }: Difference): string => {
  const short = (value: unknown): string => (JSON.stringify(value) ?? "missing").slice(0, 60);
  return `${path}: ${short(before)} before, ${short(after)} now`;
};

/** Most differences that are printed. */
const mostShown = 20;

/**
 * `spinsemble repeat RESULT`: runs a result's experiment again as it was, on its backend, and says what differs. Exit code 0 if all
 * figures are the same to the bit, 3 if some differ.
 */
export async function repeatCommand(place: string, { json, threads }: RepeatFlags): Promise<number> {
  const before = await readResult(place);
  const { experiment, provenance } = before;
  const { experimentHash: hash, backend } = provenance;
  if (hash && hash !== (await experimentHash(experiment)))
    throw new UsageError(`${place} cannot be repeated: its experiment was changed after the run`);
  if (before.outcome === "stopped" || before.outcome === "device lost" || isCutShort(before))
    throw new UsageError(`${place} cannot be repeated: its run did not end (outcome ${before.outcome})`);
  const result = await again(experiment, { backend, threads });
  if (result === null) {
    say("stopped: nothing was compared; the same command starts again");
    return exitCode.failed;
  }
  const after = JSON.parse(JSON.stringify(result)) as Result;
  const found = differences(before, after);
  const places = (["version", "commit", "adapter"] as const).flatMap((key) =>
    provenance[key] === after.provenance[key]
      ? []
      : [{ path: `provenance.${key}`, before: provenance[key], after: after.provenance[key] }],
  );
  if (json)
    process.stdout.write(`${JSON.stringify({ same: found.length === 0, places, differences: found })}\n`);
  else {
    const rest = found.length > mostShown ? [`and ${found.length - mostShown} more`] : [];
    const verdict =
      found.length === 0
        ? "the same to the bit"
        : `${found.length} ${found.length === 1 ? "value differs" : "values differ"} from the result in ${place}`;
    const lines = [...places.map(shown), verdict, ...found.slice(0, mostShown).map(shown), ...rest];
    process.stdout.write(`${lines.join("\n")}\n`);
  }
  return found.length === 0 ? exitCode.done : exitCode.disagreement;
}

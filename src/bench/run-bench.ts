import type { Availability, Backend, BackendName } from "../ensemble/kernel.ts";
import { backends } from "../run/run.ts";
import type { GateCheck } from "./gate.ts";
import { gate } from "./gate.ts";
import type { Machine } from "./machine.ts";
import { describeMachine, issueCeiling } from "./machine.ts";
import type { Runner, Timing } from "./measure.ts";
import { measure, median, runnerOf } from "./measure.ts";
import { bare } from "./workload.ts";
import { workloads } from "./workloads.ts";

export interface BenchOptions {
  readonly backend?: BackendName | undefined;
  readonly threads?: number | undefined;
  readonly integrator?: string | undefined;
  readonly variates?: "dyadic" | "gaussian" | undefined;
  /** Length of one repeat in seconds; default 0.3. */
  readonly seconds?: number;
  /** Repeats of each row after its warm-up, at least five. */
  readonly repeats?: number | undefined;
  /** Spins of every row; by default as many as fill the device. */
  readonly spins?: number | undefined;
  /** The bare loop alone. */
  readonly bareOnly?: boolean | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Programs for comparison, timed in the same rounds. */
  readonly twins?: readonly Twin[];
}

/** A hand-written program of the same or of the customary algorithm. */
export interface Twin extends Runner {
  readonly integrator: string;
  readonly variates: string;
  readonly threads: number | null;
  /** Whether it is compared with a row of ours. */
  readonly against: (row: BenchRow) => boolean;
}

export interface BenchRow {
  readonly name: string;
  readonly backend: string;
  readonly adapter: string;
  readonly integrator: string;
  readonly variates: string;
  /** Worker threads; null where a device divides the work itself. */
  readonly threads: number | null;
  readonly spins: number;
  /** Steps of one repeat. */
  readonly steps: number;
  /** Median of the repeats; null where the gate failed. */
  readonly spinStepsPerSecond: number | null;
  readonly reason?: string;
  /** Instructions of one step, without samples, and the share of those that the GPU can issue, if its figures are known. */
  readonly instructionsPerStep?: number;
  readonly issueShare?: number;
}

/** A quotient of two rates of the same rounds: the median over the rounds, and their extremes. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BenchResult {
  readonly machine: Machine;
  /** If nothing could be checked, the gate has not passed either. */
  readonly gate: { readonly passed: boolean; readonly checks: readonly GateCheck[] };
  readonly results: readonly BenchRow[];
  readonly ratios: readonly Ratio[];
  /** Backends that this machine cannot use, with the reason. */
  readonly absent: readonly { readonly backend: string; readonly reason: string }[];
}

interface Entry {
  readonly runner: Runner;
  readonly row: Omit<BenchRow, "steps" | "spinStepsPerSecond">;
  readonly twin?: Twin;
}

type Present = Extract<Availability, { available: true }>;

/** As many spins as fill a device of this kind without making a repeat long. */
export function spinsFor(backend: Backend, { software, adapter }: Present): number {
  if (backend.name === "reference") return 8192;
  if (backend.name === "gpujs") return software ? 4096 : 1 << 18;
  if (backend.name === "webgpu" && !software) return 1 << 21;
  return /swiftshader/i.test(adapter) ? 16384 : 65536;
}

/** Checks a backend, and prepares what is to be timed on it. */
async function prepareBackend(
  backend: Backend,
  availability: Present,
  options: BenchOptions,
  found: { readonly checks: GateCheck[]; readonly entries: Entry[] },
): Promise<void> {
  const { checks, entries } = found;
  const schemes = schemesOf(options);
  const spins = options.spins ?? spinsFor(backend, availability);
  const slow = backend.name === "reference" || backend.name === "gpujs";
  for (const [integrator, variates] of schemes) {
    const customary = integrator !== schemes[0][0];
    if (slow && customary) continue;
    options.onProgress?.(`gate: ${backend.name}, ${integrator}, ${variates}`);
    const crowd = slow || /swiftshader/i.test(availability.adapter) ? 2048 : 16384;
    checks.push(...(await gate(backend, integrator, variates, crowd, options.threads)));
    const list = options.bareOnly || slow || customary ? [bare] : workloads;
    for (const workload of list)
      for (const threads of threadCounts(availability, workload === bare && !slow, options.threads))
        entries.push({
          runner: await runnerOf(backend, workload, { integrator, variates, spins, threads }),
          row: {
            name: workload.name,
            backend: backend.name,
            adapter: availability.adapter,
            integrator,
            variates,
            threads: threads ?? null,
            spins,
          },
        });
  }
}

/** The row of one entry in the result; without a rate where the check of its backend failed. */
function rowOf({ row, runner }: Entry, { rates, steps }: Timing, checks: readonly GateCheck[]): BenchRow {
  const rate = median(rates);
  const failed = checks.some(
    (check) =>
      !check.passed &&
      check.backend === row.backend &&
      check.integrator === row.integrator &&
      check.variates === row.variates,
  );
  const { instructions } = runner;
  const ceiling = instructions && issueCeiling(row.adapter, instructions);
  return {
    ...row,
    steps,
    spinStepsPerSecond: failed ? null : rate,
    ...(failed ? { reason: "the gate failed" } : {}),
    ...(ceiling && !failed ? { instructionsPerStep: instructions, issueShare: rate / ceiling } : {}),
  };
}

/** Times this machine: the gate first, then every row and twin in turn. */
export async function runBench(options: BenchOptions = {}): Promise<BenchResult> {
  const { seconds = 0.3, onProgress } = options;
  const repeats = Math.max(5, options.repeats ?? 5);
  const absent: { backend: string; reason: string }[] = [];
  const checks: GateCheck[] = [];
  const entries: Entry[] = [];
  try {
    for (const backend of backends) {
      if (options.backend && backend.name !== options.backend) continue;
      const availability = await backend.probe();
      if (availability.available) await prepareBackend(backend, availability, options, { checks, entries });
      else absent.push({ backend: backend.name, reason: availability.reason });
    }
    for (const twin of options.twins ?? [])
      entries.push({
        runner: twin,
        twin,
        row: {
          name: twin.name,
          backend: "twin",
          adapter: twin.adapter,
          integrator: twin.integrator,
          variates: twin.variates,
          threads: twin.threads,
          spins: twin.spins,
        },
      });
    const timings = await measure(
      entries.map((entry) => entry.runner),
      { seconds, repeats, progress: onProgress },
    );
    const results = entries.map((entry, i) => rowOf(entry, timings[i], checks));
    return {
      machine: await describeMachine(),
      gate: { passed: checks.length > 0 && checks.every((check) => check.passed), checks },
      results,
      ratios: ratiosOf(entries, results, timings),
      absent,
    };
  } finally {
    for (const { runner } of entries) await runner.close();
  }
}

/** The schemes that are timed: ours, and the customary one for comparison, unless the options name one. */
function schemesOf({ integrator, variates }: BenchOptions): [string, "dyadic" | "gaussian"][] {
  const customary = integrator !== undefined && integrator !== "splitting";
  if (integrator || variates)
    return [[integrator ?? "splitting", variates ?? (customary ? "gaussian" : "dyadic")]];
  return [
    ["splitting", "dyadic"],
    ["heun", "gaussian"],
  ];
}

/** One thread and all threads, if a backend divides its work over threads; otherwise there is no choice. */
function threadCounts(
  { threads }: Present,
  both: boolean,
  wanted: number | undefined,
): readonly (number | undefined)[] {
  if (threads === undefined) return [undefined];
  if (wanted !== undefined) return [wanted];
  return both && threads > 1 ? [1, threads] : [threads];
}

/** Statistics and physics against the bare loop, all threads against one, our rows against the twins. */
function ratiosOf(
  entries: readonly Entry[],
  results: readonly BenchRow[],
  timings: readonly { rates: readonly number[] }[],
): Ratio[] {
  const ratio = (name: string, i: number, k: number): Ratio => {
    const values = timings[i].rates.map((rate, round) => rate / timings[k].rates[round]);
    return { name, value: median(values), low: Math.min(...values), high: Math.max(...values) };
  };
  const like = (a: BenchRow, b: BenchRow): boolean =>
    a.backend === b.backend && a.integrator === b.integrator && a.variates === b.variates;
  const label = (row: BenchRow): string =>
    `${row.backend === "twin" ? row.name : `${row.backend} ${row.integrator} ${row.variates}`}${row.threads ? `, ${row.threads} thread${row.threads === 1 ? "" : "s"}` : ""}`;
  const found: Ratio[] = [];
  results.forEach((row, i) => {
    if (row.spinStepsPerSecond === null) return;
    results.forEach((other, k) => {
      if (other.spinStepsPerSecond === null) return;
      const twin = entries[k].twin;
      if (twin && row.backend !== "twin" && row.name === bare.name && twin.against(row))
        found.push(ratio(`${label(row)} : ${label(other)}`, i, k));
      else if (
        like(row, other) &&
        row.name !== bare.name &&
        other.name === bare.name &&
        row.threads === other.threads
      )
        found.push(ratio(`${label(row)}: bare loop : ${row.name}`, k, i));
      else if (like(row, other) && row.name === bare.name && row.name === other.name && other.threads === 1)
        if ((row.threads ?? 1) > 1) found.push(ratio(`${label(row)} : 1 thread`, i, k));
    });
  });
  return found;
}

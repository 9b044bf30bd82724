import type { BackendName } from "../../ensemble/kernel.ts";
import type { CompletedExperiment } from "../../experiment/schema.ts";
import type { PartObservation } from "./part.ts";
import type { Task } from "./task.ts";

/** The data of one share of a run: everything that a merge needs, as raw counts. */
export interface SpinShare extends Task {
  readonly format: typeof shareFormat;
  /** Version of the program that computed it. */
  readonly version: string;
  readonly experiment: CompletedExperiment;
  readonly backend: BackendName;
  readonly adapter: string;
  readonly precision: "float32" | "float64";
  /** Its spins, by their numbers in the whole. */
  readonly first: number;
  readonly count: number;
  readonly steps: { readonly count: number; readonly timeStep: number; readonly integrator: string };
  readonly wallSeconds: number;
  readonly deviceLosses: number;
  /** One part for every observable, then one for every window of Dynkin's formula. */
  readonly parts: readonly PartObservation[];
}

export const shareFormat = "spinsemble run share 1";

/** A share's file with its name; the share is null, with the reason, if it cannot be read. */
export interface NamedSpinShare {
  readonly name: string;
  readonly share: SpinShare | null;
  readonly reason?: string;
  /** The file is valid, but holds another share than its name says. */
  readonly isMisnamed?: boolean;
}

/** The run to which a share belongs. */
export type ShareOf = Pick<SpinShare, "version"> & {
  readonly experiment: CompletedExperiment;
};

/** Why a share does not belong to a run; undefined if it does. */
export function strangeSpins(share: ShareOf, { experiment, version }: ShareOf): string | undefined {
  if (share.version !== version) return `was computed by version ${share.version}, this is ${version}`;
  const [theirs, ours] = [share.experiment, experiment].map(
    (one) => one as unknown as Record<string, unknown>,
  );
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const other = keys.filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(ours[key]));
  return other.length > 0 ? `belongs to another experiment (${other.join(", ")} differ)` : undefined;
}

/**
 * Every reason why shares do not make up a run: another experiment, version, division or backend, a double or a missing
 * share. Each text begins with the file's name.
 */
export function problemsOfSpins(
  all: readonly NamedSpinShare[],
  unfinished: readonly Task[],
  run: ShareOf,
): string[] {
  const problems: string[] = [];
  const holders = new Map<number, string>();
  const [divisions, backends] = [new Map<number, string>(), new Map<string, string>()];
  for (const { name, share, reason } of all) {
    const strange = share ? strangeSpins(share, run) : reason;
    if (!share || strange) {
      problems.push(`${name} ${strange}`);
      continue;
    }
    divisions.set(share.of, name);
    backends.set(share.backend, name);
    const before = holders.get(share.share);
    if (before) problems.push(`share ${share.share} occurs twice: in ${before} and ${name}`);
    else holders.set(share.share, name);
  }
  const named = (found: ReadonlyMap<string | number, string>, word: string): string =>
    [...found].map(([which, name]) => `${word} ${which} (${name})`).join(", ");
  if (divisions.size > 1) problems.push(`shares of different divisions: ${named(divisions, "of")}`);
  if (backends.size > 1) problems.push(`shares of different backends: ${named(backends, "on")}`);
  if (all.length === 0 && unfinished.length === 0) problems.push("there is no share");
  for (const { share, of } of unfinished)
    if (!holders.has(share) || !divisions.has(of)) problems.push(`share ${share} of ${of} is not finished`);
  if (divisions.size === 1) {
    const [of] = divisions.keys();
    const begun = new Set(unfinished.flatMap((task) => (task.of === of ? [task.share] : [])));
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter(
      (share) => !holders.has(share) && !begun.has(share),
    );
    if (missing.length > 0)
      problems.push(
        `missing of ${of} shares: ${missing.slice(0, 20).join(", ")}${missing.length > 20 ? `, … (${missing.length} in all)` : ""}`,
      );
  }
  return problems;
}

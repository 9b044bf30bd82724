import type { BackendName } from "../ensemble/kernel.ts";
import { isObject } from "../experiment/plain-object.ts";
import type { Task } from "../run/share/task.ts";
import { pointsOfTask } from "../run/share/task.ts";
import type { PointRecord } from "./record.ts";

/** The first line of a share's file, which identifies its plan. Each further line is a point. */
export interface ShareHeader extends Task {
  readonly format: "spinsemble sweep share 1";
  readonly fingerprint: string;
  readonly version: string;
  /** Points of the whole sweep. */
  readonly points: number;
  readonly backend: BackendName | null;
  readonly adapter: string | null;
}

export interface ShareContent {
  readonly header: ShareHeader;
  readonly records: readonly PointRecord[];
  /** Length in bytes of the complete lines: a truncated last line does not count. */
  readonly wholeBytes: number;
  /** The first line that is not a point, counted from one; points before it are valid. */
  readonly damaged?: number;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether a line has all fields of a point that tables and certificates need. */
function isPoint(line: unknown): line is PointRecord {
  const { index, settings, values, units, tests, missing, reasons, outcome } = (line ??
    {}) as Partial<PointRecord>;
  return (
    Number.isInteger(index) &&
    [settings, values, units, tests].every(isObject) &&
    Array.isArray(missing) &&
    Array.isArray(reasons) &&
    typeof outcome === "string"
  );
}

/** The header of a share's file, its first line; null where there is none. */
export function headerOfShare(text: string): ShareHeader | null {
  const end = text.indexOf("\n");
  const header = end < 0 ? undefined : (parsed(text.slice(0, end)) as Partial<ShareHeader> | undefined);
  return header?.format === "spinsemble sweep share 1" ? (header as ShareHeader) : null;
}

/** The content of a share's file; null without a header. */
export function readShareFile(text: string): ShareContent | null {
  const header = headerOfShare(text);
  if (!header) return null;
  const end = text.lastIndexOf("\n") + 1;
  const lines = text.slice(0, end).split("\n").slice(0, -1);
  const records = lines.slice(1).map(parsed);
  // lines after a damaged one are not used either
  const whole = records.findIndex((record) => !isPoint(record));
  const good = whole < 0 ? lines.length : whole + 1;
  return {
    header,
    records: records.slice(0, good - 1) as PointRecord[],
    wholeBytes: new TextEncoder().encode(lines.slice(0, good).join("\n")).length + 1,
    ...(good < lines.length ? { damaged: good + 1 } : {}),
  };
}

export const shareName = ({ share, of }: Task): string => `share-${share}-of-${of}.jsonl`;
export const unfinished = (name: string): string => `${name}.part`;
/** The task of a share's file by its name, and whether it is finished; undefined for other files. */
export function taskOfName(name: string): (Task & { readonly isFinished: boolean }) | undefined {
  const found = /^share-(\d+)-of-(\d+)\.jsonl(\.part)?$/.exec(name);
  return found
    ? { share: Number(found[1]), of: Number(found[2]), isFinished: found[3] === undefined }
    : undefined;
}

/** Why a share's file does not belong to a plan, or is not the share that its name says; undefined if it is valid. */
export function strangeness(
  { fingerprint, version, share, of }: Pick<ShareHeader, "fingerprint" | "version" | "share" | "of">,
  plan: { readonly fingerprint: string },
  ownVersion: string,
  name: string,
): string | undefined {
  const named = taskOfName(name);
  if (named && (named.share !== share || named.of !== of))
    return `holds share ${share} of ${of} under another name`;
  if (fingerprint !== plan.fingerprint)
    return "belongs to another sweep (experiment, values or settings differ)";
  if (version !== ownVersion) return `was computed by version ${version}, this is ${ownVersion}`;
  return undefined;
}

/** Number of points of its task that a share lacks. */
export function lackingIn({ header, records }: ShareContent, points: number): number {
  const there = new Set(records.map(({ index }) => index));
  return pointsOfTask(header, points).filter((index) => !there.has(index)).length;
}

/** A share's file with its name. */
export interface NamedShare {
  readonly name: string;
  readonly content: ShareContent | null;
}

/**
 * The points of all shares in the order of the plan, or every reason why they do not make up the plan: shares of other
 * plans, versions, divisions or backends, missing or unfinished shares, double or missing points.
 */
export function mergeShares(
  plan: { readonly fingerprint: string; readonly points: readonly unknown[] },
  shares: readonly NamedShare[],
  version: string,
): { readonly records: readonly PointRecord[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const found = new Map<number, { record: PointRecord; name: string }>();
  const divisions = new Set<number>();
  const present = new Set<number>();
  const backends = new Map<string, string>();
  for (const { name, content } of shares) {
    if (!content) {
      problems.push(`${name} is empty or not a share of a sweep`);
      continue;
    }
    const strange = strangeness(content.header, plan, version, name);
    if (strange) {
      problems.push(`${name} ${strange}`);
      continue;
    }
    if (content.damaged !== undefined)
      problems.push(`${name} is damaged from line ${content.damaged} on; the share computes it again`);
    divisions.add(content.header.of);
    present.add(content.header.share);
    if (content.header.backend) backends.set(content.header.backend, name);
    if (taskOfName(name)?.isFinished === false)
      problems.push(
        `${name}: share ${content.header.share} is not finished, it has ${content.records.length} points`,
      );
    else if (content.damaged === undefined) {
      const lacking = lackingIn(content, plan.points.length);
      if (lacking > 0) problems.push(`${name} lacks ${lacking} of its points; the share computes them again`);
    }
    for (const record of content.records) {
      const before = found.get(record.index);
      if (!before) found.set(record.index, { record, name });
      else if (before.name !== name || JSON.stringify(before.record) !== JSON.stringify(record))
        problems.push(`point ${record.index} occurs twice: in ${before.name} and ${name}`);
    }
  }
  if (divisions.size > 1)
    problems.push(`shares of different divisions: ${[...divisions].map((of) => `of ${of}`).join(", ")}`);
  if (backends.size > 1) problems.push(`shares of different backends: ${onBackends(backends)}`);
  if (shares.length === 0) problems.push("there is no share");
  else if (divisions.size === 1) {
    const [of] = divisions;
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter((share) => !present.has(share));
    if (missing.length > 0) problems.push(`missing of ${of} shares: ${listed(missing)}`);
  }
  const missing = plan.points.flatMap((_, index) => (found.has(index) ? [] : [index]));
  if (missing.length > 0 && problems.length === 0) problems.push(`missing points: ${listed(missing)}`);
  const records = plan.points.flatMap((_, index) => found.get(index)?.record ?? []);
  return { records, problems: [...new Set(problems)].slice(0, 50) };
}

const onBackends = (found: ReadonlyMap<string, string>): string =>
  [...found].map(([backend, name]) => `on ${backend} (${name})`).join(", ");

const listed = (numbers: readonly number[]): string =>
  `${numbers.slice(0, 20).join(", ")}${numbers.length > 20 ? `, … (${numbers.length} in all)` : ""}`;

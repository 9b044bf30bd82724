import {
  closeSync,
  createWriteStream,
  existsSync,
  ftruncateSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BackendName } from "../ensemble/kernel.ts";
import type { Result } from "../result.ts";
import type { Task } from "../run/share/task.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import type { PointRecord } from "../sweep/record.ts";
import type { NamedShare, ShareHeader } from "../sweep/share-file.ts";
import {
  headerOfShare,
  lackingIn,
  readShareFile,
  shareName,
  strangeness,
  taskOfName,
  unfinished,
} from "../sweep/share-file.ts";
import { version } from "../version.ts";
import { UsageError } from "./exit.ts";
import { makeFolder } from "./make-folder.ts";
import { openAnew, openForMore, requireNoLink, textOfOwn } from "./own-file.ts";
import { written } from "./written.ts";

/**
 * A share's file while it is written: one line for each point, so that a killed process loses only the points that are being computed.
 */
export interface OpenShare {
  /** Points that were finished before. */
  readonly records: readonly PointRecord[];
  add(record: PointRecord, result?: Result): Promise<void>;
  /** Gives the file its final name. */
  finish(): Promise<void>;
  /** Closes the unfinished file, so that it can be continued later. */
  close(): Promise<void>;
}

const sharesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => taskOfName(name) !== undefined) : [];

const read = (folder: string, name: string): NamedShare => ({
  name,
  content: readShareFile(textOfOwn(join(folder, name))),
});

/**
 * Checks that a folder is free for an undivided sweep.
 * @throws UsageError if the folder has shares of a divided one.
 */
export function requireUndivided(folder: string): void {
  const divided = sharesIn(folder).find((name) => taskOfName(name)?.of !== 1);
  if (divided)
    throw new UsageError(
      `${folder} holds ${divided}: --merge combines the shares, --task i/N continues one; otherwise choose another --out`,
    );
}

/** The backend of the points in a file, finished or not; null if there is no file or no ensemble. */
export function backendIn(folder: string, name: string): BackendName | null {
  const found = [name, unfinished(name)].find((one) => existsSync(join(folder, one)));
  return (found && headerOfShare(textOfOwn(join(folder, found)))?.backend) || null;
}

/** The backend of the shares in a folder (all have the same one). */
export function backendOfShares(folder: string): BackendName | null {
  const [first] = sharesIn(folder);
  return first === undefined ? null : backendIn(folder, first);
}

/** Every share in a folder. */
export const sharesOf = (folder: string): NamedShare[] => sharesIn(folder).map((name) => read(folder, name));

/**
 * The points of a finished share, or undefined if it is not finished.
 * @throws UsageError if it is of another plan or version.
 */
export function finishedShare(
  folder: string,
  task: Task,
  plan: SweepPlan,
  name: string = shareName(task),
): readonly PointRecord[] | undefined {
  if (!existsSync(join(folder, name))) return undefined;
  const { content } = read(folder, name);
  const path = join(folder, name);
  if (!content)
    throw new UsageError(
      `${path} is no share of a sweep; delete it to have its points computed again, or choose another --out`,
    );
  const strange = strangeness(content.header, plan, version, name);
  if (strange) throw new UsageError(`${path} ${strange}; choose another --out`);
  const isCut = name === shareName(task) && lackingIn(content, plan.points.length) > 0;
  if (content.damaged !== undefined || isCut) {
    // a damaged share is continued from its valid lines
    renameSync(path, join(folder, unfinished(name)));
    return undefined;
  }
  return content.records;
}

/** Those of the points that have no line in a share yet. */
export function missingOf({ records }: OpenShare, indices: Iterable<number>): readonly number[] {
  const done = new Set(records.map(({ index }) => index));
  return [...indices].filter((index) => !done.has(index));
}

const remedy = "finished points are kept: free some disk space, then the same command continues the sweep";

/** Opens a share to continue it: complete lines stay, a line that was cut off is removed. */
export async function openShare(
  folder: string,
  header: ShareHeader,
  plan: SweepPlan,
  name: string = shareName(header),
): Promise<OpenShare> {
  await makeFolder(folder);
  const path = join(folder, unfinished(name));
  let records: readonly PointRecord[] = [];
  let isNew = true;
  const file = openForMore(path);
  try {
    const { content } = read(folder, unfinished(name));
    const strange = content && strangeness(content.header, plan, version, name);
    if (strange) throw new UsageError(`${path} ${strange}; choose another --out`);
    ftruncateSync(file, content?.wholeBytes ?? 0);
    records = content?.records ?? [];
    isNew = content === null;
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const stream = createWriteStream(path, { fd: file });
  const write = (line: unknown): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(`${JSON.stringify(line)}\n`, (error) => (error ? reject(error) : resolve()));
    });
  const close = (): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.on("error", reject);
      stream.end(resolve);
    });
  stream.on("error", () => undefined);
  if (isNew) await written(write(header), path, remedy);
  return {
    records,
    async add(record, result) {
      // write the result first, so that every point that has a line has its result
      if (result) await written(writePoint(folder, record, result), join(folder, "points"), remedy);
      await written(write(record), path, remedy);
    },
    async finish() {
      await written(close(), path, remedy);
      renameSync(path, join(folder, name));
    },
    close,
  };
}

/** Writes points/000012.json, which appears complete or not at all. */
async function writePoint(folder: string, { index }: PointRecord, result: Result): Promise<void> {
  const place = join(folder, "points");
  requireNoLink(place);
  await makeFolder(place);
  const path = join(place, `${String(index).padStart(6, "0")}.json`);
  const draft = `${path}.part`;
  const file = openAnew(draft);
  try {
    try {
      writeFileSync(file, `${JSON.stringify(result)}\n`);
    } finally {
      closeSync(file);
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

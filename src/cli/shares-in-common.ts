import { closeSync, existsSync, linkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BackendName } from "../ensemble/kernel.ts";
import type { Task } from "../run/share/task.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import type { ShareHeader } from "../sweep/share-file.ts";
import { strangeness } from "../sweep/share-file.ts";
import { UsageError } from "./exit.ts";
import { openAnew, textOfOwn } from "./own-file.ts";
import { written } from "./written.ts";

/**
 * Shares can be merged only if they agree in these. The first share writes them into a file, so that later ones need not list the folder.
 */
type InCommon = Pick<ShareHeader, "of" | "fingerprint" | "version" | "backend">;

const file = "shares.json";

function read(folder: string): InCommon | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const damaged = `${path} is damaged: delete it`;
  try {
    const held = JSON.parse(textOfOwn(path)) as InCommon | null;
    if (typeof held?.of !== "number" || typeof held.fingerprint !== "string") throw new UsageError(damaged);
    return held;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(damaged);
    throw error;
  }
}

/**
 * The backend of the shares that were started in a folder; null if there are none.
 * @throws UsageError if the share of this task could not be merged with them: they are of another division, sweep or version.
 */
export function backendInCommon(
  folder: string,
  task: Task,
  plan: SweepPlan,
  version: string,
): BackendName | null {
  const common = read(folder);
  if (!common) return null;
  const strange =
    common.of === task.of
      ? strangeness({ ...common, ...task }, plan, version, file)
      : `is of ${common.of} shares, not of ${task.of}`;
  if (strange)
    throw new UsageError(
      `${join(folder, file)} ${strange}: this share could not be merged with those of the folder; choose another --out`,
    );
  return common.backend;
}

/** @throws UsageError if the backend that is asked for is not the one that `what` was simulated on. */
export function requireBackend(
  what: string,
  asked: BackendName | "auto" | undefined,
  before: BackendName | null,
): void {
  if (before && asked && asked !== "auto" && asked !== before)
    throw new UsageError(
      `${what} simulated on ${before}, not on ${asked}: choose --backend ${before}, or another --out`,
    );
}

/** Writes the file of what the shares of a folder have in common, if it does not exist yet. */
export async function keepInCommon(folder: string, header: ShareHeader): Promise<void> {
  const path = join(folder, file);
  if (existsSync(path)) return;
  await written(
    placed(path, header),
    path,
    "nothing was computed: free some disk space, then start the same command again",
  );
}

async function placed(
  path: string,
  { of, fingerprint, version, backend, share }: ShareHeader,
): Promise<void> {
  const own = `${path}.${share}`;
  const opened = openAnew(own);
  try {
    writeFileSync(opened, `${JSON.stringify({ of, fingerprint, version, backend } satisfies InCommon)}\n`);
    // the file appears complete, and only one share writes it if several start at once
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(opened);
    rmSync(own);
  }
}

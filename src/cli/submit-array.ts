import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import type { ArrayJob } from "../run/share/slurm.ts";
import { arrayScript, mergeScript } from "../run/share/slurm.ts";
import { listening } from "./interrupts.ts";
import { makeFolder } from "./make-folder.ts";
import { requireNoLink } from "./own-file.ts";
import { writeFolder } from "./write-result.ts";

const submit = (...words: string[]): Promise<string> =>
  new Promise((done, fail) => {
    execFile("sbatch", ["--parsable", ...words], (error, out, said) => {
      if (!error) done(out.trim().split(";")[0]);
      else fail(Object.assign(new Error(said.trim() || error.message), { code: error.code }));
    });
  });

/** Flags that are passed on to every share. */
export const passedOn = ({
  set,
  seed,
  ensemble,
  backend,
  force,
}: {
  readonly set: readonly string[];
  readonly seed?: string;
  readonly ensemble?: string;
  readonly backend?: string;
  readonly force?: boolean;
}): string[] => [
  ...set.flatMap((one) => ["--set", one]),
  ...(seed === undefined ? [] : ["--seed", seed]),
  ...(ensemble === undefined ? [] : ["--ensemble", ensemble]),
  ...(backend === undefined || backend === "auto" ? [] : ["--backend", backend]),
  ...(force ? ["--force"] : []),
];

/**
 * Writes array.sbatch and merge.sbatch into the folder, and submits both where there is an sbatch. Prints what was done. A first signal
 * takes effect after that, so that neither of two jobs is submitted alone.
 */
export const submitArray = (job: ArrayJob): Promise<string> =>
  listening("stopping when both jobs are submitted (again: quit at once)", () => submitted(job));

async function submitted(job: ArrayJob): Promise<string> {
  const folder = resolve(job.folder);
  await makeFolder(folder);
  const [array, merge] = ["array.sbatch", "merge.sbatch"].map((name) => join(folder, name));
  for (const path of [array, merge]) requireNoLink(path);
  const remedy = "nothing was submitted: free some disk space, then start the same command again";
  const scripts = {
    "array.sbatch": arrayScript({ ...job, folder }),
    "merge.sbatch": mergeScript({ ...job, folder }),
  };
  await writeFolder(folder, scripts, remedy);
  let id: string;
  try {
    id = await submit(array);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return `wrote ${array} and ${merge}; sbatch was not found. On a machine that has it, run
  sbatch --dependency=afterany:$(sbatch --parsable ${array}) ${merge}`;
  }
  const merging = await submit(`--dependency=afterany:${id}`, merge);
  return `submitted array job ${id} of ${job.tasks} tasks and its merge job ${merging}; results will be in ${folder}`;
}

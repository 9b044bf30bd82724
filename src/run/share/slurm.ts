/** Data for the scripts of the array job and the merge job. */
export interface ArrayJob {
  readonly name: string;
  readonly tasks: number;
  /** Words of the command that runs one share; the merge job runs it with `--merge`. */
  readonly command: readonly string[];
  /** Folder of the logs. */
  readonly folder: string;
  readonly coresPerTask: number;
  /** Whether every task needs its own GPU. */
  readonly gpu: boolean;
}

/** One word of a shell's command line. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;

/** A word of an #SBATCH line, which has its own quoting rules. */
const directive = (text: string): string =>
  /[\s'"\\]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : text;
const line = (words: readonly string[]): string => words.map(shellWord).join(" ");
const jobName = (name: string): string =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60) || "spinsemble";

/**
 * The array job: one share a task. A preempted or requeued task continues from its share's file and loses only the work
 * after its last line or checkpoint.
 */
export const arrayScript = ({
  name,
  tasks,
  command,
  folder,
  coresPerTask,
  gpu,
}: ArrayJob): string => `#!/bin/bash
#SBATCH --job-name=${jobName(name)}
#SBATCH --array=1-${tasks}
#SBATCH --cpus-per-task=${coresPerTask}
${gpu ? "#SBATCH --gres=gpu:1\n" : ""}#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${directive(`${folder}/slurm-%A_%a.txt`)}
# add what your cluster needs: --partition, --account, --time, --mem
exec ${line(command)} --task "$SLURM_ARRAY_TASK_ID/${tasks}" --threads "\${SLURM_CPUS_PER_TASK:-${coresPerTask}}"
`;

/** The job that runs after the end of the array, successful or not: it merges, or reports which shares are missing. */
export const mergeScript = ({ name, command, folder }: ArrayJob): string => `#!/bin/bash
#SBATCH --job-name=${jobName(name)}-merge
#SBATCH --output=${directive(`${folder}/slurm-merge-%j.txt`)}
exec ${line(command)} --merge
`;

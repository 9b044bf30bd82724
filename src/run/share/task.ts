/** One of several shares of a sweep or of a run, counted from 1. */
export interface Task {
  readonly share: number;
  readonly of: number;
}

/** All of it as one share. */
export const undivided: Task = { share: 1, of: 1 };

/** Most shares of one sweep or run. */
export const mostShares = 100_000;

/** Reads "3/8". @throws RangeError with the rule. */
export function readTask(text: string): Task {
  const found = /^(\d+)\/(\d+)$/.exec(text.trim());
  const [share, of] = [Number(found?.[1]), Number(found?.[2])];
  if (!(of >= 1 && of <= mostShares && share >= 1 && share <= of))
    throw new RangeError(`--task must be i/N with 1 ≤ i ≤ N ≤ ${mostShares}, got ${text}`);
  return { share, of };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The share for a task of a scheduler's array job; undefined outside of one. Slurm, Grid Engine and LSF give the number
 * of tasks; PBS does not, and needs `--task`. @throws RangeError in an array whose tasks do not correspond to shares,
 * because otherwise each of them would run all points.
 */
export function taskOfArray(environment: Environment): Task | undefined {
  const number = (name: string): number | undefined => {
    const text = environment[name];
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  };
  const made = (index: number, first: number, step: number, of: number): Task => {
    const share = (index - first) / step + 1;
    if (!(Number.isInteger(share) && share >= 1 && share <= of))
      throw new RangeError(
        `task ${index} of an array that is not evenly spaced has no share; add --task i/N`,
      );
    if (of === 1 && index !== 1)
      throw new RangeError(`an array of task ${index} alone does not say of how many; add --task ${index}/N`);
    return { share, of };
  };
  const slurm = number("SLURM_ARRAY_TASK_ID");
  if (slurm !== undefined) {
    const first = number("SLURM_ARRAY_TASK_MIN") ?? slurm;
    const of = number("SLURM_ARRAY_TASK_COUNT") ?? 1;
    const last = number("SLURM_ARRAY_TASK_MAX") ?? first;
    const step = of > 1 ? (last - first) / (of - 1) : 1;
    return made(slurm, first, step, of);
  }
  const engine = number("SGE_TASK_ID");
  if (engine !== undefined) {
    const first = number("SGE_TASK_FIRST") ?? engine;
    const step = number("SGE_TASK_STEPSIZE") ?? 1;
    return made(engine, first, step, Math.floor(((number("SGE_TASK_LAST") ?? engine) - first) / step) + 1);
  }
  const lsf = number("LSB_JOBINDEX");
  const end = number("LSB_JOBINDEX_END");
  if (lsf !== undefined && lsf > 0 && end !== undefined) {
    const step = number("LSB_JOBINDEX_STEP") ?? 1;
    return made(lsf, 1, step, Math.floor((end - 1) / step) + 1);
  }
  const pbs = ["PBS_ARRAY_INDEX", "PBS_ARRAYID"].find((name) => number(name) !== undefined);
  if (pbs) throw new RangeError(`PBS does not say how many tasks an array has; add --task "$${pbs}/N"`);
  return undefined;
}

/** The points of a share: every N-th, because neighbouring points cost about the same. */
export const pointsOfTask = ({ share, of }: Task, count: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((count - share + 1) / of)) }, (_, i) => share - 1 + i * of);

/** The spins of a share of one run: a range of consecutive numbers, equally long for all shares up to one spin. */
export function spinsOfTask({ share, of }: Task, spins: number): { first: number; count: number } {
  const from = (i: number): number => Math.floor((i * spins) / of);
  return { first: from(share - 1), count: from(share) - from(share - 1) };
}

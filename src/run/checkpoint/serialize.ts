import { checkExperiment } from "../../observables/experiment.ts";
import { experimentHash } from "../experiment-hash.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ByteReader } from "./format.ts";
import { CheckpointError, decode, encode, inMemory } from "./format.ts";

/** Hashes of everything that a state belongs to, one for each part, so that an error can name the changed part. */
interface Seal {
  readonly experiment: string;
  readonly run: string;
}

/** The other part is hashed together with the experiment, so that a part of another checkpoint does not fit. */
async function sealOf({ version, backend, experiment, steps, state }: Checkpoint): Promise<Seal> {
  const own = await experimentHash(experiment);
  const run = await experimentHash({ own, version, backend, steps, step: state?.snapshot?.step ?? null });
  return { experiment: own, run };
}

/** The bytes of a checkpoint, piece by piece. */
export async function* encodeCheckpoint(checkpoint: Checkpoint): AsyncGenerator<Uint8Array> {
  yield* encode({ ...checkpoint, seal: await sealOf(checkpoint) });
}

/** Throws CheckpointError where parts of a checkpoint contradict each other, as after a change of one of them by hand. */
async function requireWhole(checkpoint: Checkpoint, seal: Seal | undefined): Promise<void> {
  const { steps, state } = checkpoint;
  const own = await sealOf(checkpoint);
  if (seal?.experiment !== own.experiment)
    throw new CheckpointError("its experiment is not the one whose hash it holds");
  if (seal.run !== own.run)
    throw new CheckpointError("its backend, version or steps are not those whose hash it holds");
  if (steps !== null && state === null)
    throw new CheckpointError("it holds the steps of a run that has begun, and no state");
  const step = state?.snapshot.step ?? 0;
  if (state !== null && !(steps !== null && Number.isSafeInteger(step) && step >= 0 && step <= steps.count))
    throw new CheckpointError(`its state is of step ${step} of ${steps?.count ?? "no"} steps`);
}

/**
 * The checkpoint of these bytes. Throws CheckpointError with the reason where they are foreign, truncated or corrupt, or where its parts
 * contradict each other.
 */
export async function decodeCheckpoint(bytes: Uint8Array | ByteReader): Promise<Checkpoint> {
  const found = await decode(bytes instanceof Uint8Array ? inMemory(bytes) : bytes);
  const { seal, ...checkpoint } = (found ?? {}) as Checkpoint & { readonly seal?: Seal };
  const { experiment, version, backend, state, steps } = checkpoint;
  const checked = checkExperiment(experiment);
  if (typeof version !== "string" || typeof backend !== "string" || !checked.ok)
    throw new CheckpointError("it holds no experiment of this version");
  if (state === undefined || steps === undefined) throw new CheckpointError("it holds no state");
  await requireWhole(checkpoint, seal);
  return checkpoint;
}

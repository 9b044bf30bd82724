import { checkExperiment } from "../../observables/experiment.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ByteReader } from "./format.ts";
import { CheckpointError, decode, encode, inMemory } from "./format.ts";

/** The bytes of a checkpoint, piece by piece. */
export const encodeCheckpoint = (checkpoint: Checkpoint): AsyncGenerator<Uint8Array> => encode(checkpoint);

/**
 * The checkpoint of these bytes. Throws CheckpointError with the reason where they are foreign, truncated or corrupt.
 */
export async function decodeCheckpoint(bytes: Uint8Array | ByteReader): Promise<Checkpoint> {
  const found = await decode(bytes instanceof Uint8Array ? inMemory(bytes) : bytes);
  const { experiment, version, backend } = (found ?? {}) as Partial<Checkpoint>;
  const checked = checkExperiment(experiment);
  if (typeof version !== "string" || typeof backend !== "string" || !checked.ok)
    throw new CheckpointError("it holds no experiment of this version");
  return found as Checkpoint;
}

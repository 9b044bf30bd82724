import { expect, it } from "vitest";
import type { Checkpoint } from "../../src/run/checkpoint/checkpoint.ts";
import { decode, encode, inMemory } from "../../src/run/checkpoint/format.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/run/checkpoint/serialize.ts";
import { run } from "../../src/run/run.ts";

/* Checkpoints that were changed and whose checksums were made again: their parts do not belong together. */

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Uint8Array.from(all.flatMap((piece) => [...piece]));
}

const made: Checkpoint[] = [];
await run(
  {
    magnet: { delta: 4, alpha: 0.2 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    ensemble: 20,
    compare: "none",
    time: { duration: 1, step: 0.1 },
  },
  {
    backend: "reference",
    checkpoint: {
      every: 0,
      save(checkpoint) {
        made.push(structuredClone(checkpoint));
      },
    },
  },
);
const [first, last] = [made[0], made[made.length - 1]];
const bytes = await joined(encodeCheckpoint(last));

/** The same bytes with parts changed, and the checksums made again. */
const forged = async (changes: object): Promise<Uint8Array> =>
  joined(encode({ ...((await decode(inMemory(bytes))) as object), ...changes }));

const { experiment, state, steps } = last;

it("what was not changed is taken, also of a run that has not begun", async () => {
  expect(first.state).toBeNull();
  expect(await decodeCheckpoint(await forged({}))).toEqual(last);
  expect(await decodeCheckpoint(await joined(encodeCheckpoint(first)))).toEqual(first);
});

it.each([
  ["the name of another backend", { backend: "wasm" }, /backend, version or steps are not those/],
  ["another version", { version: "0.0.9" }, /backend, version or steps are not those/],
  ["other steps", { steps: { ...steps, count: 11 } }, /backend, version or steps are not those/],
  [
    "another damping",
    { experiment: { ...experiment, magnet: { ...experiment.magnet, alpha: 0.1 } } },
    /experiment is not the one whose hash/,
  ],
  ["another seed", { experiment: { ...experiment, seed: 99 } }, /experiment is not the one whose hash/],
  ["no state", { state: null }, /backend, version or steps are not those/],
  ["no state at all", { state: undefined }, /holds no state/],
  ["no hashes", { seal: undefined }, /experiment is not the one whose hash/],
  [
    "the step of another state",
    { state: { ...state, snapshot: { ...state?.snapshot, step: 3 } } },
    /backend, version or steps are not those/,
  ],
])("%s is refused", async (_, changes, reason) => {
  await expect(decodeCheckpoint(await forged(changes))).rejects.toThrow(reason);
});

it.each([
  ["steps without a state", { state: null }, /and no state/],
  ["a state beyond the last step", { steps: steps && { ...steps, count: 1 } }, /is of step \d+ of 1 steps/],
])("%s are refused though their hashes were made again", async (_, changes, reason) => {
  const wrong = await joined(encodeCheckpoint({ ...last, ...changes }));
  await expect(decodeCheckpoint(wrong)).rejects.toThrow(reason);
});

import { describe, expect, it } from "vitest";
import type { Result } from "../../src/result.ts";
import type { Checkpoint } from "../../src/run/checkpoint/checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/run/checkpoint/serialize.ts";
import { differences } from "../../src/run/differences.ts";
import { run } from "../../src/run/run.ts";
import { backends } from "../laws/backends.ts";

/*
 * A run that goes on from a checkpoint gives the result of the uninterrupted run to the bit, but for times and threads.
 */

const experiment = {
  // what is held against what is the same either way; Dynkin's formula is gathered all the same
  compare: "none",
  magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 2.5e4, anisU: [0, 0, 1] }],
  ensemble: 150,
  seed: 11,
  time: { duration: 1.5e-9, step: 5e-12, integrator: "splitting" },
  observables: [
    { type: "moments", times: 7 },
    { type: "histogram", of: "mz", bins: 8, times: 3 },
    { type: "dwell", up: "mz > 0.3", down: "mz < -0.3" },
    { type: "firstPassage", until: "mz < 0" },
    { type: "spectrum", of: "mz", sampleEvery: 1e-10 },
    { type: "trajectory", spins: 2, every: 1e-10 },
    { type: "entropyProduction", times: 2 },
  ],
};

/** Without what no two runs share. */
const lasting = (result: Result): unknown =>
  JSON.parse(
    JSON.stringify(result, (key, value) =>
      ["adapter", "choice", "wallSeconds", "spinStepsPerSecond", "seconds"].includes(key) ? undefined : value,
    ),
  );

async function bytesOf(checkpoint: Checkpoint): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeCheckpoint(checkpoint)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** Its rare event is counted by splitting after the last step of the ensemble. */
const rare = {
  compare: "none",
  magnet: { delta: 4, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: 512,
  time: { duration: 2, step: 0.1 },
  observables: [
    { type: "moments", times: 2 },
    { type: "rareEvent", event: "mz < 0" },
  ],
};
const plain = (result: Result): unknown => JSON.parse(JSON.stringify(result));

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined)(
    "counts a rare event again to the bit, before and after the last step",
    async () => {
      const made: Uint8Array[] = [];
      const save = async (checkpoint: Checkpoint): Promise<void> => {
        made.push(await bytesOf(checkpoint));
      };
      const options = { backend: backend.name, threads: 1 };
      const whole = await run(rare, { ...options, checkpoint: { every: 0, save } });
      const [, event] = whole.observables;
      expect(event.type === "rareEvent" && event.probability?.value).toBeGreaterThan(0);
      // that every backend goes on after its last step is seen below
      const chosen = backend.name === "wasm" ? [made.length >> 1, made.length - 1] : [made.length >> 1];
      for (const at of chosen) {
        const resume = await decodeCheckpoint(made[at]);
        const resumed = await run(resume.experiment, { threads: 2, resume });
        expect(differences(plain(whole), plain(resumed))).toEqual([]);
      }
    },
  );
});

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined)("goes on from any checkpoint to the same result", async () => {
    const made: Uint8Array[] = [];
    const save = async (checkpoint: Checkpoint): Promise<void> => {
      made.push(await bytesOf(checkpoint));
    };
    const options = { backend: backend.name, threads: 1 };
    const whole = lasting(await run(experiment, { ...options, checkpoint: { every: 0, save } }));
    expect(made.length).toBeGreaterThan(4);
    // before the first step, somewhere on the way, and after the last
    const chosen = [0, made.length >> 1, made.length - 1];
    for (const at of chosen) {
      const resume = await decodeCheckpoint(made[at]);
      expect(lasting(await run(resume.experiment, { threads: 2, resume }))).toEqual(whole);
    }
  });
});

/** A rate takes thousands of short stages, so the quickest backend counts it; events at the end are counted again on all. */
it("a rate is counted again to the bit", async () => {
  const lifetime = { type: "rareEvent", until: "mz < -0.5", islands: 8 };
  const asked = {
    ...rare,
    ensemble: 1024,
    time: { duration: 2, step: 0.2 },
    observables: [{ type: "moments", times: 2 }, lifetime],
  };
  const made: Uint8Array[] = [];
  const save = async (checkpoint: Checkpoint): Promise<void> => {
    made.push(await bytesOf(checkpoint));
  };
  const options = { backend: "wasm", threads: 1 } as const;
  const whole = await run(asked, { ...options, checkpoint: { every: 0, save } });
  const [, found] = whole.observables;
  expect(found.type === "rareEvent" && found.rate?.value).toBeGreaterThan(0);
  const resume = await decodeCheckpoint(made[made.length >> 1]);
  const resumed = await run(resume.experiment, { threads: 2, resume });
  expect(differences(plain(whole), plain(resumed))).toEqual([]);
});

describe("a checkpoint", () => {
  const made: Checkpoint[] = [];
  const stopped = async (): Promise<Checkpoint> => {
    if (made.length > 0) return made[made.length - 1];
    const stop = new AbortController();
    const save = (checkpoint: Checkpoint): void => void made.push(checkpoint);
    const result = await run(experiment, {
      backend: "reference",
      threads: 1,
      signal: stop.signal,
      checkpoint: { save },
      onProgress: ({ step }) => step > 100 && stop.abort(),
    });
    expect(result.outcome).toBe("stopped");
    return made[made.length - 1];
  };

  it("is made when a run is stopped", async () => {
    const { state } = await stopped();
    expect(state?.snapshot.step).toBeGreaterThan(100);
    expect(state?.snapshot.step).toBeLessThan(300);
  });

  it("comes back from its bytes as it was", async () => {
    const checkpoint = await stopped();
    expect(await decodeCheckpoint(await bytesOf(checkpoint))).toEqual(checkpoint);
    const odd = { ...checkpoint, odd: [-0, Number.NaN, Number.NEGATIVE_INFINITY, 0.1, 5e-324] };
    const back = (await decodeCheckpoint(await bytesOf(odd))) as typeof odd;
    expect(back.odd.every((value, i) => Object.is(value, odd.odd[i]))).toBe(true);
  });

  it("is refused where a bit of it has changed, or its end is missing", async () => {
    const bytes = await bytesOf(await stopped());
    for (let i = 0; i < 40; i++) {
      const at = (i * 7919 * 31) % bytes.length;
      const spoiled = bytes.slice();
      spoiled[at] ^= 1 << (i % 8);
      await expect(decodeCheckpoint(spoiled), `byte ${at}`).rejects.toThrow(
        /corrupt|truncated|not a checkpoint|format/,
      );
      await expect(decodeCheckpoint(bytes.slice(0, at))).rejects.toThrow("truncated");
    }
    await expect(decodeCheckpoint(Uint8Array.of(...bytes, 0))).rejects.toThrow("more bytes");
    await expect(decodeCheckpoint(new TextEncoder().encode("PK\x03\x04 something else"))).rejects.toThrow(
      "not a checkpoint",
    );
  });

  it("is refused by another experiment, backend or version", async () => {
    const resume = await stopped();
    const other = { ...experiment, seed: 12 };
    await expect(run(other, { resume })).rejects.toThrow("another experiment");
    await expect(run(experiment, { resume, backend: "wasm" })).rejects.toThrow("backend reference");
    await expect(run(experiment, { resume: { ...resume, version: "0.0.1" } })).rejects.toThrow(
      "version 0.0.1",
    );
  });
});

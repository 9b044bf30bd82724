import { describe, expect, it } from "vitest";
import { filled, inPieces } from "../../../src/ensemble/initial/pieces.ts";

/** A filling whose spins take so many ms each, by their numbers. */
function slow(ms: (spin: number) => number) {
  return (first: number, count: number) => {
    for (let i = first; i < first + count; i++)
      for (const began = performance.now(); performance.now() - began < ms(i); );
    return { state: [Float64Array.from({ length: count }, (_, i) => first + i)], parameters: [] };
  };
}

describe("a filling in pieces", () => {
  it("lets the thread hear a stop while spins take long each", async () => {
    let isStopped = false;
    setTimeout(() => {
      isStopped = true;
    }, 20);
    let done = 0;
    const work = inPieces(
      slow(() => 30),
      0,
      1000,
      (_, { state }) => {
        done += state[0].length;
        if (isStopped) throw new Error("stopped");
      },
    );
    await expect(work).rejects.toThrow("stopped");
    expect(done).toBeLessThan(6);
  });

  it("is the filling itself, whether spins take long or not", async () => {
    const spins = 100_000;
    const { state } = await filled(
      slow((spin) => (spin % 20_000 === 5 ? 30 : 0)),
      7,
      spins,
    );
    expect(state[0]).toEqual(Float64Array.from({ length: spins }, (_, i) => 7 + i));
  });
});

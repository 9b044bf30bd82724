import { describe, expect, it } from "vitest";
import {
  filled,
  inPieces,
  laterSpins,
  parametersAlone,
  stoppable,
} from "../../../src/ensemble/initial/pieces.ts";
import type { Filling, Kernel } from "../../../src/ensemble/kernel.ts";
import { reference } from "../../../src/ensemble/reference/index.ts";
import { wasm } from "../../../src/ensemble/wasm/index.ts";
import { variable } from "../../../src/expression/expression.ts";

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

  it("is stopped on a backend by a signal, also while what all draws need is prepared", async () => {
    const kernel: Kernel = {
      spins: 1000,
      seed: 1,
      state: ["x"],
      parameters: [],
      variates: "none",
      timeStep: 1,
      step: [variable("x")],
      refresh: [variable("x")],
      watch: [],
      events: [],
      views: {},
    };
    for (const backend of [wasm, reference]) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Error("enough")), 20);
      let last = 0;
      const filling = slow((spin) => {
        last = spin;
        return 2;
      });
      const prepared = backend.prepare(kernel, stoppable(filling, stop.signal), { threads: 1 });
      await expect(prepared).rejects.toThrow("enough");
      expect(last).toBeLessThan(999);
    }
    let parts = 0;
    const stop = new AbortController();
    const prepare = async (pause: () => Promise<void>): Promise<void> => {
      for (; parts < 5; parts++) {
        if (parts === 2) stop.abort(new Error("enough"));
        await pause();
      }
    };
    const filling = Object.assign(
      slow(() => 0),
      { prepare },
    );
    await expect(filled(stoppable(filling, stop.signal), 0, 1)).rejects.toThrow("enough");
    expect(parts).toBe(2);
  });

  it("gives the parameters alone by themselves, also of later spins", () => {
    const parameters = (first: number, count: number) => [
      Float64Array.from({ length: count }, (_, i) => first + i),
    ];
    const refusing = (): never => {
      throw new Error("nobody asked where spins begin");
    };
    const filling = Object.assign(refusing as Filling, { parameters });
    expect(parametersAlone(laterSpins(stoppable(filling, undefined), 7), 2, 2)).toEqual([
      Float64Array.of(9, 10),
    ]);
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

import { describe, expect, it } from "vitest";
import {
  dyadic as emitDyadic,
  gaussianPair as emitPair,
  sfc32 as emitSfc32,
  philox,
  seedStreams,
  type Words,
} from "../../../src/ensemble/wasm/streams.ts";
import type { Code } from "../../../src/expression/webassembly/binary.ts";
import { FunctionBuilder } from "../../../src/expression/webassembly/function.ts";
import { i32, v128 } from "../../../src/expression/webassembly/instructions.ts";
import { assembleModule } from "../../../src/expression/webassembly/module.ts";
import { seedStream } from "../../../src/random/streams.ts";
import { dyadic, gaussianPair } from "../../../src/random/variates.ts";

/** The memory after running code that stores its results itself. */
function run(write: (f: FunctionBuilder) => void, bytes = 65536): ArrayBuffer {
  const f = new FunctionBuilder([]);
  write(f);
  const module = new WebAssembly.Module(assembleModule({ run: f }, bytes));
  const exported = new WebAssembly.Instance(module).exports as {
    memory: WebAssembly.Memory;
    run: () => void;
  };
  exported.run();
  return exported.memory.buffer;
}

const store = (f: FunctionBuilder, values: readonly Code[], from = 0): void =>
  values.forEach((value, i) => {
    f.add(v128.store(i32.constant(0), value, from + 16 * i));
  });

describe("random words in WebAssembly", () => {
  it.each([
    [7, [0, 0, 0, 0], [0, 0], [0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48]],
    [
      10,
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("Philox4x32-%i gives the published words", (rounds, counter, key, expected) => {
    const words = new Uint32Array(
      run((f) => {
        const inputs = counter.map((word) => v128.words(word)) as unknown as Words;
        store(f, philox(f, inputs, key, rounds));
      }),
    );
    expect([0, 4, 8, 12].map((i) => words[i])).toEqual(expected);
    expect([3, 7, 11, 15].map((i) => words[i])).toEqual(expected);
  });

  it("seeds the stream of each spin as src/random does", () => {
    const words = new Uint32Array(
      run((f) => {
        const spins = v128.constant(0, 1, 77, 0xfffffffe);
        store(f, seedStreams(f, spins, v128.words(5), 0xdeadbeef));
      }),
    );
    for (const [lane, spin] of [0, 1, 77, 0xfffffffe].entries()) {
      const state = new Uint32Array(4);
      seedStream(state, 0xdeadbeef, spin, 5);
      expect([0, 4, 8, 12].map((i) => words[i + lane])).toEqual([...state]);
    }
  });

  it("sfc32 gives the published words", () => {
    const words = new Uint32Array(
      run((f) => {
        let state: Words = [v128.words(0), v128.words(0), v128.words(0), v128.words(1)];
        for (let i = 0; i < 19; i++) {
          const { draw, next } = emitSfc32(f, state);
          store(f, [draw], 16 * i);
          state = next;
        }
      }),
    );
    const published = [0xfb52c520, 0x38802be1, 0x948279e6, 0xec4bf1d9];
    expect([15, 16, 17, 18].map((i) => words[4 * i])).toEqual(published);
  });
});

describe("variates in WebAssembly", () => {
  it("decodes the dyadic law bit for bit, scaled or not", () => {
    const drawn = Uint32Array.from({ length: 4096 }, (_, i) => (i * 0x9e3779b9) ^ (i << 7));
    for (const scale of [1, -0.07]) {
      const out = run((f) => {
        drawn.forEach((word, i) => {
          if (i % 64 === 0) store(f, [emitDyadic(f, v128.words(word), (i / 64) % 8, scale)], 16 * (i / 64));
        });
      });
      for (let k = 0; k < 64; k++)
        expect(new Float32Array(out)[4 * k]).toBe(Math.fround(dyadic(drawn[64 * k] >>> (k % 8)) * scale));
    }
  });

  it("Box–Muller agrees with float64", () => {
    const words = [0, 255, 0xffffffff, 0x80000000, 0x7fffffff, 0x12345678, 0x9abcdef0, 0xfffff000];
    const out = new Float32Array(
      run((f) => {
        words.forEach((first, i) => {
          words.forEach((second, k) => {
            store(f, emitPair(f, v128.words(first), v128.words(second)), 32 * (8 * i + k));
          });
        });
      }),
    );
    words.forEach((first, i) => {
      words.forEach((second, k) => {
        const exact = gaussianPair(first, second);
        // uniforms next to 1 are rounded to 24 bits, which the radius feels as √(2·2^−24)
        expect(Math.abs(out[8 * (8 * i + k)] - exact[0])).toBeLessThan(3e-4);
        expect(Math.abs(out[8 * (8 * i + k) + 4] - exact[1])).toBeLessThan(3e-4);
        if (first < 0xf0000000) expect(out[8 * (8 * i + k)]).toBeCloseTo(exact[0], 5);
      });
    });
  });
});

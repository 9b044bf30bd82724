import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../src/random/philox.ts";
import { sfc32 } from "../../src/random/sfc32.ts";
import { drawVariates, normal, seedStream } from "../../src/random/streams.ts";
import { dyadicLarge, dyadicSmall } from "../../src/random/variates.ts";

const hex = (words: Uint32Array): string => [...words].map((w) => w.toString(16).padStart(8, "0")).join(" ");

describe("published known answers", () => {
  const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0] as const;
  const ones = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff] as const;
  const zeros = [0, 0, 0, 0, 0, 0] as const;
  // Random123, tests/kat_vectors
  it.each([
    [7, zeros, "5f6fb709 0d893f64 4f121f81 4f730a48"],
    [7, ones, "5207ddc2 45165e59 4d8ee751 8c52f662"],
    [7, pi, "4dfccaba 190a87f0 c47362ba b6b5242a"],
    [10, zeros, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [10, ones, "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [10, pi, "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const)("Philox4x32 with %i rounds agrees with Random123", (rounds, input, answer) => {
    const out = new Uint32Array(4);
    philox4x32(out, input[0], input[1], input[2], input[3], input[4], input[5], rounds);
    expect(hex(out)).toBe(answer);
  });

  it("sfc32 agrees with the sfc-prng crate after its fifteen discards", () => {
    const state = new Uint32Array([0, 0, 0, 1]);
    for (let i = 0; i < 15; i++) sfc32(state);
    const out = new Uint32Array([sfc32(state), sfc32(state), sfc32(state), sfc32(state)]);
    expect(hex(out)).toBe("fb52c520 38802be1 948279e6 ec4bf1d9");
  });

  it("sfc32 agrees from a state of digits of pi", () => {
    const state = new Uint32Array([pi[0], pi[1], pi[2], 1]);
    for (let i = 0; i < 12; i++) sfc32(state);
    const out = new Uint32Array([sfc32(state), sfc32(state), sfc32(state), sfc32(state)]);
    expect(hex(out)).toBe("e7c270e2 450581cd e2c6829a ef7dc3fc");
  });
});

describe("variates", () => {
  it("the dyadic law has the Gaussian moments two and four exactly", () => {
    expect(dyadicLarge).toBeCloseTo(2.177534704, 9);
    expect(dyadicSmall).toBeCloseTo(0.682259127, 9);
    const moment = (n: number) => dyadicLarge ** n / 8 + (7 * dyadicSmall ** n) / 8;
    expect(moment(2)).toBeCloseTo(1, 14);
    expect(moment(4)).toBeCloseTo(3, 13);
  });

  // 3e5 values: standard errors 1.8e-3 (mean), 2.6e-3 (square), 1.8e-2 (fourth power); limits are 4 of them
  it.each(["dyadic", "gaussian"] as const)("%s draws have mean 0, variance 1 and fourth moment 3", (law) => {
    const state = new Uint32Array(4);
    const sums = [0, 0, 0];
    let count = 0;
    for (let spin = 0; spin < 1000; spin++) {
      seedStream(state, 42, spin, 0);
      for (let k = 0; k < 100; k++)
        for (const x of drawVariates(state, law, k)) {
          sums[0] += x;
          sums[1] += x * x;
          sums[2] += x ** 4;
          count++;
        }
    }
    expect(Math.abs(sums[0] / count)).toBeLessThan(7.3e-3);
    expect(Math.abs(sums[1] / count - 1)).toBeLessThan(1.04e-2);
    expect(Math.abs(sums[2] / count - 3)).toBeLessThan(7.2e-2);
  });

  it("streams of different spins, chunks and uses differ", () => {
    const first = (seed: number, spin: number, chunk: number, use?: number) => {
      const state = new Uint32Array(4);
      seedStream(state, seed, spin, chunk, use);
      return hex(state);
    };
    expect(
      new Set([first(1, 0, 0), first(1, 1, 0), first(1, 0, 1), first(2, 0, 0), first(1, 0, 0, 7)]).size,
    ).toBe(5);
    const state = new Uint32Array([1, 2, 3, 4]);
    expect(Number.isFinite(normal(state))).toBe(true);
  });
});

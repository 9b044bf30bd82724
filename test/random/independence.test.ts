import { describe, expect, it } from "vitest";
import { battery } from "../../scripts/randomness/battery.ts";
import { orders } from "../../scripts/randomness/orders.ts";

const count = 1 << 17;
const tests = Object.entries(battery);
/** A run of this file looks at so many p-values; the least of them is smaller by chance once in ten thousand seeds. */
const limit = 1e-4 / (Object.keys(orders).length * tests.length);

/** p-values below the limit, by the name of their test. */
const failing = (words: Uint32Array): string[] =>
  tests.flatMap(([name, p]) => (p(words) >= limit ? [] : [name]));

const filled = (next: (i: number) => number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => next(i));

describe("the noise as kernels use it", () => {
  it.each(Object.keys(orders))("is random: %s", (order) => {
    const words = new Uint32Array(count);
    orders[order](20)(words);
    expect(failing(words)).toEqual([]);
  });
});

describe("the battery", () => {
  it("sees generators that are not random", () => {
    let state = 1;
    // the low bits of a linear congruential generator have short periods
    expect(failing(filled(() => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)))).not.toEqual([]);
    expect(failing(filled((i) => Math.imul(i, 0x9e3779b9) >>> 0))).toContain("birthday spacings");
    // a xorshift is linear over bits
    let x = 2463534242;
    const xorshift = filled(() => {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      return x >>> 0;
    });
    expect(failing(xorshift)).toContain("ranks of matrices");
  });

  it("sees streams that are the same a chunk later, and neighbours that are", () => {
    const words = new Uint32Array(count);
    orders["first words of spins"](3)(words);
    for (let i = 128; i < count; i++) if (i % 2 === 0) words[i] = words[i - 128];
    expect(failing(words)).toContain("bits in common, 128 apart");
    for (let i = 1; i < count; i += 2) words[i] = words[i - 1] ^ 0x0f000000;
    expect(failing(words)).toContain("bits in common, 1 apart");
  });
});

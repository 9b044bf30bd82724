import { expect, it } from "vitest";
import { choose } from "../../src/ensemble/choose.ts";
import { backends } from "../../src/run/backends.ts";

it("the choice of a backend names the threads that it was given", async () => {
  for (const [threads, text] of [
    [1, "1 thread"],
    [3, "3 threads"],
  ] as const) {
    const { reason } = await choose(backends, "wasm", threads);
    expect(reason).toMatch(new RegExp(`SIMD, ${text}$`));
  }
});

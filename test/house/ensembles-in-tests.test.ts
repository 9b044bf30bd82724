import { expect, it } from "vitest";
import { filesBelow, textOf } from "./sources.ts";

it("tests that run a problem to its end leave preparing and disposing to with-ensemble.ts", () => {
  const own = filesBelow("test").filter((file) => {
    const text = textOf(file);
    return /\bsimulate\(/.test(text) && /\.dispose\(\)/.test(text);
  });
  // groups of points are prepared by a call of their own
  expect(own.sort()).toEqual(["test/sweep/side-by-side.test.ts", "test/with-ensemble.ts"]);
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { inParts } from "../../web/plots/plotly-parts.ts";

const text = readFileSync(
  createRequire(import.meta.url).resolve("plotly.js/plotly-cartesian.min.js"),
  "utf8",
);

describe("plotly in parts", () => {
  it("is the same script but for a few words, and still a script", () => {
    const parted = inParts(text) ?? "";
    expect(() => new Script(parted)).not.toThrow();
    expect(parted.length - text.length).toBeGreaterThan(0);
    expect(parted.length - text.length).toBeLessThan(300);
  });

  it("is not made of other scripts", () => {
    expect(inParts("window.Plotly = {};")).toBeNull();
    expect(inParts(text.slice(0, -10))).toBeNull();
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { readText } from "../../src/experiment/index.ts";
import { run } from "../../src/run/run.ts";

describe("A. Vansteenkiste et al., AIP Advances 4, 107133 (2014); mumax3's thermal test", () => {
  it("gives ⟨mz⟩(5 ns) = 0.8366 ± 0.001 for a 10 nm cube at 100 K", async () => {
    const read = readText(
      readFileSync(new URL("../../examples/mumax3-thermal.yaml", import.meta.url), "utf8"),
    );
    if (!read.ok) throw new Error("the example cannot be read");
    const result = await run({ ...(read.value as object), ensemble: 500000 }, { backend: wasm });
    const moments = result.observables.find((observable) => observable.type === "moments");
    if (moments?.type !== "moments") throw new Error("moments expected");
    // 5e5 spins: one standard error is 2e-4
    expect(Math.abs(moments.m[moments.times.length - 1][2] - 0.8366)).toBeLessThan(1e-3);
    expect(result.fokkerPlanck?.evolution?.at(-1)?.m[2]).toBeCloseTo(0.8366, 3);
    expect(result.certificate?.passed).toBe(true);
  });
});

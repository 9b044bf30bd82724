import { beforeAll, describe, expect, it } from "vitest";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { webgpu } from "../../src/ensemble/webgpu/index.ts";
import { chromiumAnswers, denoAnswers, hasChromium, hasDeno } from "./platforms.ts";
import type { Answer } from "./scenarios.ts";
import { allAnswers, answer, scenarios } from "./scenarios.ts";

/*
 * A float32 step is off by about 1e-7. Over a few hundred steps of a damped, driven spin these errors grow at most
 * diffusively near wells and by a factor of a few where paths part at the barrier.
 */
const floatTolerance = 3e-4;
/** Counts differ where a spin stands within float tolerance of the edge of a bin. */
const countTolerance = 3;

const dawn = await webgpu.probe();

function compare(found: Record<string, Answer>, judge: Record<string, Answer>): void {
  for (const name of Object.keys(scenarios)) {
    const [a, b] = [found[name], judge[name]];
    for (const [variable, column] of b.state.entries()) {
      // registers count events in whole steps: a crossing seen one step later moves them by one
      const tolerance = variable < 3 ? floatTolerance : 1.01;
      const far = column.filter((x, i) => !(Math.abs(x - a.state[variable][i]) < tolerance));
      expect(far.length, `${name}, variable ${variable}`).toBeLessThanOrEqual(variable < 3 ? 0 : 1);
    }
    for (const [view, results] of Object.entries({ ...b.views, watch: b.watch }))
      for (const [i, result] of results.entries()) {
        const other = view === "watch" ? a.watch[i] : a.views[view][i];
        if (result.kind === "bins" && other.kind === "bins")
          for (const [k, count] of [...result.counts].entries())
            expect(Math.abs(other.counts[k] - count), `${name}, ${view}, bin ${k}`).toBeLessThanOrEqual(
              countTolerance,
            );
        else if (result.kind === "sum" && other.kind === "sum")
          expect(Math.abs(other.count - result.count), `${name}, ${view}`).toBeLessThanOrEqual(
            countTolerance,
          );
      }
  }
}

describe("the same experiment and seed on every platform", () => {
  let judge: Record<string, Answer>;
  beforeAll(async () => {
    judge = await allAnswers(reference);
  });

  it("agrees between float64 and WebAssembly SIMD", async () => {
    compare(await allAnswers(wasm), judge);
  });

  it.skipIf(!dawn.available)("agrees between float64 and Dawn in Node", async () => {
    compare(await allAnswers(webgpu), judge);
  });

  it.skipIf(!hasDeno)("agrees between float64 and wgpu in Deno", async () => {
    compare(await denoAnswers(), judge);
  });

  it.skipIf(!hasChromium)("agrees between float64 and Chromium's WebGPU and WebAssembly", async () => {
    const answers = await chromiumAnswers();
    compare(answers.webgpu, judge);
    compare(answers.wasm, judge);
  });
});

describe("one device", () => {
  const backends: [string, Backend, boolean][] = [
    ["reference", reference, true],
    ["wasm", wasm, true],
    ["webgpu", webgpu, dawn.available],
  ];
  it.each(backends)(
    "%s gives identical results for any division into dispatches",
    async (_, backend, present) => {
      if (!present) return expect(process.env.CI).not.toBe("true");
      for (const name of ["tilted junction, splitting", "per-spin parameter, first passage and dwell"]) {
        const whole = await answer(backend, name);
        const pieces = await answer(backend, name, {
          stepsPerDispatch: 7,
          spinsPerDispatch: 320,
          threads: 1,
        });
        expect(pieces.state, name).toEqual(whole.state);
        expect(pieces.views, name).toEqual(whole.views);
        expect(pieces.watch, name).toEqual(whole.watch);
      }
    },
  );
});

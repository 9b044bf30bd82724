import { expect, it } from "vitest";
import { forwardStep } from "../../src/expression/webassembly/forward-step.ts";
import { binAround } from "../../src/traces/hidden-markov/binned.ts";
import { planGrid } from "../../src/traces/hidden-markov/flow-grid.ts";
import type { Forward } from "../../src/traces/hidden-markov/forward.ts";
import {
  forwardAlong,
  forwardInJavaScript,
  forwardInWebAssembly,
} from "../../src/traces/hidden-markov/forward.ts";
import { prepare } from "../../src/traces/hidden-markov/likelihood.ts";
import { smoothInJavaScript, smoothInWebAssembly } from "../../src/traces/hidden-markov/smooth.ts";
import { synthetic } from "./synthetic.ts";

it.each([
  [2, 0.12],
  [2, 0.02],
  [3, 0.3],
  [2, 5],
])(
  "a trace of %i levels behind a pole of %f of the sampling has the same law however it is computed",
  (count, bandwidth) => {
    const levels = Array.from({ length: count }, (_, s) => s);
    const telegraph = {
      levels,
      rates: levels.map((from) => levels.map((to) => (from === to ? 0 : 0.02 * (1 + from)))),
      noise: 0.15,
      pole: 2 * Math.PI * bandwidth,
    };
    const dwell = levels.map((from) => 1 / (0.02 * (1 + from) * (count - 1)));
    const values = synthetic({
      samples: 600,
      sampleTime: 1,
      dwell,
      levels,
      noise: 0.15,
      bandwidth,
      seed: count,
    });
    const trace = binAround(values, 1, telegraph, []);
    const grid = planGrid(telegraph, 1);
    const prepared = prepare(telegraph, trace, grid);
    const kernel = forwardStep();
    if (!kernel) throw new Error("no SIMD");
    const chances = (forward: Forward): number[] => {
      const found: number[] = [];
      trace.bins.forEach((bin, n) => {
        if (n === 300) forward.restart();
        found.push(forward.see(bin));
      });
      return found;
    };
    const plain = chances(forwardInJavaScript(prepared));
    for (const forward of [forwardAlong(prepared), forwardInWebAssembly(prepared, kernel)]) {
      const ratios = chances(forward).map((chance, n) => Math.abs(chance / plain[n] - 1));
      expect(ratios.length).toBe(600);
      expect(Math.max(...ratios)).toBeLessThan(1e-11);
    }
    const shares = (along: typeof smoothInJavaScript): number[][] => {
      const found: number[][] = [];
      along(prepared, trace.bins, (n, probability) => {
        const sum = probability.reduce((total, p) => total + p, 0);
        found[n] = Array.from(probability, (p) => p / sum);
      });
      return found;
    };
    const machine = shares((...rest) => smoothInWebAssembly(rest[0], kernel, rest[1], rest[2]));
    const differences = shares(smoothInJavaScript).flatMap((row, n) =>
      row.map((p, i) => Math.abs(machine[n][i] - p)),
    );
    expect(differences.length).toBe(600 * grid.size);
    expect(Math.max(...differences)).toBeLessThan(1e-11);
  },
);

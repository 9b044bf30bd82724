import { describe, expect, it } from "vitest";
import { add } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { demand, firstPassage } from "../../src/fokker-planck/index.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { predictPassage } from "../../src/fokker-planck/switching.ts";
import { readProblem } from "../../src/run/run.ts";
import { dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

/** Times over eleven decades, as recorded survival has them. */
const times = Array.from({ length: 200 }, (_, i) => 10 * ((i + 1) / 200) ** 4.5);

/** What diffusion alone has let out of a zone of heights that a uniform start fills, soon after it: √(4Dt/π) of length ½ sin θ a rim. */
const gone = (diffusion: number, rims: readonly number[], t: number): number =>
  rims.reduce((sum, z) => sum + Math.sqrt((diffusion * (1 - z * z) * t) / Math.PI), 0);

describe("survival soon after a start that reaches to the rims", () => {
  it("falls as the root of time, within its error", () => {
    const magnets = [
      { delta: 2, alpha: 0.2, energy: zeeman([0.3, 0, 0]), from: 0.5, to: 1 },
      { delta: 2, alpha: 0.02, energy: add(uniaxial(), zeeman([0.3, 0, 0])), from: -0.25, to: 0.25 },
    ];
    for (const { from, to, ...magnet } of magnets) {
      const diffusion = magnet.alpha / (2 * magnet.delta);
      const region = { axis: [0, 0, 1], from, to } as const;
      const { value, errorEstimate = 1 } = firstPassage(
        dynamicsOf(magnet),
        region,
        { isotropic: true },
        times,
      ).survival;
      if (!value) throw new Error("no survival");
      const rims = [from, to].filter((z) => Math.abs(z) < 1);
      expect(errorEstimate).toBeLessThan(1e-4);
      times.forEach((t, i) => {
        // terms of the order of t are left out
        const allowed = errorEstimate + 2 * t;
        const law = (to - from) / 2 - gone(diffusion, rims, t);
        if (t < 1e-4) expect(Math.abs(value[i] - law), `at ${t}`).toBeLessThan(allowed);
      });
    }
  });

  it("does so past one threshold under a changing drive", () => {
    for (const [delta, alpha, rim] of [
      [2, 0.2, 0.5],
      [6, 0.05, 0],
    ]) {
      const problem = readProblem({
        magnet: { delta, alpha },
        energies: [{ type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.3, frequency: 0.1 } }] }],
        initial: { type: "uniform" },
        time: { duration: 10 },
        observables: [{ type: "firstPassage", until: `mz < ${rim}` }],
      });
      const diffusion = alpha / (2 * delta);
      const until = parse(`mz < ${rim}`, { condition: true });
      const { value, errorEstimate = 1 } = demand(
        predictPassage(problem, demand(predict(problem)), until, [0, ...times]),
      ).survival;
      if (!value) throw new Error("no survival");
      expect(errorEstimate).toBeLessThan(2e-4);
      times.forEach((t, i) => {
        const law = (1 - rim) / 2 - gone(diffusion, [rim], t);
        // measured without this law: 3e-4
        if (t < 1e-3) expect(Math.abs(value[i + 1] - law), `at ${t}`).toBeLessThan(1e-5);
      });
    }
  });
});

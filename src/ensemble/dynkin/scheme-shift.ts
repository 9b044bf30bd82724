import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import { physicalStep } from "../../integrators/compose.ts";
import { integrators } from "../../integrators/index.ts";
import { generatorOf } from "../../physics/generator.ts";
import { dyadicOutcomes, gaussianOutcomes } from "../../random/outcomes.ts";
import { functions, generated } from "./functions.ts";

/**
 * What the scheme itself adds to Dynkin's formula at its step h, to leading order. With P_h the expectation over one step,
 *   (P_h f − f)/h = L f + (h/2) L²f + e,
 * the formula summed over the steps of a window is off by ∫⟨e⟩dt − (h²/6)[⟨L²f⟩], by Euler and Maclaurin. P_h is a finite sum
 * over the outcomes of the variates, so one spin's e and L²f are exact.
 */
export function schemeShift(problem: Problem): {
  /** Writes e, then L²f, of each function at a physical m and t with a spin's parameters. */
  readonly evaluate: (out: Float64Array, m: Float64Array, t: number, parameters: readonly number[]) => void;
} {
  const { timeStep: h, variates, dynamics } = problem;
  const names = problem.spreads.map(({ name }) => name);
  const scheme = integrators[problem.integrator].build(dynamics, h, variates, problem.breakpoints);
  const step = compileVector(physicalStep(scheme, h), ["mx", "my", "mz", "xi1", "xi2", "xi3", "t", ...names]);
  const first = generated(problem);
  const local = compileVector(
    [...functions, ...first, ...first.map(generatorOf(dynamics))],
    ["mx", "my", "mz", "t", ...names],
  );
  const after = compileVector(functions, ["mx", "my", "mz"]);
  const outcomes = variates === "gaussian" ? gaussianOutcomes : dyadicOutcomes;
  const n = functions.length;
  const [here, there, moved] = [new Float64Array(3 * n), new Float64Array(n), new Float64Array(3)];
  return {
    evaluate(out, [x, y, z], t, parameters) {
      local(here, 0, x, y, z, t, ...parameters);
      out.fill(0);
      for (const { xi, weight } of outcomes) {
        step(moved, 0, x, y, z, xi[0], xi[1], xi[2], t, ...parameters);
        after(there, 0, moved[0], moved[1], moved[2]);
        for (let k = 0; k < n; k++) out[k] += weight * (there[k] - here[k]);
      }
      for (let k = 0; k < n; k++) {
        out[k] = out[k] / h - here[n + k] - (h / 2) * here[2 * n + k];
        out[n + k] = here[2 * n + k];
      }
    },
  };
}

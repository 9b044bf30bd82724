import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import { mul, sub } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { physicalStep } from "../../integrators/compose.ts";
import { integrators } from "../../integrators/index.ts";
import { unitVariates } from "../../physics/model.ts";
import type { VariateOutcome } from "../../random/outcomes.ts";
import { dyadicOutcomes, gaussianOutcomes, icosahedralOutcomes } from "../../random/outcomes.ts";
import { functions, generated } from "./functions.ts";

/**
 * The shift of Dynkin's formula by the scheme at its step h. With P_h the expectation over one step,
 *   ⟨f⟩(t + h) − ⟨f⟩(t) = ⟨P_h f − f⟩ = ∫⟨L f⟩dt + ⟨d⟩,  d = (P_h − e^{hL})(f − (h/2) L f) + O(h²) d:
 * the second term is the effect of a step's error on L f between steps. e^{hL} is P at h/2, twice, extrapolated with P at h. All are
 * finite sums over the outcomes of the variates, so d is exact for one spin.
 */
export function schemeShift(problem: Problem): {
  /** Writes d/h of each function at a physical m and t with a spin's parameters. */
  readonly evaluate: (out: Float64Array, m: Float64Array, t: number, parameters: readonly number[]) => void;
} {
  const { timeStep: h, variates, dynamics } = problem;
  const names = problem.spreads.map(({ name }) => name);
  const { build, weakOrder } = integrators[problem.integrator];
  const stepOf = (timeStep: number, law: Problem["variates"]) =>
    compileVector(physicalStep(build(dynamics, timeStep, law, problem.breakpoints), timeStep), [
      ...magnetization,
      ...unitVariates,
      "t",
      ...names,
    ]);
  const [own, whole, half] = [stepOf(h, variates), stepOf(h, "gaussian"), stepOf(h / 2, "gaussian")];
  const after = compileVector(
    generated(problem).map((rate, k) => sub(functions[k], mul(h / 2, rate))),
    [...magnetization, "t", ...names],
  );
  const value = new Float64Array(functions.length);
  const [moved, between] = [new Float64Array(3), new Float64Array(3)];
  const ownOutcomes = variates === "gaussian" ? gaussianOutcomes : dyadicOutcomes;
  const [ofTwo, ofOne] = [2 ** weakOrder, 1].map((share) => share / (2 ** weakOrder - 1));

  return {
    evaluate(out, m, t, parameters) {
      out.fill(0);
      const add = (
        step: typeof own,
        outcomes: readonly VariateOutcome[],
        share: number,
        from: Float64Array,
        begin: number,
        end: number,
      ): void => {
        for (const { xi, weight } of outcomes) {
          step(moved, 0, from[0], from[1], from[2], xi[0], xi[1], xi[2], begin, ...parameters);
          after(value, 0, moved[0], moved[1], moved[2], end, ...parameters);
          for (let k = 0; k < value.length; k++) out[k] += (share * weight * value[k]) / h;
        }
      };
      add(own, ownOutcomes, 1, m, t, t + h);
      add(whole, icosahedralOutcomes, ofOne, m, t, t + h);
      for (const { xi, weight } of icosahedralOutcomes) {
        half(between, 0, m[0], m[1], m[2], xi[0], xi[1], xi[2], t, ...parameters);
        add(half, icosahedralOutcomes, -ofTwo * weight, between, t + h / 2, t + h);
      }
    },
  };
}

import { expect, it } from "vitest";
import { alpha, bare, delta, dynamicsOf, workloadProblem } from "../../src/bench/workload.ts";
import type { Expression } from "../../src/expression/expression.ts";
import * as e from "../../src/expression/expression.ts";
import { schedule } from "../../src/expression/schedule.ts";
import { m } from "../../src/expression/vector.ts";
import { absorbScales } from "../../src/expression/webassembly/absorb-scales.ts";
import { plan } from "../../src/observables/plan.ts";

/** Operations of one printed step. */
function operations(energy: Expression): number {
  const { kernel } = plan(
    workloadProblem({
      energy,
      dynamics: dynamicsOf(energy, delta, alpha),
      ensemble: 64,
      timeStep: 0.4,
      steps: 1,
      integrator: "splitting",
      variates: "dyadic",
    }),
  );
  const isVariate = (name: string): boolean => name.startsWith("xi");
  const step = absorbScales(kernel.step, (name) => kernel.state.includes(name) || isVariate(name), isVariate);
  return schedule(step).values.filter(({ kind }) => kind === "apply").length;
}

it("prints less where the physics has less: terms that are zero cost nothing", () => {
  const tilted = operations(bare.energy);
  const axisymmetric = operations(e.sub(e.neg(e.square(m[2])), e.mul(0.1, m[2])));
  const free = operations(e.constant(0));
  expect(tilted).toBeLessThan(115);
  expect(axisymmetric).toBeLessThan(0.87 * tilted);
  expect(free).toBeLessThan(0.6 * tilted);
});

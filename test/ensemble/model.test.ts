import { describe, expect, it } from "vitest";
import { planWith } from "../../src/ensemble/plan.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { constant, mul } from "../../src/expression/expression.ts";
import { substitute } from "../../src/expression/rewrite.ts";
import { dot, m, variables } from "../../src/expression/vector.ts";
import { atOnce } from "../../src/linear-algebra/breathe.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import type { Model } from "../../src/physics/model.ts";
import { macrospin } from "../../src/physics/model.ts";

/* Models of two spins through plan and backend: what later issues couple. */

const spins = 4000;
const second = ["nx", "ny", "nz"] as const;
const n = variables(second);

function readProblem(integrator: string, seed: number, duration: number, more: object = {}) {
  const checked = checkExperiment({
    magnet: { delta: 2, alpha: 0.3 },
    energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
    initial: { type: "direction", m: [0.6, 0, 0.8] },
    ensemble: spins,
    seed,
    time: { duration, step: 0.02, integrator },
    ...more,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return reduce(checked.experiment);
}

const noInstruments = () => {
  throw new Error("no observable is asked for");
};

/** Columns of the state after `steps` steps of a model, or of the problem's own macrospin. */
async function stateAfter(problem: ReturnType<typeof readProblem>, model?: Model): Promise<Float64Array[]> {
  const planned = atOnce(planWith({ ...problem, observables: [] }, noInstruments, model));
  const ensemble = await reference.prepare(planned.kernel, planned.filling, { threads: 1 });
  await ensemble.advance(problem.steps);
  const state = await ensemble.read(spins);
  await ensemble.dispose();
  return state;
}

const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Largest distance of two samples' distribution functions over that of a false alarm of 1 in 10 000. */
function kolmogorov(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.toSorted(), b.toSorted()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if (x[i] <= y[j]) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  const size = (x.length * y.length) / (x.length + y.length);
  return largest / Math.sqrt(-Math.log(0.5e-4) / 2 / size);
}

describe("a model of two spins", () => {
  it.each(["splitting", "heun", "magnus", "semi-implicit"])(
    "that do not see each other moves each as a single one: %s",
    async (integrator) => {
      const problem = readProblem(integrator, 5, 3);
      const { psi, omega, diffusion } = problem.dynamics;
      const [otherPsi, otherOmega] = substitute([psi, omega], { mx: n[0], my: n[1], mz: n[2] });
      const one = macrospin(problem.dynamics);
      const two: Model = {
        state: [...one.state, ...second],
        drift: [...one.drift, { psi: otherPsi, omega: otherOmega }],
        noise: [...one.noise, { diffusion, variates: ["eta1", "eta2", "eta3"] }],
      };
      const pair = await stateAfter(problem, two);
      expect(pair).toHaveLength(6);
      // the first has the noise of a single one
      const single = await stateAfter(problem);
      expect(pair.slice(0, 3)).toEqual(single);
      const another = await stateAfter(readProblem(integrator, 6, 3));
      const correlations = [0, 1, 2].map((k) => {
        const [x, y] = [pair[k], pair[3 + k]];
        expect(kolmogorov(y, another[k])).toBeLessThan(1);
        const [a, b] = [mean(x), mean(y)];
        const [va, vb] = [mean(x.map((v) => (v - a) ** 2)), mean(y.map((v) => (v - b) ** 2))];
        return mean(x.map((v, i) => (v - a) * (y[i] - b))) / Math.sqrt(va * vb);
      });
      for (const correlation of correlations)
        expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(spins));
    },
  );

  it.each(["splitting", "implicit-midpoint"])(
    "that are coupled end in Boltzmann's law: %s",
    async (integrator) => {
      const coupling = 1.5;
      const problem = readProblem(integrator, 7, 60, { energies: [] });
      const { diffusion } = problem.dynamics;
      // V/kT = −K m·n and precession about each other: ⟨m·n⟩ is Langevin's function of K
      const psi = mul(diffusion, mul(-coupling, dot(m, n)));
      const omega = mul(1 / 0.3, psi);
      const state = await stateAfter(problem, {
        state: [...macrospin(problem.dynamics).state, ...second],
        drift: [
          { psi, omega },
          { psi, omega },
        ],
        noise: [...macrospin(problem.dynamics).noise, { diffusion, variates: ["eta1", "eta2", "eta3"] }],
      });
      const products = state[0].map((_, i) =>
        [0, 1, 2].reduce((sum, k) => sum + state[k][i] * state[3 + k][i], 0),
      );
      const langevin = 1 / Math.tanh(coupling) - 1 / coupling;
      const variance = 1 - langevin ** 2 - (2 * langevin) / coupling;
      expect(Math.abs(mean(products) - langevin)).toBeLessThan(4 * Math.sqrt(variance / spins));
      // with nothing outside, the pair as a whole has no direction any more
      expect(Math.abs(mean(state[2]))).toBeLessThan(4 / Math.sqrt(3 * spins));
    },
  );

  it("is refused by backends that draw noise for one", async () => {
    const problem = readProblem("splitting", 1, 1);
    const one = macrospin(problem.dynamics);
    const [psi, omega] = [constant(0), constant(0)];
    const model: Model = {
      state: [...one.state, ...second],
      drift: [...one.drift, { psi, omega }],
      noise: [...one.noise, { diffusion: constant(0.1), variates: ["eta1", "eta2", "eta3"] }],
    };
    const { kernel, filling } = atOnce(planWith({ ...problem, observables: [] }, noInstruments, model));
    await expect(wasm.prepare(kernel, filling)).rejects.toThrow(/wasm backend steps models of one spin/);
  });
});

import { describe, expect, it } from "vitest";
import { fillingOf } from "../../src/ensemble/initial/filling.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { compileScalar, compileVector } from "../../src/expression/compile.ts";
import { add, div, mul, variable } from "../../src/expression/expression.ts";
import { substitute } from "../../src/expression/rewrite.ts";
import { demand } from "../../src/fokker-planck/index.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { plan } from "../../src/observables/plan.ts";
import { circulation } from "../../src/physics/dynamics.ts";
import { readProblem } from "../../src/run/run.ts";

/*
 * Entropy along trajectories: s_m = −ΔΨ/D + (1/D)∫ m·(∇Ω×∇Ψ) dt, s = s_m − ln ρ(m_t, t) + ln ρ(m_0, 0), and
 * ⟨e^{−s}⟩ = 1 (Seifert 2005, with m×∇Ω odd). The integral is a register of the kernel; ρ is the exact density.
 */

const angle = (50 * Math.PI) / 180;
const spins = 60000;
const duration = 4;
const experiment = {
  magnet: { delta: 2.5, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  torques: [
    {
      type: "spinTransfer",
      dampingLike: 0.15,
      fieldLike: 0.06,
      polarizer: [Math.sin(angle), 0, Math.cos(angle)],
    },
  ],
  initial: { type: "boltzmann" },
  ensemble: spins,
  seed: 3,
  time: { duration, step: 0.05 },
  observables: [],
};

describe("a transient from equilibrium under a tilted torque", () => {
  it("obeys ⟨e^{−s}⟩ = 1 and gives the exact total entropy production", async () => {
    const problem = readProblem(experiment);
    const { kernel, scheme } = plan(problem);
    const { dynamics } = problem;
    const integral = variable("produced");
    const along = substitute([div(circulation(dynamics), dynamics.diffusion)], {
      mx: scheme.passing[0],
      my: scheme.passing[1],
      mz: scheme.passing[2],
    })[0];
    const register = { name: "produced", initial: 0, next: add(integral, mul(problem.timeStep, along)) };
    const filling = fillingOf(problem, [scheme], [register]);
    const ensemble = await wasm.prepare(
      {
        ...kernel,
        state: [...kernel.state, "produced"],
        step: [...kernel.step, register.next],
        refresh: [...kernel.refresh, integral],
      },
      filling,
    );
    const start = (await ensemble.read(spins)).map((column) => Float64Array.from(column));
    await ensemble.advance(problem.steps);
    const end = await ensemble.read(spins);
    await ensemble.dispose();

    const prediction = demand(predict(problem));
    const [density] = demand(prediction.densities([problem.steps]));
    const physical = compileVector(scheme.observed, ["mx", "my", "mz", "t"]);
    const psi = compileScalar(dynamics.psi, ["mx", "my", "mz"]);
    const energy = compileScalar(problem.energyOverKT!, ["mx", "my", "mz"]);
    const D = compileScalar(dynamics.diffusion, [])();
    // ln of the partition function of −2.5 mz² by the midpoint rule
    const n = 20000;
    let Z = 0;
    for (let i = 0; i < n; i++) Z += 2 * Math.PI * Math.exp(2.5 * (-1 + (2 * i + 1) / n) ** 2) * (2 / n);

    const m = new Float64Array(3);
    const at = (state: Float64Array[], i: number, t: number): [number, number, number] => {
      physical(m, 0, state[0][i], state[1][i], state[2][i], t);
      return [m[0], m[1], m[2]];
    };
    let [sum, exponential, squares, exponentialSquares] = [0, 0, 0, 0];
    for (let i = 0; i < spins; i++) {
      const first = at(start, i, 0);
      const last = at(end, i, duration);
      const rho = density.at(last);
      const medium = -(psi(...last) - psi(...first)) / D + end[3][i];
      const s = medium - Math.log(rho) - energy(...first) - Math.log(Z);
      sum += s;
      squares += s * s;
      exponential += Math.exp(-s);
      exponentialSquares += Math.exp(-2 * s);
    }
    const mean = sum / spins;
    const meanError = Math.sqrt((squares / spins - mean * mean) / spins);
    const weight = exponential / spins;
    const weightError = Math.sqrt((exponentialSquares / spins - weight * weight) / spins);
    // total over 0 ≤ t ≤ 4 by an independent Fokker–Planck calculation: 1.21728 k_B. Four standard errors each; the
    // integral is a left sum over steps of 0.05 and carries half a step of the initial transient, under 3e-3.
    expect(Math.abs(mean - 1.21728)).toBeLessThan(4 * meanError + 3e-3);
    expect(meanError).toBeLessThan(0.01);
    expect(Math.abs(weight - 1)).toBeLessThan(4 * weightError);
    expect(weightError).toBeLessThan(0.03);
  });
});

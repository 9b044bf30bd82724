import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/ensemble/kernel.ts";
import type { Plan } from "../../src/ensemble/plan.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import type { ObservedMoments } from "../../src/observables/moments/count.ts";
import { plan } from "../../src/observables/plan.ts";
import { readProblem } from "../../src/run/run.ts";
import { energyExamples, magnet, torqueExamples } from "../physics/terms.ts";
import type { V } from "../physics/vectors.ts";
import { withEnsemble } from "../with-ensemble.ts";
import { backends } from "./backends.ts";

/* Laws that every entry of the catalogues obeys on every backend present. A new entry is in them the moment it exists. */

const name = (term: object): string => (term as { type: string }).type;
const present = backends.filter(({ reason }) => reason === undefined).map(({ backend }) => backend);

const experiment = (changes: object): Problem =>
  readProblem({
    magnet: { ...magnet, fieldScale: 0.1 },
    initial: { type: "uniform" },
    ensemble: 512,
    seed: 9,
    time: { duration: 4e-10 },
    observables: [{ type: "moments", times: 8 }],
    ...changes,
  });

/** One plan for all backends. */
const plans = new WeakMap<Problem, Plan>();
function planOf(problem: Problem): Plan {
  const planned = plans.get(problem) ?? plan(problem);
  plans.set(problem, planned);
  return planned;
}

async function momentsOf(backend: Backend, problem: Problem) {
  const planned = planOf(problem);
  return withEnsemble(backend.prepare(planned.kernel, planned.filling), async (ensemble) => {
    const { observations, outcome } = await simulate(problem, planned, ensemble);
    expect(outcome).toBe("complete");
    const { records } = observations[0] as ObservedMoments;
    const state = await ensemble.read(64);
    return { records: records.map((record) => record.value), state };
  });
}

describe.each(energyExamples.map(({ energy }) => [name(energy), energy] as const))(
  "energy %s",
  (_, energy) => {
    let cold: Problem | undefined;
    it.each(present.map((backend) => [backend.name, backend] as const))(
      "never rises without temperature on %s",
      async (_, backend) => {
        cold ??= experiment({
          magnet: { ...magnet, temperature: 0, fieldScale: 0.1 },
          energies: [energy],
          compare: "none",
        });
        const { records, state } = await momentsOf(backend, cold);
        // float32 sums of 512 energies of order one
        for (let i = 1; i < records.length; i++)
          expect(records[i].energy).toBeLessThanOrEqual(
            records[i - 1].energy + 2e-6 * Math.abs(records[i - 1].energy) + 1e-6,
          );
        for (let i = 0; i < 64; i++)
          expect(Math.abs(Math.hypot(state[0][i], state[1][i], state[2][i]) - 1)).toBeLessThan(1e-5);
      },
    );
  },
);

/** ⟨m_i m_j⟩ in exp(−E v/kT) by quadrature of a hand-written density of energy. */
function boltzmann(density: (m: V) => number): number[] {
  const kT = 1.380649e-23 * magnet.temperature;
  const n = 160;
  const sums = new Array<number>(7).fill(0);
  let least = Number.POSITIVE_INFINITY;
  const visit = (use: (m: V) => void): void => {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const mz = -1 + (2 * i + 1) / n;
        const phi = (2 * Math.PI * j) / n;
        const rho = Math.sqrt(1 - mz * mz);
        use([rho * Math.cos(phi), rho * Math.sin(phi), mz]);
      }
  };
  visit((m) => {
    least = Math.min(least, density(m));
  });
  visit((m) => {
    const weight = Math.exp((-(density(m) - least) * magnet.volume) / kT);
    [1, m[0] * m[0], m[1] * m[1], m[2] * m[2], m[0] * m[1], m[0] * m[2], m[1] * m[2]].forEach((f, k) => {
      sums[k] += weight * f;
    });
  });
  return sums.slice(1).map((sum) => sum / sums[0]);
}

describe.each(energyExamples.map(({ energy, density }) => [name(energy), energy, density] as const))(
  "energy %s",
  (_, energy, density) => {
    it("leaves an ensemble in Boltzmann's law of the density written by hand", async () => {
      const problem = experiment({
        magnet: { ...magnet, alpha: 0.5, fieldScale: 0.1 },
        energies: [energy],
        initial: { type: "boltzmann" },
        ensemble: 65536,
        time: { duration: 1e-9 },
        observables: [{ type: "moments", times: [1e-9] }],
      });
      const { records } = await momentsOf(wasm, problem);
      const exact = boltzmann(density);
      // fixed seed; 4.5 standard errors, the step's bias, and 5e-4 for demagnetizing factors known to four digits
      exact.forEach((value, k) => {
        expect(Math.abs(records[0].mm[k] - value)).toBeLessThan(4.5 * records[0].mmStandardError[k] + 8e-4);
      });
    });
  },
);

describe.each(torqueExamples.map(({ torque }) => [name(torque), torque] as const))(
  "torque %s",
  (_, torque) => {
    it("moves the same spins alike on every backend", async () => {
      const problem = experiment({
        energies: [{ type: "uniaxial", Ku1: 4e4 }],
        torques: [torque],
        // for so few nothing is planned that a run tests itself by
        ensemble: 128,
        time: { duration: 2e-10 },
      });
      const judge = await momentsOf(reference, problem);
      for (const backend of present.filter((one) => one.name === "wasm" || one.name === "webgpu")) {
        const { state } = await momentsOf(backend, problem);
        // float32 over some hundred steps
        for (let k = 0; k < 3; k++)
          for (let i = 0; i < 64; i++)
            expect(Math.abs(state[k][i] - judge.state[k][i]), `${backend.name}, spin ${i}`).toBeLessThan(
              3e-4,
            );
      }
    });
  },
);

import { describe, expect, it } from "vitest";
import { boltzmannSampler } from "../../../src/ensemble/initial/boltzmann.ts";
import { add, mul, square, variable } from "../../../src/expression/expression.ts";
import { plan } from "../../../src/observables/plan.ts";
import { seedStream } from "../../../src/random/streams.ts";
import { readProblem } from "../../../src/run/run.ts";
import { chiSquaredSurvival } from "../../../src/statistics/chi-squared-distribution.ts";

const z = variable("mz");

/** Spins of an experiment at the start: mz and parameters. */
function started(experiment: object, spins: number) {
  const problem = readProblem({ alpha: 0.1, ensemble: spins, seed: 5, time: { duration: 1 }, ...experiment });
  const { state, parameters } = plan(problem).filling(0, spins);
  return { mz: state[2], parameters };
}

describe("starts with spreads", () => {
  it("follow exp(−U) at each spin's own barrier", () => {
    const { mz, parameters } = started(
      {
        magnet: { delta: { mean: 8, deviation: 2, distribution: "lognormal" }, alpha: 0.1 },
        alpha: undefined,
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "boltzmann" },
      },
      8000,
    );
    // the distribution function of |mz| at the spin's own barrier is uniform
    const counts = new Float64Array(20);
    for (let i = 0; i < mz.length; i++) {
      const delta = 8 * parameters[0][i];
      let [below, total] = [0, 0];
      for (let k = 0; k < 400; k++) {
        const at = (k + 0.5) / 400;
        const weight = Math.exp(delta * (at * at - 1));
        total += weight;
        below += weight * Math.min(1, Math.max(0, (Math.abs(mz[i]) - k / 400) * 400));
      }
      counts[Math.min(19, Math.floor((20 * below) / total))]++;
    }
    const chi = counts.reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0);
    expect(chiSquaredSurvival(chi, 19)).toBeGreaterThan(1e-3);
  });

  it("cost little at high barriers and low temperatures, and stay in their well", () => {
    const began = process.cpuUsage().user;
    const { mz, parameters } = started(
      {
        magnet: { delta: { mean: 60, deviation: 6, distribution: "lognormal" }, alpha: 0.1 },
        alpha: undefined,
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "well", m: [0, 0, 1] },
      },
      5000,
    );
    expect(mz.every((value) => value > 0)).toBe(true);
    // near the bottom 2Δ(1 − mz) is exponential: mean 1 and variance 1, to order 1/Δ
    const scaled = mz.map((value, i) => 60 * parameters[0][i] * (1 - value * value));
    const mean = scaled.reduce((a, b) => a + b, 0) / mz.length;
    expect(Math.abs(mean - (1 + 1 / 120))).toBeLessThan(5 / Math.sqrt(5000));
    expect(process.cpuUsage().user - began).toBeLessThan(2e7);
  });

  it("cost little in a well of a cubic magnet if no spins share their parameters", () => {
    const experiment = {
      magnet: { delta: { mean: 600, deviation: 200, distribution: "lognormal" }, alpha: 0.1 },
      alpha: undefined,
      energies: [{ type: "cubic", Kc1: { mean: -1, deviation: 0.3 } }],
      initial: { type: "well", m: [1, 1, 1] },
    };
    const problem = readProblem({ ensemble: 40, seed: 5, time: { duration: 1 }, ...experiment });
    const began = process.cpuUsage().user;
    const { state } = plan(problem).filling(0, 40);
    expect(process.cpuUsage().user - began).toBeLessThan(1e7);
    const along = state[2].map((mz, i) => (state[0][i] + state[1][i] + mz) / Math.sqrt(3));
    expect(along.every((x) => x > 0.9)).toBe(true);
  });

  it.each([
    ["alike", 4, 20_000],
    ["spread", { mean: 4, deviation: 0.2, distribution: "normal" }, 400],
  ])("cost little in a shallow well, most of whose spins are near its rim: %s", (_, delta, spins) => {
    const began = process.cpuUsage().user;
    const { mz } = started(
      {
        magnet: { delta, alpha: 0.1 },
        alpha: undefined,
        energies: [
          { type: "uniaxial", Ku1: 1 },
          { type: "zeeman", B_ext: [0, 0, -0.8] },
        ],
        initial: { type: "well", m: [0, 0, 1] },
      },
      spins,
    );
    // the well lies above mz = 0.8, and exp(4(z² − 1.6z)) grows by a sixth in it
    expect(Math.min(...mz)).toBeGreaterThan(0.8);
    const mean = mz.reduce((a, b) => a + b, 0) / spins;
    expect(Math.abs(mean - 0.902694)).toBeLessThan((4 * 0.058) / Math.sqrt(spins));
    expect(process.cpuUsage().user - began).toBeLessThan(1e7);
  });

  it("have a bound of their own where a shared one serves nobody", () => {
    // three spreads: no boxes are shared
    const energy = add(
      mul(-400, variable("a"), square(z)),
      mul(variable("b"), variable("c"), variable("mx")),
    );
    const draw = boltzmannSampler(
      energy,
      ["a", "b", "c"].map((name) => ({ name, path: name, mean: 1, deviation: 0.1, distribution: "normal" })),
      [0, 0, 1],
    );
    const stream = new Uint32Array(4);
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      seedStream(stream, 1, i, 0);
      const m = draw(stream, [1 + 0.01 * i, 1, 1]);
      expect(m[2]).toBeGreaterThan(0.9);
      sum += 1 - m[2] ** 2;
    }
    expect(sum / 4).toBeLessThan(6 / 400);
  });
});

import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { compileScalar, compileVector } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { variablesOf, visit } from "../../src/expression/expression.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import type { PlannedSpectrum } from "../../src/observables/spectrum/spec.ts";
import { drift } from "../../src/physics/dynamics.ts";
import { contractExample } from "./example.ts";

function readProblem(changes: Record<string, unknown> = {}, base = contractExample()): Problem {
  const checked = checkExperiment(base, changes);
  if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
  return reduce(checked.experiment);
}

const names = ["mx", "my", "mz", "t", "p1", "p2"];
const at = (of: Expression, m: readonly number[], t = 0, p1 = 1, p2 = 1): number =>
  compileScalar(of, names)(m[0], m[1], m[2], t, p1, p2);
const m = [0.48, -0.64, 0.6];

describe("the contract's example in reduced units", () => {
  const problem = readProblem();
  const { units, dynamics } = problem;
  const [gammaPrime, BK] = [1.76085963e11 / (1 + 0.07 ** 2), 0.1];

  it("has B_K = 2Ku1/Ms, the time 1/(γ'B_K) and the energy ½ Ms v B_K", () => {
    expect(units.field).toBeCloseTo(BK, 14);
    expect(units.time * gammaPrime * BK).toBeCloseTo(1, 12);
    expect(units.energy / (0.5 * 8e5 * 4.45e-25 * BK)).toBeCloseTo(1, 12);
  });

  it("has Ψ = αe/2 + χ, Ω = e/2 + Φ with fields over B_K, up to constants", () => {
    const p = [0.866, 0, 0.5].map((x) => x / Math.hypot(0.866, 0.5));
    const psi = ([x, , z]: readonly number[]) => {
      const c = x * p[0] + z * p[2];
      return 0.07 * (-0.5 * z * z - 0.12 * z) + (0.04 + 0.07 * 0.02) * c;
    };
    const omega = ([x, , z]: readonly number[]) => {
      const c = x * p[0] + z * p[2];
      return -0.5 * z * z - 0.12 * z + (0.02 - 0.07 * 0.04) * c;
    };
    expect(at(dynamics.psi, m)).toBeCloseTo(psi(m), 13);
    expect(at(dynamics.omega, m)).toBeCloseTo(omega(m), 13);
  });

  it("has D = α/(2Δ)", () => {
    const delta = (4e4 * 4.45e-25) / (1.380649e-23 * 300);
    expect(at(dynamics.diffusion, m) * 2 * delta).toBeCloseTo(0.07, 12);
  });

  it("has the energy e and V/kT", () => {
    const e = -(m[2] ** 2) - 2 * 0.12 * m[2];
    expect(at(problem.energy, m)).toBeCloseTo(e, 13);
    expect(at(problem.energyOverKT!, m)).toBeCloseTo((e * units.energy) / (1.380649e-23 * 300), 11);
  });

  it("records at whole steps whose times are those asked for", () => {
    const seconds = problem.timeStep * units.time;
    expect(seconds * problem.steps).toBeCloseTo(2e-8, 20);
    const [moments, histogram, , , spectrum, trajectory] = problem.observables;
    expect(moments.steps?.map((step) => step * seconds)).toEqual(
      Array.from({ length: 50 }, (_, i) => expect.closeTo(4e-10 * (i + 1), 18)),
    );
    expect(histogram.steps?.map((step) => step * seconds)).toEqual([
      expect.closeTo(1e-8, 18),
      expect.closeTo(2e-8, 18),
    ]);
    expect((spectrum.everySteps ?? 0) * seconds).toBeCloseTo(1e-10, 18);
    expect(trajectory.type).toBe("trajectory");
  });

  it("names observables as the result does", () => {
    expect(problem.observables.map(({ name }) => name)).toEqual([
      "moments",
      "histogram of mz",
      "first passage",
      "dwell",
      "spectrum of mz",
      "trajectory",
      "entropy production",
    ]);
    const twice = readProblem({
      "observables.7": { type: "moments", times: 3 },
      "observables.8": { type: "dwell", name: "mine" },
    });
    expect(twice.observables.slice(7).map(({ name }) => name)).toEqual(["moments (2)", "mine"]);
  });
});

describe("units of other magnets", () => {
  it("are taken from magnet.fieldScale where it is given", () => {
    const problem = readProblem({ "magnet.fieldScale": 0.5 });
    expect(problem.units.field).toBe(0.5);
    // the same rates in 1/s
    const plain = readProblem();
    const rate = at(plain.dynamics.psi, m) / plain.units.time;
    expect(at(problem.dynamics.psi, m) / problem.units.time / rate).toBeCloseTo(1, 12);
  });
  it("are the largest field where nothing is uniaxial", () => {
    const problem = readProblem({ energies: [{ type: "zeeman", B_ext: [0.03, 0, 0.04] }] });
    expect(problem.units.field).toBeCloseTo(0.05, 4);
  });
  it("are the torque over γ', or D/γ', where there is no field at all", () => {
    const pushed = readProblem({ energies: [], "torques.0.fieldLike": 0 });
    // |dm/dt| ≤ γ'√(1+α²) a
    expect(pushed.units.field / (0.004 * Math.hypot(1, 0.07))).toBeCloseTo(1, 2);
    const free = readProblem({ energies: [], torques: [] });
    expect(at(free.dynamics.diffusion, m)).toBeCloseTo(1, 12);
  });
  it("are 1 in a reduced magnet, where fields, densities and times have none", () => {
    const problem = readProblem(
      {},
      {
        magnet: { delta: 2.5, alpha: 0.2 },
        energies: [
          { type: "uniaxial", Ku1: 1 },
          { type: "zeeman", B_ext: [0.3, 0, 0] },
        ],
        torques: [{ type: "spinTransfer", dampingLike: 0.15, fieldLike: 0.06 }],
        time: { duration: 10 },
      },
    );
    expect(problem.units).toEqual({ time: 1, field: 1, energy: 1 });
    expect(at(problem.dynamics.omega, m)).toBeCloseTo(
      -0.5 * 0.36 - 0.3 * 0.48 + (0.06 - 0.2 * 0.15) * 0.6,
      13,
    );
    expect(at(problem.dynamics.diffusion, m)).toBeCloseTo(0.2 / 5, 14);
    expect(at(problem.energyOverKT!, m)).toBeCloseTo(2.5 * (-0.36 - 0.6 * 0.48), 12);
  });
});

describe("drives, spreads and temperature", () => {
  it("run in reduced time and tell their edges", () => {
    const pulse = { amplitude: 0.01, start: 1e-9, length: 4e-9, rise: 1e-9, fall: 0 };
    const problem = readProblem({ "torques.0.dampingLike": { pulse }, "torques.0.fieldLike": 0 });
    const { time } = problem.units;
    expect(problem.breakpoints.map((edge) => edge * time)).toEqual([
      expect.closeTo(1e-9, 18),
      expect.closeTo(2e-9, 18),
      expect.closeTo(5e-9, 18),
    ]);
    const still = at(problem.dynamics.psi, m, 0);
    const half = at(problem.dynamics.psi, m, 1.5e-9 / time) - still;
    const full = at(problem.dynamics.psi, m, 3e-9 / time) - still;
    const c = (0.48 * 0.866 + 0.6 * 0.5) / Math.hypot(0.866, 0.5);
    expect(full).toBeCloseTo((0.01 / 0.1) * c, 12);
    expect(half).toBeCloseTo(full / 2, 12);
    expect(at(problem.dynamics.psi, m, 6e-9 / time)).toBeCloseTo(still, 14);
  });

  it("make per-spin parameters of order one", () => {
    const problem = readProblem({
      "magnet.volume": { mean: 4.45e-25, deviation: 4.45e-26, distribution: "lognormal" },
      "energies.0.Ku1": { mean: 4e4, deviation: 2e3 },
    });
    expect(problem.spreads).toEqual([
      {
        name: "p1",
        path: "magnet.volume",
        distribution: "lognormal",
        mean: 1,
        deviation: expect.closeTo(0.1, 12),
      },
      {
        name: "p2",
        path: "energies.0.Ku1",
        distribution: "normal",
        mean: 1,
        deviation: expect.closeTo(0.05, 12),
      },
    ]);
    expect(problem.units.field).toBeCloseTo(0.1, 14);
    const plain = readProblem();
    expect(at(problem.dynamics.diffusion, m, 0, 2)).toBeCloseTo(at(plain.dynamics.diffusion, m) / 2, 14);
    expect(at(problem.energyOverKT!, m, 0, 2)).toBeCloseTo(2 * at(plain.energyOverKT!, m), 11);
    const change = at(problem.dynamics.omega, m, 0, 1, 1.2) - at(problem.dynamics.omega, m);
    expect(change).toBeCloseTo(-0.5 * 0.2 * 0.36, 13);
  });

  it("leave no number in the expressions that float32 cannot hold", () => {
    const problem = readProblem({
      "magnet.volume": { mean: 4.45e-25, deviation: 4.45e-26 },
      "magnet.temperature": { ramp: { from: 300, to: 350, length: 1e-8 } },
      "magnet.Ms": { mean: 8e5, deviation: 1e4 },
      "torques.0": {
        type: "slonczewski",
        J: "1e11*sin(2*pi*1e9*t)",
        Pol: 0.5,
        Lambda: 2,
        FixedLayer: [0, 0, 1],
        thickness: 1e-9,
      },
    });
    const { dynamics, energy, energyOverKT } = problem;
    visit([dynamics.psi, dynamics.omega, dynamics.diffusion, energy, energyOverKT!], (node) => {
      if (node.kind !== "constant" || node.value === 0) return;
      expect(Math.abs(node.value)).toBeLessThan(1e20);
      expect(Math.abs(node.value)).toBeGreaterThan(1e-20);
    });
    expect(variablesOf(dynamics.diffusion)).toEqual(new Set(["p1", "p2", "t"]));
  });

  it("have no noise at 0 K", () => {
    const problem = readProblem({ "magnet.temperature": 0, observables: [] });
    expect(problem.variates).toBe("none");
    expect(problem.energyOverKT).toBeNull();
    expect(at(problem.dynamics.diffusion, m)).toBe(0);
  });

  it("start from the energy at t = 0 with the torques off", () => {
    const problem = readProblem({
      initial: { type: "well", m: [0, 0, -2] },
      "energies.1.B_ext": [0, 0, { ramp: { from: 0.02, to: 0, length: 1e-8 } }],
    });
    if (!("wellOf" in problem.initial)) throw new Error("kind");
    expect(problem.initial.wellOf).toEqual([0, 0, -1]);
    expect(variablesOf(problem.initial.energyOverKT)).toEqual(new Set(["mz"]));
    const delta = (4e4 * 4.45e-25) / (1.380649e-23 * 300);
    expect(at(problem.initial.energyOverKT, m)).toBeCloseTo(delta * (-0.36 - 2 * 0.2 * 0.6), 11);
  });
});

it("resistance is that of the readout", () => {
  const problem = readProblem({
    readout: { parallel: 100, antiparallel: 300, reference: [0, 0, 2] },
    observables: [{ type: "spectrum", of: "resistance", sampleEvery: 1e-10 }],
  });
  const [spectrum] = problem.observables as readonly PlannedSpectrum[];
  expect(at(spectrum.of, [0, 0, 1])).toBeCloseTo(100, 12);
  expect(at(spectrum.of, [1, 0, 0])).toBeCloseTo(200, 12);
  expect(at(spectrum.of, [0, 0, -1])).toBeCloseTo(300, 12);
});

it("histograms have the bins of what they count", () => {
  const of = (values: Record<string, unknown>) => {
    const [planned] = readProblem({ observables: [{ type: "histogram", ...values }] }).observables;
    return planned.binning;
  };
  expect(of({ of: "mz", bins: 2 })).toEqual({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] });
  expect(of({ of: [0, 3, 4], bins: 1 })).toEqual({ kind: "projection", axis: [0, 0.6, 0.8], edges: [-1, 1] });
  expect(of({ of: "phi", bins: 2 })).toEqual({ kind: "azimuth", edges: [-Math.PI, 0, Math.PI] });
  expect(of({ of: "map", bins: [2, 1] })).toEqual({ kind: "map", mz: [-1, 0, 1], phi: [-Math.PI, Math.PI] });
  const typed = of({ of: "mz^2", bins: 10 });
  if (typed?.kind !== "expression") throw new Error("kind");
  expect(typed.edges[0]).toBeLessThanOrEqual(0);
  expect(typed.edges[10]).toBeGreaterThanOrEqual(1);
  expect(of({ of: "mx", range: [0, 1], bins: 2 })).toMatchObject({ kind: "expression", edges: [0, 0.5, 1] });
});

it("the drift is the same rate in SI whatever the units", () => {
  const rate = (problem: Problem) => {
    const out = new Float64Array(3);
    compileVector(drift(problem.dynamics), names)(out, 0, ...m, 0, 1, 1);
    return [...out].map((x) => x / problem.units.time);
  };
  const reference = rate(readProblem());
  for (const scale of [0.01, 3])
    rate(readProblem({ "magnet.fieldScale": scale })).forEach((x, i) => {
      expect(x / reference[i]).toBeCloseTo(1, 10);
    });
});

it("an experiment that is changed after its check is reduced as it is then", () => {
  const checked = checkExperiment(contractExample(), { ensemble: 16 });
  if (!checked.ok) throw new Error("the example is sound");
  const { experiment } = checked;
  const first = reduce(experiment);
  expect(reduce(experiment)).toBe(first);
  (experiment as { ensemble: number }).ensemble = 32;
  expect(reduce(experiment).ensemble).toBe(32);
  expect(reduce(experiment, 0.5).timeStep).toBeLessThan(first.timeStep);
});

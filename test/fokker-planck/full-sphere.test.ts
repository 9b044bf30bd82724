import { describe, expect, it } from "vitest";
import { abs, add, less, mul, select, sin, square, variable } from "../../src/expression/expression.ts";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { demand, solveFokkerPlanck, solveFullSphere } from "../../src/fokker-planck/index.ts";
import { twoStates } from "../../src/fokker-planck/two-states.ts";
import type { Macrospin } from "./macrospins.ts";
import { along, driven, dynamicsOf, mx, mz, uniaxial, zeeman } from "./macrospins.ts";

/*
 * References named "ladder operators": the operator assembled in complex harmonics from x, y, z and angular momentum
 * matrices (NumPy), SciPy's sparse eigenvalues, linear solver and DOP853 at 1e-12; two degrees agree to the digits given.
 */
const oblique = (alpha: number): Macrospin => ({
  delta: 10,
  alpha,
  energy: add(uniaxial(), zeeman([0.3, 0, 0.1])),
});

describe("the full-sphere solver", () => {
  it("has the rates of an oblique field at two dampings (ladder operators)", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(oblique(0.1))));
    expect(solution.method).toBe("full sphere");
    expect(solution.converged).toBe(true);
    const rates = demand(solution.eigenvalues(4)).map(({ re }) => re);
    [0, 0.00398866308036, 0.12065335598, 0.13887656745].forEach((rate, i) => {
      expect(Math.abs(rates[i] - rate)).toBeLessThan(1e-8 * rate + 1e-15);
    });
    const low = demand(solveFokkerPlanck(dynamicsOf(oblique(0.03))));
    expect(Math.abs(demand(low.slowestRate) / 0.0018388507499 - 1)).toBeLessThan(1e-8);
    const { m } = demand(low.stationary());
    expect(m[0]).toBeCloseTo(0.289464303379, 11);
    expect(m[2]).toBeCloseTo(0.850122794397, 11);
  });

  it("says of a thin film at low damping that it did not converge, and gives no number then", () => {
    // hard axis 20 times the easy one: spirals along the separatrix are finer than the degrees allowed here
    const film = dynamicsOf({ delta: 5, alpha: 0.01, energy: add(uniaxial([1, 0, 0]), mul(20, square(mz))) });
    const solution = demand(solveFokkerPlanck(film, { maximumDegree: 60 }));
    expect(solution.converged).toBe(false);
    expect(solution.errorEstimate).toBeGreaterThan(1e-4);
    // the two degrees compared are far enough apart for their difference to mean something
    expect(solution.lmax).toBeGreaterThan(50);
    for (const asked of [solution.slowestRate, solution.eigenvalues(3), twoStates(solution)]) {
      expect(asked.value).toBeNull();
      expect(asked.reason).toMatch(/degree \d+ against \d+.*slowest rate by/);
    }
    // the equilibrium is resolved nevertheless: ⟨mx²⟩ of exp(5x² − 100z²) by quadrature
    let [sum, norm] = [0, 0];
    for (let i = 0; i < 2000; i++)
      for (let j = 0; j < 400; j++) {
        const z = -1 + (i + 0.5) / 1000;
        const x = Math.sqrt(1 - z * z) * Math.cos((2 * Math.PI * (j + 0.5)) / 400);
        const weight = Math.exp(5 * x * x - 100 * z * z);
        sum += weight * x * x;
        norm += weight;
      }
    expect(demand(solution.stationary()).mm[0]).toBeCloseTo(sum / norm, 6);
  });

  it("answers 10 kT in an oblique field within 2 s of one core", () => {
    // processor time, since other tests run beside this one
    const begin = process.cpuUsage();
    demand(demand(solveFokkerPlanck(dynamicsOf(oblique(0.1)))).stationary());
    const { user, system } = process.cpuUsage(begin);
    expect(user + system).toBeLessThan(2e6);
  });

  it("has the driven state of a torque 50° off the axis (three independent methods)", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(driven)));
    const { m } = demand(solution.stationary());
    [-0.0834, 0.117258, -0.793053].forEach((value, i) => {
      expect(m[i]).toBeCloseTo(value, 6);
    });
  });

  it("has the driven state and spectrum of a thin film with a field and an oblique torque (ladder operators)", () => {
    const film: Macrospin = {
      delta: 3,
      alpha: 0.05,
      energy: add(mul(-1, square(mx)), mul(6, square(mz)), zeeman([0.1, 0.2, 0])),
      torque: { a: 0.01, b: 0.004, p: [0.6, 0.48, 0.64] },
    };
    const solution = demand(solveFokkerPlanck(dynamicsOf(film), { tolerance: 1e-6 }));
    // two degrees of the solver are asked to agree to 1e-6
    expect(Math.abs(demand(solution.slowestRate) / 0.071265112578 - 1)).toBeLessThan(1e-6);
    const { m } = demand(solution.stationary());
    [0.32299185469, 0.22777823497, -0.00089530545].forEach((value, i) => {
      expect(m[i]).toBeCloseTo(value, 6);
    });
  });

  it("gives a tilted axis, forced onto the full sphere at 20 kT, the rate of the double quadrature to 1e-7", () => {
    const u = [1 / 3, -2 / 3, 2 / 3] as const;
    const dynamics = dynamicsOf({ delta: 20, alpha: 0.5, energy: uniaxial(u) });
    const solution = demand(solveFullSphere(dynamics, {}));
    // 3.943312743791601e-7 D from 45-digit arithmetic
    const rate = demand(solution.slowestRate) / (0.5 / 40);
    expect(Math.abs(rate / 3.943312743791601e-7 - 1)).toBeLessThan(1e-7);
  });

  it("does not change when the whole problem is rotated", () => {
    // m → Rm with rows of R
    const rotation = [
      [2 / 3, -1 / 3, 2 / 3],
      [2 / 3, 2 / 3, -1 / 3],
      [-1 / 3, 2 / 3, 2 / 3],
    ] as const;
    const turn = (v: readonly [number, number, number]): [number, number, number] => [
      rotation[0][0] * v[0] + rotation[0][1] * v[1] + rotation[0][2] * v[2],
      rotation[1][0] * v[0] + rotation[1][1] * v[1] + rotation[1][2] * v[2],
      rotation[2][0] * v[0] + rotation[2][1] * v[1] + rotation[2][2] * v[2],
    ];
    const there = dynamicsOf({
      ...driven,
      energy: uniaxial(turn([0, 0, 1])),
      torque: { ...driven.torque!, p: turn(driven.torque!.p) },
    });
    const [a, b] = [dynamicsOf(driven), there].map((dynamics) =>
      demand(solveFokkerPlanck(dynamics, { tolerance: 1e-9 })),
    );
    expect(demand(a.slowestRate)).toBeCloseTo(demand(b.slowestRate), 9);
    const [here, turned] = [turn(demand(a.stationary()).m), demand(b.stationary()).m];
    here.forEach((value, i) => {
      expect(turned[i]).toBeCloseTo(value, 9);
    });
  });

  it("solves a film whose hard axis is x, y or oblique with as many unknowns as one along z, to the same rate", () => {
    const film = (hard: Vec3, easy: Vec3) =>
      dynamicsOf({
        delta: 5,
        alpha: 0.1,
        energy: add(mul(4, square(along(hard))), mul(-1, square(along(easy)))),
      });
    const solutions = [
      film([0, 0, 1], [1, 0, 0]),
      film([1, 0, 0], [0, 0, 1]),
      film([0, 1, 0], [1, 0, 0]),
      film([2 / 3, -1 / 3, 2 / 3], [2 / 3, 2 / 3, -1 / 3]),
    ].map((dynamics) => demand(solveFokkerPlanck(dynamics)));
    for (const solution of solutions) {
      expect(solution.size).toBe(solutions[0].size);
      // λ₁τ_N of βE = −5 mx² + 20 mz² at α = 0.1 from a weighted basis, seven digits; τ_N = Δ/α
      expect(Math.abs((demand(solution.slowestRate) * 50) / 0.2902339 - 1)).toBeLessThan(2e-7);
    }
    // moments are those of the laboratory
    const [along0, alongX] = solutions.map((solution) => demand(solution.stationary()).mm);
    expect(alongX[0]).toBeCloseTo(along0[2], 10);
    expect(alongX[2]).toBeCloseTo(along0[0], 10);
    const states = solutions.slice(0, 2).map((solution) => demand(twoStates(solution)));
    expect(Math.abs(states[0].up.m[0])).toBeCloseTo(Math.abs(states[1].up.m[2]), 6);
    // unlike the frame, which is free, bins are those of the laboratory
    const shares = solutions.slice(0, 2).map((solution, i) =>
      demand(
        demand(solution.stationary()).probabilities({
          kind: "projection",
          axis: i === 0 ? [1, 0, 0] : [0, 0, 1],
          edges: [-1, -0.5, 0.5, 1],
        }),
      ),
    );
    shares[0].forEach((share, i) => {
      expect(shares[1][i]).toBeCloseTo(share, 10);
    });
  });

  it("gives the rate of a film at low damping with its error (a weighted basis, seven digits)", () => {
    const film = dynamicsOf({ delta: 5, alpha: 0.02, energy: add(mul(4, square(mz)), mul(-1, square(mx))) });
    const solution = demand(solveFokkerPlanck(film));
    expect(solution.slowestRate).toHaveProperty("errorEstimate");
    expect(solution.errorEstimate).toBeLessThan(1e-6);
    expect(Math.abs((demand(solution.slowestRate) * 250) / 0.5041663 - 1)).toBeLessThan(2e-7);
  });

  it("splits into symmetry sectors without losing modes: in-plane film without a field", () => {
    const energy = add(mul(-1, square(mx)), mul(5, square(mz)));
    const whole = demand(solveFokkerPlanck(dynamicsOf({ delta: 3, alpha: 0.2, energy })));
    // a field of 1e-9 couples all sectors and moves rates by 1e-8 of themselves
    const coupled = demand(
      solveFokkerPlanck(
        dynamicsOf({ delta: 3, alpha: 0.2, energy: add(energy, zeeman([1e-9, 1e-9, 1e-9])) }),
      ),
    );
    const [a, b] = [whole, coupled].map((solution) => demand(solution.eigenvalues(4)));
    a.forEach(({ re, im }, i) => {
      expect(re).toBeCloseTo(b[i].re, 6);
      expect(Math.abs(im)).toBeCloseTo(Math.abs(b[i].im), 6);
    });
  });

  it("follows constant, oscillating and pulsed torques from a direction (ladder operators)", () => {
    const t = variable("t");
    const cases = [
      { drive: 1, edges: [], m: [-0.106658612784, -0.193240062067, 0.666977270794] },
      {
        drive: mul(0.5, add(1, sin(mul(2, t)))),
        edges: [],
        m: [-0.0547247522378, -0.0924050954378, 0.739191328719],
      },
      { drive: select(less(t, 2), 1, 0), edges: [2], m: [0.0699579583039, -0.0462231971551, 0.774908827879] },
    ];
    for (const { drive, edges, m } of cases) {
      const { a, b, p } = driven.torque!;
      const dynamics = dynamicsOf({
        ...driven,
        torque: { a: mul(a as number, drive), b: mul(b as number, drive), p },
      });
      const solution = demand(solveFokkerPlanck(dynamics, { breakpoints: edges }));
      const [, after] = demand(solution.evolve({ direction: [0, 0, 1] }, [1, 5]));
      m.forEach((value, i) => {
        // the reference integrates at 1e-12; two degrees are asked to agree to 1e-7
        expect(Math.abs(after.m[i] - value)).toBeLessThan(1e-9);
      });
    }
  });

  it("keeps a Boltzmann start where it is, also over long times", () => {
    const spin = oblique(0.1);
    const solution = demand(solveFokkerPlanck(dynamicsOf(spin)));
    const start = { energyOverKT: mul(spin.delta, spin.energy) } as const;
    const [early, late] = demand(solution.evolve(start, [0, 1000]));
    early.m.forEach((value, i) => {
      expect(late.m[i]).toBeCloseTo(value, 9);
    });
  });

  it("refuses what does not converge at the degree allowed, and what harmonics cannot resolve", () => {
    const tight = demand(solveFokkerPlanck(dynamicsOf(oblique(0.006)), { maximumDegree: 30 }));
    expect(tight.converged).toBe(false);
    expect(tight.slowestRate.value).toBeNull();
    expect(tight.eigenvalues(3).value).toBeNull();
    expect(tight.reason).toContain("differ");
    const layered = demand(solveFokkerPlanck(dynamicsOf(oblique(0.003)), { maximumDegree: 30 }));
    expect([layered.converged, layered.slowestRate.value, layered.eigenvalues(3).value]).toEqual([
      false,
      null,
      null,
    ]);
    expect(layered.reason).toMatch(/layers that need at least degree 39\.\d/);
    const kink = dynamicsOf({ delta: 5, alpha: 0.1, energy: add(abs(along([0.6, 0, 0.8])), mul(0.2, mx)) });
    expect(solveFokkerPlanck(kink).value).toBeNull();
  });
});

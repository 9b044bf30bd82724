import { describe, expect, it } from "vitest";
import { checkExperiment } from "./check.ts";
import { extrapolatedFigures } from "./extrapolate.ts";
import { dwellFigures, evolutionFigures, passageFigures, stationaryFigures } from "./figures.ts";
import type { MeshPlan } from "./mesh.ts";
import { randomExperiment } from "./random-experiment.ts";
import { read } from "./reading.ts";
import type { Plain } from "./values.ts";

const sphere: MeshPlan = {
  axis: [0, 0, 1],
  faces: [Math.PI / 2],
  from: 0,
  to: Math.PI,
  rings: 8,
  columns: 16,
};
const refinements = [2, 3, 4];
const onMeshes = (solve: (refinement: number) => Map<string, number>) =>
  extrapolatedFigures(refinements.map(solve), refinements);

const reduced = (delta: number, alpha: number, rest: Plain): Plain => ({
  magnet: { delta, alpha },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  time: { duration: 4 },
  ...rest,
});
const angle = (50 * Math.PI) / 180;

describe("the oracle itself", () => {
  it("finds the steady state that two other methods have found", () => {
    const torques = [
      {
        type: "spinTransfer",
        dampingLike: 0.15,
        fieldLike: 0.06,
        polarizer: [Math.sin(angle), 0, Math.cos(angle)],
      },
    ];
    const found = onMeshes((r) => stationaryFigures(read(reduced(2.5, 0.2, { torques })), sphere, r));
    for (const [name, value] of [
      ["⟨x⟩", -0.0834],
      ["⟨y⟩", 0.117258],
      ["⟨z⟩", -0.793053],
    ] as const) {
      const { value: mine, error } = found.get(`${name} stationary`) as { value: number; error: number };
      expect(error).toBeLessThan(1e-4);
      expect(Math.abs(mine - value)).toBeLessThan(error + 1e-6);
    }
  });

  it("follows free precession and decay of a spin in a field", () => {
    // Langevin: with Ψ = −αB m_z there is no closed form, but without damping's drift, D alone, ⟨m⟩ turns and decays as e^(−2Dt)
    const [D, B, t] = [0.05, 0.8, 4];
    const experiment = {
      magnet: { delta: 1, alpha: 2 * D },
      // the field's relaxation is taken away by χ, which leaves precession and diffusion
      energies: [{ type: "zeeman", B_ext: [0, 0, B] }],
      torques: [{ type: "potential", chi: `${2 * D * B}*mz` }],
      initial: { type: "direction", m: [0.6, 0, 0.8] },
      time: { duration: t },
    };
    const asked = { plan: sphere, times: [t], tolerance: 1e-5 };
    const found = onMeshes((r) => evolutionFigures(read(experiment), asked, r));
    const decay = Math.exp(-2 * D * t);
    for (const [name, value] of [
      ["⟨x⟩", 0.6 * decay * Math.cos(B * t)],
      ["⟨y⟩", 0.6 * decay * Math.sin(B * t)],
      ["⟨z⟩", 0.8 * decay],
    ] as const) {
      const { value: mine, error } = found.get(`${name} at time 1`) as { value: number; error: number };
      expect(error).toBeLessThan(5e-3);
      expect(Math.abs(mine - value)).toBeLessThan(2 * error + 1e-5);
    }
  });

  it("finds a mean first passage that is a quadrature", () => {
    const [delta, alpha, start, rim] = [3, 0.2, 0.6, -0.5];
    const experiment = reduced(delta, alpha, {
      initial: { type: "direction", m: [0.8, 0, start] },
    });
    // T(x) = ∫_rim^x dy e^{e(y)Δ}/((1 − y²) D) ∫_y^1 e^{−e(u)Δ} du
    const D = alpha / (2 * delta);
    const n = 20_000;
    const h = (1 - rim) / n;
    let [inner, mean] = [0, 0];
    for (let k = n - 1; k >= 0; k--) {
      const y = rim + (k + 0.5) * h;
      inner += h * Math.exp(delta * y * y);
      if (y < start)
        mean +=
          ((inner - 0.5 * h * Math.exp(delta * y * y)) * h * Math.exp(-delta * y * y)) / ((1 - y * y) * D);
    }
    const plan: MeshPlan = { ...sphere, axis: [0, 0, -1], faces: [], from: Math.acos(-rim) };
    const found = onMeshes((r) =>
      passageFigures(read(experiment), { plan, times: [1], tolerance: 1e-5 }, r),
    ).get("mean passage") as { value: number; error: number };
    expect(found.error / mean).toBeLessThan(1e-3);
    expect(Math.abs(found.value - mean)).toBeLessThan(found.error + 1e-4 * mean);
  });

  it("finds the dwell times of a symmetric magnet alike on both sides", () => {
    const rim = Math.acos(0.05);
    const found = onMeshes((r) => dwellFigures(read(reduced(3, 0.2, {})), sphere, [rim, Math.PI - rim], r));
    expect(found.get("occupation")?.value).toBeCloseTo(0.5, 6);
    // 12.646: computed independently of this project
    expect(Math.abs((found.get("dwell up")?.value ?? 0) - 12.646)).toBeLessThan(0.002);
  });
});

describe("the exact side against the oracle", () => {
  const agrees = (experiment: Plain) => {
    const { compared, sharp, disagreements } = checkExperiment(experiment, true);
    expect(disagreements).toEqual([]);
    expect(compared).toBeGreaterThan(18);
    expect(sharp).toBeGreaterThan(0.8 * compared);
  };
  const observables = [{ type: "moments", times: 1 }];

  it("agrees on a torque typed as a vector field, off the axis", () => {
    const torques = [
      { type: "field", torque: ["k*my", "-k*mx + k*mz^2", "-k*mx*my"], parameters: { k: 0.2 } },
    ];
    agrees(reduced(1.5, 0.3, { torques, observables }));
  });

  it("agrees on a pulse of current in SI units, with a temperature that falls", () => {
    agrees({
      magnet: {
        Ms: 8e5,
        volume: 2e-25,
        alpha: 0.3,
        temperature: { ramp: { from: 300, to: 200, length: 5e-10 } },
      },
      energies: [{ type: "uniaxial", Ku1: 4e4 }],
      torques: [
        {
          type: "slonczewski",
          J: { pulse: { amplitude: -4e10, start: 1e-10, length: 2e-10, rise: 5e-11 } },
          Pol: 0.6,
          Lambda: 1.6,
          EpsilonPrime: 0.1,
          FixedLayer: [0, 0, 1],
          thickness: 1e-9,
        },
      ],
      initial: { type: "direction", m: [0.6, 0, 0.8] },
      time: { duration: 5e-10 },
      observables,
    });
  });

  it("agrees on a random experiment", () => agrees(randomExperiment(7)));

  it("sees a field that is wrong by two per cent", () => {
    const right = { ...randomExperiment(7), observables: [{ type: "moments", times: 1 }] } as Record<
      string,
      unknown
    >;
    expect(checkExperiment(right, true).disagreements).toEqual([]);
    const wrong = structuredClone(right) as { energies: { B_ext?: number[] }[] };
    const field = wrong.energies.find(({ B_ext }) => B_ext)?.B_ext as number[];
    field[2] *= 1.02;
    expect(checkExperiment(right, true, wrong as unknown as Plain).disagreements.length).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from "vitest";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { ellipticCylinderFactors } from "../../src/physics/demagnetization/index.ts";
import { deviceFigures } from "../../src/run/device-figures.ts";
import { obliqueLandscape } from "../../src/theory/oblique-landscape.ts";

/* What `check` says of a magnet, against closed forms. */

const figuresOf = (experiment: object) => {
  const checked = checkExperiment({
    initial: { type: "uniform" },
    ensemble: 1,
    time: { duration: 1 },
    observables: [],
    ...experiment,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return deviceFigures(checked.experiment);
};
const easyAxis = { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] };

describe("figures of a magnet", () => {
  it("are Δ(1 ± h)², 1 ± h and α(1 + h) for a field along the axis", () => {
    const [h, alpha, a] = [0.3, 0.02, 0.007];
    const { states, relaxationTime } = figuresOf({
      magnet: { delta: 20, alpha },
      energies: [easyAxis, { type: "zeeman", B_ext: [0, 0, h] }],
      torques: [{ type: "spinTransfer", dampingLike: a, fieldLike: 0, polarizer: [0, 0, 1] }],
    });
    expect(relaxationTime).toBeCloseTo(1 / alpha, 10);
    const [up, down] = [...states].sort((p, q) => q.m[2] - p.m[2]);
    expect(up.barrier).toBeCloseTo(20 * (1 + h) ** 2, 5);
    expect(down.barrier).toBeCloseTo(20 * (1 - h) ** 2, 5);
    expect(2 * Math.PI * (up.precession ?? 0)).toBeCloseTo(1 + h, 6);
    expect(1 / (up.decayTime ?? 0)).toBeCloseTo(alpha * (1 + h), 6);
    // the torque turns m away from the polarizer: it empties the well it points to
    expect(up.criticalFactor).toBeCloseTo((alpha * (1 + h)) / a, 4);
    expect(down.criticalFactor).toBeCloseTo((-alpha * (1 - h)) / a, 4);
  });

  it("are the wells and the saddle of an oblique field", () => {
    const [field, fieldAngle] = [0.35, 0.7];
    const { states } = figuresOf({
      magnet: { delta: 50, alpha: 0.1 },
      energies: [
        easyAxis,
        { type: "zeeman", B_ext: [field * Math.sin(fieldAngle), 0, field * Math.cos(fieldAngle)] },
      ],
    });
    const exact = obliqueLandscape({ delta: 50, alpha: 0.1, field, fieldAngle });
    const barriers = states.map(({ barrier }) => barrier).sort((a, b) => (b ?? 0) - (a ?? 0));
    expect(barriers).toHaveLength(2);
    exact?.wells.forEach((well, i) => {
      expect(barriers[i]).toBeCloseTo(50 * (exact.saddle.energy - well.energy), 4);
    });
  });

  it("are Kittel's frequency and Sun's critical torque for a film", () => {
    const [alpha, hard, a] = [0.01, 25, 0.2];
    const { states } = figuresOf({
      magnet: { delta: 30, alpha },
      energies: [
        { type: "uniaxial", Ku1: 1, anisU: [1, 0, 0] },
        { type: "uniaxial", Ku1: -hard, anisU: [0, 0, 1] },
      ],
      torques: [{ type: "spinTransfer", dampingLike: a, fieldLike: 0, polarizer: [1, 0, 0] }],
    });
    for (const { barrier, precession, criticalFactor, m } of states) {
      expect(barrier).toBeCloseTo(30, 5);
      // damping shifts it by α²(hard/2)²/2 of itself over 1 + hard
      expect((2 * Math.PI * (precession ?? 0)) / Math.sqrt(1 + hard)).toBeCloseTo(1, 2);
      expect(criticalFactor).toBeCloseTo((Math.sign(m[0]) * alpha * (1 + hard / 2)) / a, 3);
    }
  });

  it("hold no barrier where there is one well, and the factors of a shape", () => {
    const { states, demagnetizing, fieldScale } = figuresOf({
      magnet: { Ms: 8e5, volume: 1e-24, alpha: 0.02, temperature: 300 },
      energies: [
        { type: "ellipticCylinder", axes: [40e-9, 20e-9, 1e-9] },
        { type: "zeeman", B_ext: [1, 0, 0] },
      ],
      time: { duration: 1e-9 },
    });
    expect(states).toHaveLength(1);
    expect(states[0].barrier).toBeNull();
    expect(fieldScale).toBeGreaterThan(0);
    const [{ factors }] = demagnetizing;
    ellipticCylinderFactors([40e-9, 20e-9, 1e-9]).forEach((factor, i) => {
      expect(factors[i]).toBeCloseTo(factor, 10);
    });
  });
});

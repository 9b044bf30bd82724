import { describeInputError } from "../../src/experiment/index.ts";
import type { MagnetModel } from "../../src/experiment/model.ts";
import { modelOf } from "../../src/experiment/model.ts";
import { newResolution } from "../../src/experiment/resolve.ts";
import { compileVector } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import type { V } from "./vectors.ts";
import { dot, scale, sum, unit } from "./vectors.ts";

/** A free layer in SI; kT is 4.14e-21 J at 300 K. */
export const magnet = { Ms: 8e5, volume: 4e-25, alpha: 0.13, temperature: 300, gamma: 1.76e11 };
const mu0 = 1.25663706127e-6; // CODATA 2022
const hbarOverE = 6.582119569e-16; // V s, exact to the digits given

type Described = Record<string, unknown>;

/** A described energy and its density (J/m³) written out by hand. */
export interface EnergyExample {
  readonly energy: Described;
  readonly density: (m: V) => number;
}

const u = unit([1, 2, 2]);
const [c1, c2, c3]: V[] = [unit([1, 1, 0]), unit([1, -1, 0]), [0, 0, -1]];

/** One example at least of every energy in the catalogue. */
export const energyExamples: readonly EnergyExample[] = [
  {
    energy: { type: "uniaxial", Ku1: 4e4, Ku2: -1.5e4, anisU: [1, 2, 2] },
    density: (m) => -4e4 * dot(m, u) ** 2 + 1.5e4 * dot(m, u) ** 4,
  },
  {
    energy: { type: "zeeman", B_ext: [0.01, -0.02, 0.03] },
    density: (m) => -8e5 * dot(m, [0.01, -0.02, 0.03]),
  },
  {
    energy: { type: "cubic", Kc1: 3e4, Kc2: 2e4, Kc3: -1e4, anisC1: [1, 1, 0], anisC2: [1, -1, 0] },
    density: (m) => {
      const [x, y, z] = [dot(m, c1) ** 2, dot(m, c2) ** 2, dot(m, c3) ** 2];
      return (
        3e4 * (x * y + y * z + z * x) +
        2e4 * x * y * z -
        1e4 * (x * x * y * y + y * y * z * z + z * z * x * x)
      );
    },
  },
  {
    energy: {
      type: "shape",
      tensor: [
        [0.2, 0.05, 0],
        [0.05, 0.3, -0.02],
        [0, -0.02, 0.5],
      ],
    },
    density: ([x, y, z]) =>
      0.5 * mu0 * 64e10 * (0.2 * x * x + 0.3 * y * y + 0.5 * z * z + 0.1 * x * y - 0.04 * y * z),
  },
  { energy: { type: "shape", tensor: [0, 0, 1] }, density: ([, , z]) => 0.5 * mu0 * 64e10 * z * z },
  // a sphere and a cube have no direction
  { energy: { type: "ellipsoid", axes: [5e-9, 5e-9, 5e-9] }, density: () => (0.5 * mu0 * 64e10) / 3 },
  { energy: { type: "prism", edges: [4e-9, 4e-9, 4e-9] }, density: () => (0.5 * mu0 * 64e10) / 3 },
  // a bar without ends: b/(a + b) across
  {
    energy: { type: "ellipticCylinder", axes: [4e-9, 2e-9, 4e5] },
    density: ([x, y]) => 0.5 * mu0 * 64e10 * ((x * x) / 3 + (2 * y * y) / 3),
  },
  {
    // thickness/diameter at which the factor along the axis is 0.3116 (D.-X. Chen, J. A. Brug, R. B. Goldfarb, IEEE
    // Trans. Magn. 27, 3601 (1991), table of magnetometric factors at χ = 0)
    energy: { type: "disc", diameter: 1e-8, thickness: 1e-8, axis: [0, 1, 1] },
    density: (m) => {
      const along = dot(m, unit([0, 1, 1])) ** 2;
      return 0.5 * mu0 * 64e10 * (0.3116 * along + 0.3442 * (1 - along));
    },
  },
  {
    energy: { type: "voltageControl", xi: 1e-13, E: 4e8, thickness: 1e-9, anisU: [0, 0, 1] },
    density: ([, , z]) => ((1e-13 * 4e8) / 1e-9) * z * z,
  },
  {
    energy: {
      type: "expression",
      density: "-Ka*mx^2 + Kd*cos(theta)^2*sin(theta)^2 + Kt*sin(theta)*cos(phi - 0.3)",
      parameters: { Ka: 4e4, Kd: 1e4, Kt: 500 },
    },
    density: ([x, y, z]) =>
      -4e4 * x * x + 1e4 * z * z * (1 - z * z) + 500 * (x * Math.cos(0.3) + y * Math.sin(0.3)),
  },
];

/** A described torque: its Gilbert form γ(a m×(m×p) + b m×p) by hand, or its torque τ in 1/s. */
export interface TorqueExample {
  readonly torque: Described;
  readonly polarizer?: V;
  readonly a?: (c: number) => number;
  readonly b?: (c: number) => number;
  /** τ of dm/dt = … + α m×dm/dt + τ. */
  readonly gilbertTorque?: (m: V) => V;
  /** What is added to dm/dt after it has been solved for. */
  readonly drift?: (m: V) => V;
}

const p = unit([2, -1, 3]);
const beta = (hbarOverE * 2e11) / (8e5 * 2e-9); // β_S in T
const L = 1.76e11 / ((1 + 0.13 ** 2) * 8e5 * 4e-25); // 1/(J s)
const a0 = -(hbarOverE * 0.3 * 1e12) / (2 * 8e5 * 1e-9);
const tangent = (m: V, w: V): V => sum(w, scale(-dot(m, w), m));
const rotate = (m: V, w: V): V => [
  m[1] * w[2] - m[2] * w[1],
  m[2] * w[0] - m[0] * w[2],
  m[0] * w[1] - m[1] * w[0],
];

/** One example at least of every torque in the catalogue. */
export const torqueExamples: readonly TorqueExample[] = [
  {
    torque: { type: "spinTransfer", dampingLike: 0.013, fieldLike: -0.007, polarizer: [2, -1, 3] },
    polarizer: p,
    a: () => 0.013,
    b: () => -0.007,
  },
  {
    torque: {
      type: "slonczewski",
      J: 2e11,
      Pol: 0.6,
      Lambda: 1.5,
      EpsilonPrime: 0.1,
      FixedLayer: [2, -1, 3],
      thickness: 2e-9,
    },
    polarizer: p,
    a: (c) => (-beta * 0.6 * 2.25) / (3.25 + 1.25 * c),
    b: () => -beta * 0.1,
  },
  {
    torque: { type: "slonczewski", J: -2e11, Pol: 0.4, FixedLayer: [2, -1, 3], thickness: 2e-9 },
    polarizer: p,
    a: () => (beta * 0.4) / 2,
    b: () => 0,
  },
  {
    torque: {
      type: "spinOrbit",
      J: 1e12,
      spinHallAngle: 0.3,
      fieldLikeRatio: -0.25,
      polarizer: [2, -1, 3],
      thickness: 1e-9,
    },
    polarizer: p,
    a: () => a0,
    b: () => -0.25 * a0,
  },
  {
    torque: { type: "potential", chi: "3e8*mx*my", Phi: "A*mz^3", parameters: { A: 2e8 } },
    drift: (m) => sum(scale(-1, tangent(m, scale(3e8, [m[1], m[0], 0]))), rotate(m, [0, 0, 6e8 * m[2] ** 2])),
  },
  {
    torque: { type: "potential", chiEnergy: "E*mz", phiEnergy: "2*E*mx", parameters: { E: 1e-21 } },
    drift: (m) => sum(tangent(m, [0, 0, -0.13 * L * 1e-21]), rotate(m, [2 * L * 1e-21, 0, 0])),
  },
  {
    // Y_10 = √(3/4π) mz, Y_11 = √(3/4π) mx, Y_1−1 = √(3/4π) my
    torque: {
      type: "potential",
      chiHarmonics: [
        { l: 1, m: 0, value: 1e8 },
        { l: 1, m: 1, value: -2e8 },
      ],
      phiHarmonics: [{ l: 1, m: -1, value: 3e8 }],
    },
    drift: (m) => {
      const n = Math.sqrt(3 / (4 * Math.PI));
      return sum(tangent(m, [2e8 * n, 0, -1e8 * n]), rotate(m, [0, 3e8 * n, 0]));
    },
  },
  {
    torque: {
      type: "field",
      torque: ["k*my*mz", "-k*mx*mz", "q*mx"],
      strength: 0.5,
      parameters: { k: 4e8, q: 1e8 },
    },
    gilbertTorque: (m) => tangent(m, [2e8 * m[1] * m[2], -2e8 * m[0] * m[2], 0.5e8 * m[0]]),
  },
  {
    torque: { type: "field", torque: ["1e8*mz", "0", "2e8"], form: "explicit" },
    drift: (m) => tangent(m, [1e8 * m[2], 0, 2e8]),
  },
  {
    // numbers of circuit theory for this stack from x, y of the two sides: p_L, r_L, p_R, r_R in fΩm²
    torque: { type: "spinAccumulation", stack: cobaltCopperCobalt, strength: 1.5, polarizer: [2, -1, 3] },
    polarizer: p,
    a: (c) => {
      const [pL, rL, pR, rR, G] = [0.2535, 7.9753e-15, 0.22815, 7.6532e-15, 0.55e15];
      const [gL, gR] = [1 / rL, 1 / rR];
      const determinant = (gL + G) * (gR + G) - (gL - G) * (gR - G) * c * c;
      const x = (pL * (gR + G) + pR * (gL - G) * c) / determinant;
      return ((1.5 * hbarOverE) / (2 * 8e5 * 3e-9)) * 1e11 * G * x;
    },
    b: () => 0,
  },
];

/** The model of an experiment with these terms, in SI. */
export function modelWith(energies: readonly Described[], torques: readonly Described[]): MagnetModel {
  const checked = checkExperiment({ magnet, energies, torques, time: { duration: 1e-9 } });
  if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
  const resolution = newResolution(1e-9, (path, rule) => {
    throw new Error(`${path} ${rule}`);
  });
  return modelOf(checked.experiment, resolution);
}

/** Values of expressions of m. */
export function valuesAt(outputs: readonly Expression[]): (m: V) => number[] {
  const compiled = compileVector(outputs, ["mx", "my", "mz"]);
  return (m) => {
    const out = new Float64Array(outputs.length);
    compiled(out, 0, ...m);
    return [...out];
  };
}

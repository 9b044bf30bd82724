/** An experiment without ensemble and seed, with its name. */
export interface Configuration {
  readonly name: string;
  readonly experiment: Readonly<Record<string, unknown>>;
}

const z = [0, 0, 1];
const easy = { type: "uniaxial", Ku1: 1 };
const field = (...B_ext: unknown[]) => ({ type: "zeeman", B_ext });
const torque = (dampingLike: unknown, polarizer: readonly number[], fieldLike: unknown = 0) => ({
  type: "spinTransfer",
  dampingLike,
  fieldLike,
  polarizer,
});
const from = (...m: number[]) => ({ type: "direction", m });
const boltzmann = { type: "boltzmann" };
const uniform = { type: "uniform" };
const moments = (times: unknown = 3) => ({ type: "moments", times });
const histogram = (of: unknown, bins: unknown = 24) => ({ type: "histogram", of, bins });
const passage = (until: string) => ({ type: "firstPassage", until });
const dwell = (up: string, down: string) => ({ type: "dwell", up, down });
const spectrum = (of: string, sampleEvery: number) => ({ type: "spectrum", of, sampleEvery });
const entropy = { type: "entropyProduction", times: 3 };

function reduced(
  name: string,
  [delta, alpha, duration]: readonly [unknown, unknown, number],
  energies: readonly unknown[],
  initial: unknown,
  observables: readonly unknown[],
  torques: readonly unknown[] = [],
): Configuration {
  return {
    name,
    experiment: { magnet: { delta, alpha }, energies, torques, initial, time: { duration }, observables },
  };
}

/** Configurations over the catalogue: common cases, and those in which tests of an ensemble tend to fail. */
export const configurations: readonly Configuration[] = [
  // about a common axis
  reduced("axial relaxation", [4, 0.1, 30], [easy], from(0, 0, 1), [moments(), histogram("mz")]),
  reduced("axial equilibrium", [4, 0.1, 10], [easy], boltzmann, [moments(), histogram("mz"), entropy]),
  reduced("axial, from an oblique direction", [6, 0.1, 20], [easy], from(0.6, 0, 0.8), [
    moments(),
    histogram("phi", 12),
  ]),
  reduced("axial field", [5, 0.2, 20], [easy, field(0, 0, 0.2)], uniform, [moments(), histogram("mz")]),
  reduced("free spins", [1, 0.5, 4], [field(0, 0, 0.3)], from(1, 0, 0), [moments(), histogram("mx")]),
  reduced("second order, bistable", [4, 0.1, 20], [{ ...easy, Ku2: 0.5 }], from(0, 0, 1), [
    moments(),
    histogram("mz"),
  ]),
  reduced("axis along x", [4, 0.1, 20], [{ ...easy, anisU: [1, 0, 0] }], from(1, 0, 0), [
    moments(),
    histogram("mx"),
  ]),
  // rings
  reduced("easy plane", [5, 0.1, 20], [{ type: "uniaxial", Ku1: -1 }], from(1, 0, 0), [
    moments(),
    histogram("phi", 12),
  ]),
  reduced(
    "easy cone, its well",
    [15, 0.05, 20],
    [{ ...easy, Ku2: -0.8 }],
    { type: "well", m: [0.6, 0, 0.8] },
    [moments()],
  ),
  reduced("easy cone, from a point", [8, 0.1, 20], [{ ...easy, Ku2: -0.8 }], from(0.6, 0, 0.8), [
    moments(),
    histogram("mz"),
  ]),
  // oblique
  reduced("oblique field", [3, 0.2, 15], [easy, field(0.3, 0, 0)], from(0, 0, 1), [
    moments(),
    histogram("mx"),
  ]),
  reduced("oblique field, equilibrium", [3, 0.1, 8], [easy, field(0.2, 0.1, 0.1)], boltzmann, [
    moments(),
    histogram("map", [6, 8]),
  ]),
  reduced("cubic", [3, 0.2, 10], [{ type: "cubic", Kc1: 1, Kc2: 0.5 }], uniform, [
    moments(),
    histogram("mz"),
  ]),
  reduced("cubic, negative", [6, 0.2, 10], [{ type: "cubic", Kc1: -1 }], { type: "well", m: [1, 1, 1] }, [
    moments(),
    histogram("mx"),
  ]),
  reduced(
    "film",
    [1, 0.1, 20],
    [
      { ...easy, anisU: [1, 0, 0] },
      { type: "uniaxial", Ku1: -4 },
    ],
    from(1, 0, 0),
    [moments(), histogram("phi", 12)],
  ),
  reduced(
    "typed energy",
    [3, 0.2, 10],
    [{ type: "expression", density: "-mz^2 + 0.3*sin(theta)^3*cos(3*phi)" }],
    uniform,
    [moments(), histogram("phi", 12)],
  ),
  // torques
  reduced(
    "oblique torque, transient",
    [2.5, 0.2, 20],
    [easy],
    from(0, 0, 1),
    [moments(), histogram("mz"), entropy],
    [torque(0.15, [0.766, 0, 0.643], 0.06)],
  ),
  reduced(
    "oblique torque, from equilibrium",
    [2.5, 0.2, 20],
    [easy],
    boltzmann,
    [moments(), histogram("map", [6, 8])],
    [torque(0.15, [0.766, 0, 0.643], 0.06)],
  ),
  reduced(
    "collinear torque below the threshold",
    [6, 0.1, 30],
    [easy],
    from(0, 0, 1),
    [moments(), passage("mz < 0")],
    [torque(0.05, z)],
  ),
  reduced(
    "collinear torque above the threshold",
    [20, 0.05, 40],
    [easy],
    { type: "well", m: z },
    [moments(), histogram("mz"), passage("mz < -0.5")],
    [torque(0.1, z)],
  ),
  reduced(
    "typed potentials",
    [3, 0.2, 10],
    [easy],
    uniform,
    [moments()],
    [{ type: "potential", chi: "0.2*mz*mx", Phi: "0.3*mx" }],
  ),
  // drives with edges, sines, typed
  reduced(
    "field pulse with edges",
    [6, 0.1, 20],
    [easy, field({ pulse: { amplitude: 0.5, start: 3.3, length: 5.1 } }, 0, 0)],
    from(0, 0, 1),
    [moments(5)],
  ),
  reduced(
    "late, short field pulse",
    [40, 0.05, 104],
    [easy, field({ pulse: { amplitude: 1, start: 100.033, length: 1 } }, 0, 0)],
    from(0, 0, 1),
    [moments([101.5, 102, 104])],
  ),
  reduced(
    "train of torques",
    [5, 0.1, 24],
    [easy],
    boltzmann,
    [moments(4)],
    [torque({ train: { amplitude: 0.3, length: 2, period: 6, count: 4 } }, z)],
  ),
  reduced(
    "swept field",
    [8, 0.2, 30],
    [easy, field(0, 0, { ramp: { from: 0.5, to: -1, length: 25 } })],
    boltzmann,
    [moments(5), passage("mz < 0")],
  ),
  reduced(
    "oscillating field",
    [4, 0.1, 25],
    [easy, field(0, 0, { sine: { amplitude: 0.4, frequency: 0.1 } })],
    from(0, 0, 1),
    [moments(5)],
  ),
  reduced(
    "typed bell of transverse field",
    [4, 0.1, 20],
    [easy, field("0.4*exp(-((t-8)/2)^2)", 0, 0)],
    from(0, 0, 1),
    [moments(4)],
  ),
  reduced("temperature that falls", ["3+t/10", 0.2, 20], [easy], boltzmann, [moments(), histogram("mz")]),
  // spreads
  reduced(
    "spread of barriers",
    [{ mean: 4, deviation: 1, distribution: "lognormal" }, 0.1, 20],
    [easy],
    from(0, 0, 1),
    [moments(), histogram("mz")],
  ),
  reduced(
    "spread of anisotropy, equilibrium",
    [5, 0.1, 8],
    [{ type: "uniaxial", Ku1: { mean: 1, deviation: 0.1, distribution: "normal" } }],
    boltzmann,
    [moments()],
  ),
  reduced(
    "spread of damping",
    [4, { mean: 0.2, deviation: 0.05, distribution: "uniform" }, 20],
    [easy],
    from(0, 0, 1),
    [moments()],
  ),
  // rare states
  reduced("rare minor well", [20, 0.1, 2], [easy, field(0, 0, 0.049)], boltzmann, [
    moments(2),
    histogram("mz"),
  ]),
  reduced("rare escapes", [8, 0.1, 40], [easy], { type: "well", m: z }, [
    moments(2),
    histogram("mz"),
    passage("mz < -0.5"),
  ]),
  reduced(
    "write error",
    [60, 0.02, 600],
    [easy],
    { type: "well", m: z },
    [moments(4), passage("mz < 0")],
    [torque(0.04, z)],
  ),
  // low and high damping
  reduced("ringing", [30, 0.005, 60], [field(0, 0, 1)], from(0.6, 0, 0.8), [moments(4)]),
  reduced("low damping, axial", [4, 0.01, 60], [easy], from(0.8, 0, 0.6), [moments(), histogram("mz")]),
  reduced("high damping", [4, 1, 10], [easy, field(0.2, 0, 0)], from(0, 0, 1), [moments(), histogram("mz")]),
  // switching statistics and spectra
  reduced("dwell, axial", [3, 0.2, 200], [easy], boltzmann, [moments(2), dwell("mz > 0.5", "mz < -0.5")]),
  reduced("dwell, thresholds close together", [3, 0.2, 200], [easy], boltzmann, [
    dwell("mz > 0.05", "mz < -0.05"),
  ]),
  reduced("dwell, asymmetric", [3, 0.3, 200], [easy, field(0, 0, 0.1)], boltzmann, [
    dwell("mz > 0.5", "mz < -0.3"),
  ]),
  reduced("passage, axial", [3, 0.2, 60], [easy], from(0, 0, 1), [passage("mz < -0.5")]),
  reduced("passage, from near its rim", [4, 0.3, 60], [easy], from(0.8, 0, 0.6), [passage("mz < 0.599")]),
  reduced("spectrum along the axis", [2, 0.2, 300], [easy], boltzmann, [spectrum("mz", 0.5)]),
  reduced("spectrum across the axis", [10, 0.05, 300], [easy], boltzmann, [spectrum("mx", 0.5)]),
  reduced("telegraph spectrum", [5, 0.3, 400], [easy], boltzmann, [spectrum("mz", 2)]),
  {
    name: "junction in SI units",
    experiment: {
      magnet: { Ms: 8e5, volume: 3e-25, alpha: 0.1, temperature: 300 },
      energies: [{ type: "uniaxial", Ku1: 4e4 }],
      torques: [{ type: "slonczewski", J: 2e10, Pol: 0.6, Lambda: 1.5, FixedLayer: z, thickness: 1.6e-9 }],
      initial: { type: "well", m: z },
      time: { duration: 2e-9 },
      observables: [moments(), histogram("mz"), passage("mz < 0")],
    },
  },
];

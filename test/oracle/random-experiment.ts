import { Draw, driven } from "./draw.ts";
import type { Plain, Scalar, Vec3 } from "./values.ts";

const muB = { volume: 4e-25, Ms: 8e5, temperature: 300 };

/** What is given in which unit: reduced ones, or SI ones by factors. */
interface Scales {
  readonly reduced: boolean;
  /** J/m³, T, s, A/m² of one reduced unit. */
  readonly density: number;
  readonly field: number;
  readonly time: number;
}

/** An experiment drawn from the whole catalogue: barriers of a few kT, fields and torques of order one, a few precessions long. */
export function randomExperiment(seed: number): Plain {
  const draw = new Draw(seed);
  const reduced = draw.chance(0.5);
  const alpha = draw.logarithmic(0.04, 0.5);
  const delta = draw.between(1, 5);
  const field = 0.1;
  const scales: Scales = reduced
    ? { reduced, density: 1, field: 1, time: 1 }
    : { reduced, density: (muB.Ms * field) / 2, field, time: (1 + alpha * alpha) / (1.76085963e11 * field) };
  const volume = Number(((delta * 1.380649e-23 * muB.temperature) / scales.density).toPrecision(5));
  const duration = Number((scales.time * draw.between(5, 25)).toPrecision(4));
  const axial = draw.chance(0.35);
  const axis = (): Vec3 => (axial || draw.chance(0.3) ? [0, 0, 1] : draw.direction());
  const energies = energiesOf(draw, scales, axial, axis);
  const torques = draw.chance(0.55) ? torquesOf(draw, scales, alpha, axial, axis) : [];
  const magnet: Record<string, Scalar> = reduced
    ? { delta, alpha }
    : { ...muB, volume, alpha, fieldScale: field };
  const kind = draw.next();
  const isDriven = kind < 0.4;
  const isSpread = kind > 0.82;
  if (isDriven) driveOne(draw, energies, torques, duration, magnet);
  if (isSpread) {
    const target = draw.pick(reduced ? ["delta"] : ["volume", "temperature"]);
    const mean = magnet[target] as number;
    const distribution = draw.pick(["normal", "lognormal", "uniform"]);
    magnet[target] = {
      mean,
      deviation: mean * draw.between(0.05, distribution === "lognormal" ? 0.35 : 0.15),
      distribution,
    };
  }
  const initial = draw.pick([
    { type: "direction", m: draw.direction() },
    { type: "direction", m: draw.direction() },
    { type: "boltzmann" },
    { type: "uniform" },
  ]);
  const observables: Plain[] = [{ type: "moments", times: 2 }];
  if (draw.chance(0.6))
    observables.push({
      type: "histogram",
      of: draw.pick(["mx", "my", "mz", "phi"]),
      bins: draw.pick([6, 8]),
    });
  const more = draw.next();
  const about = axial ? "mz" : draw.pick(["mx", "my", "mz"]);
  if (more < 0.25 && !isDriven && !isSpread)
    observables.push({
      type: "dwell",
      up: `${about} > ${draw.between(0.1, 0.7)}`,
      down: `${about} < ${-draw.between(0.1, 0.7)}`,
    });
  else if (more < 0.5 && !isDriven)
    observables.push({ type: "firstPassage", until: `${about} < ${draw.between(-0.8, -0.2)}` });
  else if (more < 0.7 && !isDriven && !isSpread)
    observables.push({ type: "spectrum", of: draw.pick(["mx", "my", "mz"]), sampleEvery: duration / 100 });
  const passage = observables.some(({ type }) => type === "firstPassage");
  const startsOutside = {
    type: "direction",
    m: about === "mz" ? [0.6, 0, 0.8] : about === "mx" ? [0.8, 0.6, 0] : [0, 0.8, 0.6],
  };
  return {
    magnet,
    energies,
    torques,
    initial: passage ? startsOutside : initial,
    ensemble: 1000,
    seed,
    time: { duration },
    observables,
  };
}

function energiesOf(draw: Draw, { reduced, density, field }: Scales, axial: boolean, axis: () => Vec3) {
  const energies: Record<string, unknown>[] = [];
  const kinds = [
    "uniaxial",
    "uniaxial",
    axial ? "uniaxial" : "cubic",
    "expression",
    ...(reduced ? [] : ["shape", "voltageControl", "ellipsoid"]),
  ];
  for (let k = 0; k < (draw.chance(0.3) ? 2 : 1); k++)
    switch (draw.pick(kinds)) {
      case "uniaxial":
        energies.push({
          type: "uniaxial",
          Ku1: density * draw.between(0.5, 1.2),
          Ku2: density * draw.pick([0, draw.between(-0.8, 0.6)]),
          anisU: axis(),
        });
        break;
      case "cubic":
        energies.push({
          type: "cubic",
          Kc1: draw.sign() * density * draw.between(0.5, 2),
          Kc2: density * draw.pick([0, 2]),
          Kc3: density * draw.pick([0, 1.5]),
        });
        break;
      case "shape":
        energies.push({
          type: "shape",
          tensor: axial
            ? [0.2, 0.2, 0.6]
            : [
                [0.3, 0.02, 0.01],
                [0.02, 0.25, 0],
                [0.01, 0, 0.45],
              ],
        });
        break;
      case "ellipsoid":
        energies.push({ type: "ellipsoid", axes: axial ? [8e-9, 8e-9, 1.2e-8] : [1.2e-8, 1e-8, 8e-9] });
        break;
      case "voltageControl":
        energies.push({
          type: "voltageControl",
          xi: 1e-13,
          E: draw.sign() * draw.between(0.4, 1) * density * 1e4,
          thickness: 1e-9,
          anisU: axis(),
        });
        break;
      default:
        energies.push({
          type: "expression",
          density: axial ? "-A*mz^2 + C*mz^3" : "-A*mz^2 + B*mx*my + C*sin(theta)^3*cos(3*phi)",
          parameters: {
            A: density * draw.between(0.5, 1),
            ...(axial ? {} : { B: density * draw.between(-0.6, 0.6) }),
            C: density * draw.between(-0.4, 0.4),
          },
        });
    }
  if (draw.chance(0.6)) {
    const strength = field * draw.between(0.05, 0.6);
    energies.push({ type: "zeeman", B_ext: axis().map((x) => x * strength) });
  }
  return energies;
}

function torquesOf(
  draw: Draw,
  { reduced, field, time }: Scales,
  alpha: number,
  axial: boolean,
  axis: () => Vec3,
) {
  const p = axis();
  const strength = draw.sign() * draw.between(0.2, 1.2) * alpha;
  /** J that makes β_S of 1 T in a film of 1 nm. */
  const current = (1.602176634e-19 * muB.Ms * 1e-9) / 1.054571817e-34;
  switch (
    draw.pick([
      "spinTransfer",
      "potential",
      "field",
      "harmonics",
      ...(reduced ? [] : ["slonczewski", "spinOrbit"]),
    ])
  ) {
    case "spinTransfer":
      return [
        {
          type: "spinTransfer",
          dampingLike: field * strength,
          fieldLike: field * draw.between(-0.2, 0.2),
          polarizer: p,
        },
      ];
    case "slonczewski":
      return [
        {
          type: "slonczewski",
          J: current * field * strength,
          Pol: draw.between(0.4, 0.8),
          Lambda: draw.pick([1, draw.between(0.6, 2)]),
          EpsilonPrime: draw.between(-0.2, 0.2),
          FixedLayer: p,
          thickness: 1e-9,
        },
      ];
    case "spinOrbit":
      return [
        {
          type: "spinOrbit",
          J: current * field * strength * 5,
          spinHallAngle: draw.between(0.1, 0.4),
          fieldLikeRatio: draw.between(-1, 1),
          polarizer: p,
          thickness: 1e-9,
        },
      ];
    case "potential":
      return [
        {
          type: "potential",
          chi: axial ? "k*mz" : "k*mz*mx",
          Phi: axial ? "f*mz^2" : "f*mx + k*my^2",
          parameters: { k: strength / time, f: draw.between(-0.3, 0.3) / time },
        },
      ];
    case "harmonics":
      return [
        {
          type: "potential",
          chiHarmonics: [
            { l: 1, m: 0, value: strength / time },
            { l: 2, m: axial ? 0 : 2, value: strength / time },
          ],
          phiHarmonics: [{ l: 1, m: axial ? 0 : -1, value: draw.between(-0.5, 0.5) / time }],
        },
      ];
    default:
      return [
        {
          type: "field",
          form: draw.pick(["gilbert", "explicit"]),
          torque: axial ? ["-k*mx*mz", "-k*my*mz", "k*(1-mz^2)"] : ["k*my", "-k*mx + k*mz^2", "-k*mx*my"],
          parameters: { k: strength / time },
        },
      ];
  }
}

/** Makes one scalar of the experiment depend on time. */
function driveOne(
  draw: Draw,
  energies: Record<string, unknown>[],
  torques: Record<string, unknown>[],
  duration: number,
  magnet: Record<string, Scalar>,
): void {
  const places: { of: Record<string, unknown> | unknown[]; key: string | number }[] = [];
  for (const entry of [...energies, ...torques])
    for (const key of ["Ku1", "Kc1", "E", "dampingLike", "J", "strength"])
      if (typeof entry[key] === "number" && entry[key] !== 0) places.push({ of: entry, key });
  for (const entry of energies)
    if (entry.type === "zeeman") {
      const field = entry.B_ext as number[];
      const key = field.findIndex((x) => x !== 0);
      if (key >= 0) places.push({ of: field, key }, { of: field, key });
    }
  if (places.length === 0) return;
  const { of, key } = draw.pick(places);
  const holder = of as Record<string | number, unknown>;
  holder[key] = driven(draw, holder[key] as number, duration);
  if (draw.chance(0.15) && typeof magnet.temperature === "number")
    magnet.temperature = { ramp: { from: 300, to: 200, start: 0.2 * duration, length: 0.5 * duration } };
}

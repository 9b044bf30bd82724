import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { Draw } from "../../test/oracle/draw.ts";
import { energyExamples, magnet, torqueExamples } from "../../test/physics/terms.ts";

type Plain = Record<string, unknown>;

const folder = new URL("../../examples/", import.meta.url);

/** The example files that contain an experiment. */
const examples = (): Plain[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => parse(readFileSync(new URL(name, folder), "utf8")) as Plain)
    .flatMap((read) => ("experiment" in read ? [read.experiment as Plain] : "magnet" in read ? [read] : []));

/** One experiment for every energy and torque of the catalogue, and for every drive and start. */
function ofCatalogue(): Plain[] {
  const uniaxial = { type: "uniaxial", Ku1: 3.1e4, anisU: [0, 0, 1] };
  const body = (more: object): Plain => ({
    magnet,
    energies: [uniaxial],
    initial: { type: "boltzmann" },
    time: { duration: 2e-8 },
    observables: [
      { type: "moments", times: 2 },
      { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    ],
    ...more,
  });
  const drives = [
    { pulse: { amplitude: 0.05, start: 2e-9, length: 5e-9, rise: 1e-10, fall: 1e-10 } },
    { train: { amplitude: 0.05, start: 1e-9, length: 1e-9, period: 4e-9, count: 4 } },
    { ramp: { from: 0, to: 0.05, start: 1e-9, length: 1e-8 } },
    { sine: { mean: 0, amplitude: 0.05, frequency: 2e8, phase: 0.3 } },
    { table: { times: [0, 1e-8, 2e-8], values: [0, 0.05, -0.05] } },
    "0.05 * exp(-((t - 1e-8) / 2e-9)^2)",
  ];
  return [
    ...energyExamples.map(({ energy }) => body({ energies: [uniaxial, energy] })),
    ...torqueExamples.map(({ torque }) => body({ torques: [torque], initial: { type: "uniform" } })),
    ...drives.map((drive) => body({ energies: [uniaxial, { type: "zeeman", B_ext: [0.01, 0, drive] }] })),
    ...["normal", "lognormal", "uniform"].map((distribution) =>
      body({ magnet: { ...magnet, volume: { mean: 4e-25, deviation: 6e-26, distribution } } }),
    ),
    body({ initial: { type: "well", m: [0, 0, 1] } }),
    body({ observables: [{ type: "spectrum", of: "mz", sampleEvery: 1e-10 }] }),
    body({ observables: [{ type: "firstPassage", until: "mz < -0.5" }] }),
  ];
}

type Place = { readonly parent: Record<string, unknown>; readonly key: string };

/** Places of all numbers except counts. */
function placesOf(of: unknown, found: Place[] = []): Place[] {
  if (typeof of !== "object" || of === null) return found;
  const parent = of as Record<string, unknown>;
  for (const [key, value] of Object.entries(parent)) {
    if (["ensemble", "seed"].includes(key)) continue;
    if (typeof value === "number") found.push({ parent, key });
    else placesOf(value, found);
  }
  return found;
}

/** A replacement for a number: with the wrong unit, with a typing error, or absurd. */
function changed(draw: Draw, value: number): number {
  const times = (least: number, most: number): number =>
    Number((value * 10 ** (draw.sign() * draw.between(least, most))).toPrecision(4));
  const kind = draw.next();
  if (kind < 0.5) return times(0.3, 3);
  if (kind < 0.7) return times(3, 30);
  if (kind < 0.8) return times(30, 300);
  if (kind < 0.88) return -value;
  return draw.pick([0, 1, -1, 0.5, 2, 1e-9, 1e9, 5e-324, 1e308, 1.3e217, 1e-228]);
}

/** A copy with one to three of its numbers changed. */
export function withChangedNumbers(draw: Draw, base: Plain): Plain {
  const of = structuredClone(base);
  const places = placesOf(of);
  const count = draw.pick([1, 1, 2, 3]);
  for (let i = 0; i < count; i++) {
    const { parent, key } = draw.pick(places);
    parent[key] = changed(draw, parent[key] as number);
  }
  return of;
}

/** Processor seconds of an exact side; the default of experiments is larger. */
const exactSeconds = 40;

/** One of the experiments with one to three of its numbers changed, 64 spins; a sixth of them with their exact side. */
export function mutated(seed: number): Plain {
  const draw = new Draw(seed);
  const bases = [...examples(), ...ofCatalogue()];
  const of = withChangedNumbers(draw, draw.pick(bases));
  return {
    ...of,
    ensemble: 64,
    ...(draw.chance(1 / 6) ? { exact: { seconds: exactSeconds } } : { compare: "none" }),
  };
}

const extremes = [1e30, 1e-30, 1e100, 1e-100, 1e300, 1e-300, 5e-324, 1.7e308, -1e-30, -1, -1e300, 0];

/** One of the experiments with one of its numbers at an extreme, 64 spins, without its exact side. */
export function extreme(seed: number): Plain {
  const draw = new Draw(seed);
  const of = structuredClone(draw.pick([...examples(), ...ofCatalogue()]));
  const { parent, key } = draw.pick(placesOf(of));
  parent[key] = draw.pick(extremes);
  return { ...of, ensemble: 64, compare: "none" };
}

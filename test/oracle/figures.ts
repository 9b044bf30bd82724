import { evolve } from "./evolve.ts";
import { directSolver } from "./linear-solve.ts";
import type { Mesh, MeshPlan } from "./mesh.ts";
import { integrate, meshOf } from "./mesh.ts";
import { apply, operatorAt } from "./operator.ts";
import type { Reading } from "./reading.ts";
import { normalized, pointMass, startOf } from "./start.ts";
import type { Vec3 } from "./values.ts";

export const momentNames = ["x", "y", "z", "xx", "yy", "zz", "xy", "xz", "yz"] as const;
const component = { x: 0, y: 1, z: 2 } as const;
const moment = (name: string) => (m: Vec3) =>
  [...name].reduce((product, letter) => product * m[component[letter as "x"]], 1);

export function moments(mesh: Mesh, mass: Float64Array, label: string): [string, number][] {
  return momentNames.map((name) => [`⟨${name}⟩ ${label}`, integrate(mesh, mass, moment(name))]);
}

/** Bins of a histogram as the mesh sees them: between circles about its axis, or between meridians. */
export interface Bins {
  readonly kind: "polar" | "azimuth";
  readonly count: number;
}

export function binned(mesh: Mesh, mass: Float64Array, { kind, count }: Bins): number[] {
  const bins = new Array<number>(count).fill(0);
  for (let i = 0; i < mesh.rings; i++)
    for (let j = 0; j < mesh.columns; j++) {
      const share =
        kind === "polar"
          ? (Math.cos(mesh.centre[i]) + 1) / 2
          : // azimuths run from −π to π in files
            ((j + 0.5) / mesh.columns + 0.5) % 1;
      bins[Math.min(count - 1, Math.floor(share * count))] += mass[i * mesh.columns + j];
    }
  return bins;
}

/** The stationary masses of the drive frozen at t. */
export function stationaryMasses(mesh: Mesh, reading: Reading, t = 0): Float64Array {
  const F = operatorAt(mesh, reading, t);
  // two steps of inverse iteration just beside the eigenvalue zero
  const shift = 1e-11 * Math.abs(Math.min(...F.own));
  const solve = directSolver(F, shift);
  let mass = normalized(
    Float64Array.from({ length: F.own.length }, (_, k) => mesh.area[Math.floor(k / mesh.columns)]),
  );
  for (let k = 0; k < 3; k++) mass = normalized(solve(mass));
  return mass;
}

export interface EvolutionAsked {
  readonly plan: MeshPlan;
  readonly times: readonly number[];
  readonly histogram?: Bins;
  /** Whether the equator of z is a face of the mesh. */
  readonly halves?: boolean;
  readonly rim?: readonly [number, number] | undefined;
  readonly tolerance: number;
}

/** Moments, bins and halves at times. */
export function evolutionFigures(
  reading: Reading,
  asked: EvolutionAsked,
  refinement: number,
): Map<string, number> {
  const mesh = meshOf(asked.plan, refinement);
  const start = startOf(mesh, reading, asked.rim);
  const found = evolve(mesh, reading, start, asked.times, asked.tolerance);
  const figures = new Map<string, number>();
  found.forEach((mass, n) => {
    const label = `at time ${n + 1}`;
    for (const [name, value] of moments(mesh, mass, label)) figures.set(name, value);
    if (asked.halves) figures.set(`mz > 0 ${label}`, binned(mesh, mass, { kind: "polar", count: 2 })[1]);
    if (asked.histogram && n === found.length - 1)
      binned(mesh, mass, asked.histogram).forEach((p, b) => figures.set(`bin ${b} ${label}`, p));
  });
  return figures;
}

export function stationaryFigures(reading: Reading, plan: MeshPlan, refinement: number): Map<string, number> {
  const mesh = meshOf(plan, refinement);
  return new Map(moments(mesh, stationaryMasses(mesh, reading), "stationary"));
}

/** Mean of first passage out of the mesh's domain from the initial state, and survival at times. */
export function passageFigures(
  reading: Reading,
  { plan, times, tolerance, rim }: EvolutionAsked,
  refinement: number,
): Map<string, number> {
  const mesh = meshOf(plan, refinement);
  const { type, m } = reading.initial as { type: string; m: Vec3 };
  const start = type === "direction" ? pointMass(mesh, m) : startOf(mesh, reading, rim);
  const figures = new Map<string, number>();
  if (!reading.timeDependent) {
    // ∫ survival dt = mass of (−F)⁻¹ start
    const resolved = directSolver(operatorAt(mesh, reading, 0), 0)(start);
    figures.set(
      "mean passage",
      resolved.reduce((sum, x) => sum + x, 0),
    );
  }
  evolve(mesh, reading, start, times, tolerance).forEach((mass, n) => {
    figures.set(
      `survival at time ${n + 1}`,
      mass.reduce((sum, x) => sum + x, 0),
    );
  });
  return figures;
}

/** Dwell means and occupation between two caps about one axis: `up` about its north, `down` about its south. */
export function dwellFigures(
  reading: Reading,
  plan: MeshPlan,
  [up, down]: readonly [number, number],
  refinement: number,
): Map<string, number> {
  const whole = meshOf({ ...plan, faces: [up, down] }, refinement);
  const stationary = stationaryMasses(whole, reading);
  const columns = whole.columns;
  // density on the rim of "up": between the rings on both sides of it, along the slope of ln ρ
  const ring = whole.theta.findIndex((theta) => Math.abs(theta - up) < 1e-9);
  const band = meshOf({ ...plan, faces: [], from: up, to: down }, refinement);
  const F = operatorAt(band, reading, 0);
  const right = new Float64Array(F.own.length);
  const [north, south] = F.edges;
  const onRim = Float64Array.from({ length: columns }, (_, j) => {
    const [a, b] = [ring - 1, ring].map((i) => Math.log(stationary[i * columns + j] / whole.area[i]));
    const [x, y] = [whole.centre[ring - 1], whole.centre[ring]];
    return Math.exp(a + ((b - a) * (up - x)) / (y - x));
  });
  for (let j = 0; j < columns; j++) right[j] = north.in[j] * onRim[j];
  const labelled = directSolver(F, 0)(right);
  let flux = 0;
  for (let j = 0; j < columns; j++) flux += south.out[j] * labelled[(band.rings - 1) * columns + j];
  let occupation = labelled.reduce((sum, x) => sum + x, 0);
  for (let k = 0; k < ring * columns; k++) occupation += stationary[k];
  return new Map([
    ["dwell up", occupation / flux],
    ["dwell down", (1 - occupation) / flux],
    ["occupation", occupation],
  ]);
}

/** Autocovariance of a component of m at lags in the stationary state. */
export function correlationFigures(
  reading: Reading,
  plan: MeshPlan,
  of: "x" | "y" | "z",
  lags: readonly number[],
  tolerance: number,
  refinement: number,
): Map<string, number> {
  const mesh = meshOf(plan, refinement);
  const stationary = stationaryMasses(mesh, reading);
  const mean = integrate(mesh, stationary, moment(of));
  const start = stationary.map((p, k) => {
    const at = mesh.at(mesh.centre[Math.floor(k / mesh.columns)], ((k % mesh.columns) + 0.5) * mesh.width);
    return p * (moment(of)(at) - mean);
  });
  const figures = new Map([["mean", mean]]);
  evolve(mesh, reading, start, lags, tolerance).forEach((mass, n) => {
    figures.set(`autocovariance at lag ${n + 1}`, integrate(mesh, mass, moment(of)));
  });
  return figures;
}

export const residualOf = (mesh: Mesh, reading: Reading, mass: Float64Array): number =>
  Math.max(...apply(operatorAt(mesh, reading, 0), mass).map(Math.abs));

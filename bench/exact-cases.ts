import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { dynamicsOf } from "../src/bench/workload.ts";
import * as e from "../src/expression/expression.ts";
import { dot, m, vector } from "../src/expression/vector.ts";
import { demand, powerSpectrum, solveFokkerPlanck } from "../src/fokker-planck/index.ts";
import type { Dynamics } from "../src/physics/dynamics.ts";
import { fokkerPlanck } from "../src/run/exact-alone.ts";
import { ratesOver } from "../src/run/rates-over.ts";

/** A case: an equation to solve for a realistic device, or a whole experiment. */
export interface ExactCase {
  readonly name: string;
  /** CPU seconds within which its user should have an answer. */
  readonly wanted: number;
  /** λ₁τ_N by another program, if there is one. */
  readonly known?: number;
  /** λ₁τ_N, or the result of an experiment; throws if there is none. */
  compute(): number | object;
}

const [mx, , mz] = m;
const evenly = (count: number, last: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i + 1) * last) / count);

/** An energy in units of the easy axis' barrier, easy axis x and hard axis z `ratio` times as hard. */
const film = (ratio: number): e.Expression => e.add(e.neg(e.square(mx)), e.mul(ratio, e.square(mz)));
const inField = (energy: e.Expression, ...field: [number, number, number]): e.Expression =>
  e.add(energy, e.mul(-2, dot(m, vector(...field))));
const oblique = inField(e.neg(e.square(mz)), 0.1, 0.05, 0.1);
/** The torque is damping-like, along (0.6, 0, 0.8). */
const device = (energy: e.Expression, delta: number, alpha: number, torque = 0): Dynamics =>
  dynamicsOf(energy, delta, alpha, e.constant(torque));
const solve = (dynamics: Dynamics) => demand(solveFokkerPlanck(dynamics, { seconds: 120 }));

const slowest = (
  name: string,
  wanted: number,
  [energy, delta, alpha, torque]: [e.Expression, number, number, number?],
  known?: number,
): ExactCase => ({
  name: `${name}: slowest rate`,
  wanted,
  ...(known ? { known } : {}),
  compute: () => (demand(solve(device(energy, delta, alpha, torque)).slowestRate) * delta) / alpha,
});

const easy = (axis: readonly number[], Ku1 = 1) => ({ type: "uniaxial", Ku1, anisU: axis });
const inPlane = (ratio: number) => [easy([1, 0, 0]), easy([0, 0, 1], -ratio)];
const zeeman = (...B_ext: number[]) => ({ type: "zeeman", B_ext });

/** All exact figures in the result of an experiment, or why there is none. */
const figuresOf = (experiment: object): object => {
  const { fokkerPlanck: exact, ...rest } = fokkerPlanck(experiment);
  return exact ?? rest;
};

/** The figures of an experiment for a device with this barrier and damping. */
const whole = (
  name: string,
  wanted: number,
  [delta, alpha]: readonly [number, number],
  rest: { energies: readonly object[] } & Readonly<Record<string, unknown>>,
): ExactCase => ({
  name: `${name}: everything`,
  wanted,
  compute: () =>
    figuresOf({
      magnet: { delta, alpha },
      initial: { type: "well", m: [1, 0, 0] },
      time: { duration: 100, step: 0.1 },
      observables: [{ type: "moments", times: 4 }],
      ...rest,
    }),
});

const inWell = { initial: { type: "well", m: [0, 0, 1] } };
const tilted = { energies: [easy([0, 0, 1]), zeeman(0.1, 0.05, 0.1)], ...inWell };
const across = { energies: [easy([0, 0, 1]), zeeman(0.02, 0, 0)], ...inWell };
const filmInField = [...inPlane(4), zeeman(0.05, 0.05, 0)];
const twoLevel = join(import.meta.dirname, "../examples/two-level.yaml");

export const exactCases: readonly ExactCase[] = [
  slowest("film 5/20, α 0.1", 1, [film(4), 5, 0.1], 0.2902339),
  slowest("film 5/20, α 0.02", 1, [film(4), 5, 0.02], 0.5041663),
  slowest("film 10/100, α 0.01", 1.5, [film(10), 10, 0.01], 0.0306398),
  slowest("film 10/100, α 0.005", 3, [film(10), 10, 0.005], 0.0357),
  slowest("film 10/1000, α 0.01", 3, [film(100), 10, 0.01]),
  slowest("film 10/100, α 0.01, in an oblique field in its plane, with a torque", 5, [
    inField(film(10), 0.05, 0.05, 0),
    10,
    0.01,
    0.001,
  ]),
  slowest("oblique Δ5, α 0.02", 1.5, [oblique, 5, 0.02]),
  slowest("oblique Δ10, α 0.01", 3, [oblique, 10, 0.01]),
  whole("film 5/20, α 0.1", 1, [5, 0.1], { energies: inPlane(4) }),
  whole("film 5/20, α 0.02", 1, [5, 0.02], { energies: inPlane(4) }),
  whole("film 10/100, α 0.01", 1.5, [10, 0.01], { energies: inPlane(10) }),
  whole("film 10/100, α 0.005", 3, [10, 0.005], { energies: inPlane(10) }),
  whole("film 10/1000, α 0.01", 3, [10, 0.01], { energies: inPlane(100) }),
  whole("film 10/100, α 0.01, in an oblique field in its plane, with a torque", 5, [10, 0.01], {
    energies: [...inPlane(10), zeeman(0.05, 0.05, 0)],
    torques: [{ type: "spinTransfer", dampingLike: 0.001, fieldLike: 0, polarizer: [0.6, 0, 0.8] }],
  }),
  whole("oblique Δ5, α 0.02", 1.5, [5, 0.02], tilted),
  whole("oblique Δ10, α 0.01", 3, [10, 0.01], tilted),
  whole("oblique Δ40, α 0.1, with the write error", 4, [40, 0.1], across),
  whole("oblique Δ60, α 0.1, with the write error", 4, [60, 0.1], across),
  whole("film 5/20, α 0.02, in a field, with dwell and passage", 3, [5, 0.02], {
    energies: filmInField,
    observables: [
      { type: "dwell", up: "mx > 0.5", down: "mx < -0.5" },
      { type: "firstPassage", until: "mx < -0.5" },
    ],
  }),
  {
    name: "film 5/20, α 0.02, in a field: spectrum at 200 frequencies",
    wanted: 3,
    compute: () => ({
      spectrum: demand(
        powerSpectrum(solve(device(inField(film(4), 0.05, 0.05, 0), 5, 0.02)), mx, evenly(200, 1)),
      ),
    }),
  },
  {
    name: "example two-level: everything",
    wanted: 2,
    compute: () => figuresOf(parse(readFileSync(twoLevel, "utf8"))),
  },
  {
    name: "film 5/20, α 0.02: rates over 11 fields and 11 currents",
    wanted: 120,
    compute: () =>
      ratesOver(
        {
          magnet: { delta: 5, alpha: 0.02 },
          energies: [...inPlane(4), zeeman(0, 0, 0)],
          torques: [{ type: "spinTransfer", dampingLike: 0, fieldLike: 0, polarizer: [1, 0, 0] }],
          initial: { type: "boltzmann" },
          time: { duration: 100, step: 0.1 },
        },
        {
          "energies[2].B_ext[0]": { from: -0.1, to: 0.1, count: 11 },
          "torques[0].dampingLike": { from: -0.005, to: 0.005, count: 11 },
        },
      ),
  },
];

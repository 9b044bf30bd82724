import process from "node:process";
import { dynamicsOf } from "../src/bench/workload.ts";
import * as e from "../src/expression/expression.ts";
import { dot, m, vector } from "../src/expression/vector.ts";
import { demand, powerSpectrum, solveFokkerPlanck } from "../src/fokker-planck/index.ts";
import type { Dynamics } from "../src/physics/dynamics.ts";
import { fokkerPlanck } from "../src/run/exact-alone.ts";

/** What the exact side takes for the devices of the field: CPU seconds, and what it says beside what is known. */
export interface ExactCase {
  readonly name: string;
  readonly seconds: number;
  /** λ₁τ_N, in units of the free relaxation rate. */
  readonly slowest?: number;
  /** The same by another program, where there is one. */
  readonly known?: number;
}

const [mx, , mz] = m;
/** Film: easy axis x, hard axis z, `ratio` times as hard. */
const film = (ratio: number): e.Expression => e.add(e.neg(e.square(mx)), e.mul(ratio, e.square(mz)));
const inField = (energy: e.Expression, ...field: [number, number, number]): e.Expression =>
  e.add(energy, e.mul(-2, dot(m, vector(...field))));
const oblique = inField(e.neg(e.square(mz)), 0.1, 0.05, 0.1);
const start = { kind: "direction", m: [0.6, 0, 0.8] } as const;
const evenly = (count: number, last: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i + 1) * last) / count);

interface Task {
  readonly name: string;
  readonly energy: e.Expression;
  readonly delta: number;
  readonly alpha: number;
  readonly known?: number;
  /** Damping-like, along (0.6, 0, 0.8). */
  readonly torque?: number;
  /** What is done once the equation is solved. */
  readonly use?: (dynamics: Dynamics) => void;
}

const solve = (dynamics: Dynamics) => demand(solveFokkerPlanck(dynamics, { seconds: 120 }));

const tasks: readonly Task[] = [
  { name: "film 5/20, α 0.1", energy: film(4), delta: 5, alpha: 0.1, known: 0.2902339 },
  { name: "film 5/20, α 0.02", energy: film(4), delta: 5, alpha: 0.02, known: 0.5041663 },
  { name: "film 10/100, α 0.01", energy: film(10), delta: 10, alpha: 0.01, known: 0.0306398 },
  { name: "film 10/100, α 0.005", energy: film(10), delta: 10, alpha: 0.005, known: 0.0357 },
  { name: "film 10/1000, α 0.01", energy: film(100), delta: 10, alpha: 0.01 },
  {
    name: "film 10/100, α 0.01, in an oblique field in its plane, with a torque",
    energy: inField(film(10), 0.05, 0.05, 0),
    delta: 10,
    alpha: 0.01,
    torque: 0.001,
  },
  { name: "oblique Δ5, α 0.02", energy: oblique, delta: 5, alpha: 0.02 },
  { name: "oblique Δ10, α 0.01", energy: oblique, delta: 10, alpha: 0.01 },
  {
    name: "film 5/20, α 0.1, and 5 densities from a direction",
    energy: film(4),
    delta: 5,
    alpha: 0.1,
    use: (dynamics) => demand(solve(dynamics).evolve(start, [1, 4, 10, 20, 40])),
  },
  {
    name: "oblique Δ5, α 0.02, and 100 densities from a direction",
    energy: oblique,
    delta: 5,
    alpha: 0.02,
    use: (dynamics) => demand(solve(dynamics).evolve(start, evenly(100, 40))),
  },
  {
    name: "film 5/20 in a field, α 0.05, and its spectrum at 200 frequencies",
    energy: inField(film(4), 0.1, 0.05, 0),
    delta: 5,
    alpha: 0.05,
    use: (dynamics) => demand(powerSpectrum(solve(dynamics), mx, evenly(200, 1))),
  },
];

/** Whole experiments: all exact figures that a result holds. */
interface Experiment {
  readonly name: string;
  readonly of: object;
}

const easy = (axis: readonly number[], Ku1 = 1) => ({ type: "uniaxial", Ku1, anisU: axis });
const across = (x: number, y: number, z: number) => ({ type: "zeeman", B_ext: [x, y, z] });

const experiments: readonly Experiment[] = [
  {
    name: "film 5/20, α 0.02, in a field: everything, with dwell and passage",
    of: {
      magnet: { delta: 5, alpha: 0.02 },
      energies: [easy([1, 0, 0]), easy([0, 0, 1], -4), across(0.05, 0.05, 0)],
      initial: { type: "well", m: [1, 0, 0] },
      time: { duration: 100, step: 0.1 },
      observables: [
        { type: "dwell", up: "mx > 0.5", down: "mx < -0.5" },
        { type: "firstPassage", until: "mx < -0.5" },
      ],
    },
  },
  ...[40, 60].map((delta) => ({
    name: `oblique Δ${delta}, α 0.1: everything, with the write error`,
    of: {
      magnet: { delta, alpha: 0.1 },
      energies: [easy([0, 0, 1]), across(0.02, 0, 0)],
      initial: { type: "well", m: [0, 0, 1] },
      time: { duration: 100, step: 0.1 },
      observables: [{ type: "moments", times: 4 }],
    },
  })),
];

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Each case once, as a command would: what is compiled on the way counts. */
export function exactCases(progress: (text: string) => void): ExactCase[] {
  const solved = tasks.map(({ name, energy, delta, alpha, known, torque = 0, use }) => {
    progress(name);
    const dynamics = dynamicsOf(energy, delta, alpha, e.constant(torque));
    const began = cpuSeconds();
    if (use) {
      use(dynamics);
      return { name, seconds: cpuSeconds() - began };
    }
    const rate = demand(solve(dynamics).slowestRate);
    const slowest = (rate * delta) / alpha;
    return { name, seconds: cpuSeconds() - began, slowest, ...(known ? { known } : {}) };
  });
  const whole = experiments.map(({ name, of }): ExactCase => {
    progress(name);
    const began = cpuSeconds();
    fokkerPlanck(of);
    return { name, seconds: cpuSeconds() - began };
  });
  return [...solved, ...whole];
}

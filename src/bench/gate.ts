import type { Backend } from "../ensemble/kernel.ts";
import { simulate } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import * as e from "../expression/expression.ts";
import { m, mz } from "../expression/vector.ts";
import { answering } from "../observables/answering.ts";
import { plan } from "../observables/plan.ts";
import { dynamicsOf, workloadProblem } from "./workload.ts";

/** One figure compared with its exact value. */
export interface GateCheck {
  readonly backend: string;
  readonly integrator: string;
  readonly variates: string;
  readonly name: string;
  readonly value: number;
  readonly exact: number;
  /** Largest difference that passes: 4.5 standard errors and the bias a step may have. */
  readonly tolerance: number;
  readonly passed: boolean;
}

const barrier = 2;
const damping = 0.5;
const passed = -0.5;

/** ∫ f over [low, high] by Simpson's rule. */
function integral(f: (x: number) => number, low: number, high: number, pieces = 2000): number {
  const h = (high - low) / pieces;
  let sum = f(low) + f(high);
  for (let i = 1; i < pieces; i++) sum += (i % 2 === 1 ? 4 : 2) * f(low + i * h);
  return (sum * h) / 3;
}

const weight = (c: number): number => Math.exp(barrier * c * c);

/** ⟨mz²⟩ of Boltzmann's law for the energy −mz² and this barrier. */
export const exactSquare = (): number => integral((c) => c * c * weight(c), -1, 1) / integral(weight, -1, 1);

/**
 * Mean time from mz = 1 to mz = −½: ∫ dy / (D (1 − y²) w(y)) ∫_y^1 w, with w = exp(Δ mz²), the double quadrature of a one-dimensional
 * diffusion. It shares no code with the program's solver.
 */
export function exactPassage(): number {
  const diffusion = damping / (2 * barrier);
  const beyond = (y: number): number => (y >= 1 ? 0 : integral(weight, y, 1, 200));
  const slope = (y: number): number =>
    y > 1 - 1e-9 ? 1 / (2 * diffusion) : beyond(y) / (diffusion * (1 - y * y) * weight(y));
  return integral(slope, passed, 1);
}

/** Runs one problem and returns its only observation. */
async function observation(backend: Backend, problem: Problem, threads?: number) {
  const planned = plan(problem);
  const ensemble = await backend.prepare(planned.kernel, planned.filling, { threads });
  try {
    return (await simulate(problem, planned, ensemble)).observations[0];
  } finally {
    await ensemble.dispose();
  }
}

/**
 * Whether a backend computes the right thing: ⟨mz²⟩ of an ensemble that started uniform, against quadrature, and the
 * mean time of a first passage, against the exact one. A rate counts only where both pass.
 */
export async function gate(
  backend: Backend,
  integrator: string,
  variates: "dyadic" | "gaussian",
  spins: number,
  threads?: number,
): Promise<GateCheck[]> {
  const energy = e.neg(e.square(m[2]));
  const timeStep = integrator === "splitting" ? 0.2 : 0.04;
  const common = {
    energy,
    dynamics: dynamicsOf(energy, barrier, damping),
    ensemble: spins,
    timeStep,
    integrator,
    variates,
  };
  const check = (name: string, value: number, exact: number, tolerance: number): GateCheck => ({
    backend: backend.name,
    integrator,
    variates,
    name,
    value,
    exact,
    tolerance,
    passed: Math.abs(value - exact) <= tolerance,
  });
  const relaxed = Math.ceil(25 / timeStep);
  const squares = answering("squares");
  const relaxedState = await observation(
    backend,
    workloadProblem({
      ...common,
      steps: relaxed,
      initial: { isotropic: true },
      observables: [squares.planned(relaxed)],
    }),
    threads,
  );
  const square = exactSquare();
  const record = squares.read(relaxedState);
  const passage = exactPassage();
  const passing = answering("passage");
  const steps = Math.ceil((12 * passage) / timeStep);
  const passages = await observation(
    backend,
    workloadProblem({
      ...common,
      steps,
      observables: [passing.planned(e.less(m[2], passed))],
    }),
    threads,
  );
  const counts = passing.read(passages);
  // a spin that has not passed after twelve mean times needs one more on average
  const mean = counts
    ? ((counts.sum + counts.censored * (1 + 1 / 12)) / (counts.passed + counts.censored)) * steps * timeStep
    : Number.NaN;
  return [
    check(
      `mean of ${mz}² in equilibrium`,
      record?.mm[2] ?? Number.NaN,
      square,
      4.5 * (record?.mmStandardError[2] ?? 0) + 5e-4,
    ),
    check("mean time of first passage", mean, passage, passage * (4.5 / Math.sqrt(spins) + 0.015)),
  ];
}

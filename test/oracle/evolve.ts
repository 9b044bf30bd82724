import { implicitSolver } from "./linear-solve.ts";
import type { Mesh } from "./mesh.ts";
import type { Operator } from "./operator.ts";
import { apply, operatorAt } from "./operator.ts";
import type { Reading } from "./reading.ts";

/*
 * Singly diagonally implicit Runge–Kutta of order 4, L-stable, stiffly accurate, with an embedded formula of order 3:
 * E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, table IV.6.5.
 */
const diagonal = 1 / 4;
const nodes = [1 / 4, 3 / 4, 11 / 20, 1 / 2, 1];
const stages = [
  [],
  [1 / 2],
  [17 / 50, -1 / 25],
  [371 / 1360, -137 / 2720, 15 / 544],
  [25 / 24, -49 / 48, 125 / 16, -85 / 12],
];
const weights = [25 / 24, -49 / 48, 125 / 16, -85 / 12, 1 / 4];
const embedded = [59 / 48, -17 / 96, 225 / 32, -85 / 12, 0];

/** The operators and solvers of a problem by time; one for all times where it does not change. */
class Operators {
  private readonly mesh: Mesh;
  private readonly reading: Reading;
  private constant: Operator | undefined;
  private solver: { readonly s: number; readonly solve: ReturnType<typeof implicitSolver> } | undefined;
  constructor(mesh: Mesh, reading: Reading) {
    this.mesh = mesh;
    this.reading = reading;
  }
  at(t: number): Operator {
    if (this.reading.timeDependent) return operatorAt(this.mesh, this.reading, t);
    this.constant ??= operatorAt(this.mesh, this.reading, 0);
    return this.constant;
  }
  solve(F: Operator, s: number, right: Float64Array, guess: Float64Array): Float64Array {
    if (F !== this.constant) return implicitSolver(F, s)(right, guess);
    if (this.solver?.s !== s) this.solver = { s, solve: implicitSolver(F, s) };
    return this.solver.solve(right, guess);
  }
}

/** How far apart two masses are, as the sum of moduli. */
const norm = (a: Float64Array): number => a.reduce((sum, x) => sum + Math.abs(x), 0);

/**
 * Masses at ascending times ≥ 0 under the drive, each step with an estimated error of at most `tolerance` (sum of moduli).
 * Steps end at corners of the drive.
 */
export function evolve(
  mesh: Mesh,
  reading: Reading,
  start: Float64Array,
  times: readonly number[],
  tolerance: number,
): Float64Array[] {
  const operators = new Operators(mesh, reading);
  const found: Float64Array[] = [];
  const end = times[times.length - 1];
  const stops = [...new Set([...times, ...reading.corners.filter((t) => t < end)])].sort((a, b) => a - b);
  let mass = start;
  let t = 0;
  let step = end * 1e-3;
  for (const stop of stops) {
    let isFirst = true;
    while (stop - t > 1e-12 * end) {
      const count = Math.ceil((stop - t) / step - 1e-9);
      // a narrow drive must not be stepped over: no step longer than 1/50 of the run while it changes
      const longest = reading.timeDependent ? end / 50 : end;
      const h = Math.min((stop - t) / Math.max(1, count), longest);
      const { next, error } = stepOf(operators, mass, t, h, isFirst && reading.timeDependent);
      const growth = 0.9 * (tolerance / Math.max(error, 1e-300)) ** 0.25;
      if (error > tolerance) {
        step = h * Math.max(0.2, Math.min(0.9, growth));
        continue;
      }
      mass = next;
      t += h;
      isFirst = false;
      if (growth > 1.3) step = Math.max(step, h * Math.min(4, growth));
    }
    t = stop;
    if (times.includes(stop)) found.push(mass);
  }
  return found;
}

function stepOf(
  operators: Operators,
  mass: Float64Array,
  t: number,
  h: number,
  jumped: boolean,
): { next: Float64Array; error: number } {
  const size = mass.length;
  const slopes: Float64Array[] = [];
  let y = mass;
  for (let i = 0; i < nodes.length; i++) {
    // just inside the step, on the far side of a jump at either end
    const inside = Math.min(1 - 1e-9, nodes[i]) + (jumped ? 1e-9 : 0);
    const F = operators.at(t + h * Math.min(1 - 1e-9, inside));
    const right = Float64Array.from(mass);
    stages[i].forEach((a, j) => {
      for (let k = 0; k < size; k++) right[k] += h * a * slopes[j][k];
    });
    y = operators.solve(F, h * diagonal, right, y);
    slopes.push(apply(F, y));
  }
  const error = new Float64Array(size);
  const next = Float64Array.from(mass);
  for (let i = 0; i < nodes.length; i++)
    for (let k = 0; k < size; k++) {
      next[k] += h * weights[i] * slopes[i][k];
      error[k] += h * (weights[i] - embedded[i]) * slopes[i][k];
    }
  return { next, error: norm(error) };
}

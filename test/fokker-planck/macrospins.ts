import type { Expression } from "../../src/expression/expression.ts";
import { add, constant, mul, square, variable } from "../../src/expression/expression.ts";
import type { Vec3 } from "../../src/fokker-planck/index.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";

/** Macrospins in reduced units: time in 1/(γ'B_K), energy e = V/(Kv), D = α/2Δ. */
export const [mx, my, mz] = ["mx", "my", "mz"].map(variable);
export const along = (u: Vec3): Expression => add(mul(u[0], mx), mul(u[1], my), mul(u[2], mz));

export interface Macrospin {
  readonly delta: number;
  readonly alpha: number;
  readonly energy: Expression;
  /** Damping-like and field-like torque over B_K, and their direction. */
  readonly torque?: {
    readonly a: number | Expression;
    readonly b: number | Expression;
    readonly p: Vec3;
  };
}

export function dynamicsOf({ delta, alpha, energy, torque }: Macrospin): Dynamics {
  const c = torque ? along(torque.p) : constant(0);
  const { a, b } = torque ?? { a: 0, b: 0 };
  return {
    psi: add(mul(alpha / 2, energy), mul(add(a, mul(alpha, b)), c)),
    omega: add(mul(0.5, energy), mul(add(b, mul(-alpha, a)), c)),
    diffusion: constant(alpha / (2 * delta)),
  };
}

export const uniaxial = (u: Vec3 = [0, 0, 1]): Expression => mul(-1, square(along(u)));
export const zeeman = (field: Vec3): Expression => mul(-2, along(field));

const angle = (50 * Math.PI) / 180;
/** Uniaxial magnet driven by a torque 50° off its axis: the case whose numbers are known from three methods. */
export const driven: Macrospin = {
  delta: 2.5,
  alpha: 0.2,
  energy: uniaxial(),
  torque: { a: 0.15, b: 0.06, p: [Math.sin(angle), 0, Math.cos(angle)] },
};

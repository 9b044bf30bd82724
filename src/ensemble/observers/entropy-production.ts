import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { div, mul } from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import { circulation } from "../../physics/dynamics.ts";
import type { TallyResult } from "../kernel.ts";
import type { Production } from "../observations.ts";
import type { Observer } from "./observer.ts";
import { seen } from "./observer.ts";

/** m·(∇Ω×∇Ψ)/D: in the steady state its mean is the entropy production, k_B per reduced time. */
export const productionRate = (dynamics: Dynamics): Expression =>
  div(circulation(dynamics), dynamics.diffusion);

/** Bound of |f| on the sphere at t = 0, sampled, with a factor two for drives and spreads. */
export function boundOf(f: Expression, parameters: readonly { name: string; mean: number }[]): number {
  const value = compileScalar(f, ["mx", "my", "mz", "t", ...parameters.map((p) => p.name)]);
  let bound = 0;
  for (let i = 0; i <= 40; i++)
    for (let j = 0; j < 40; j++) {
      const mz = -1 + i / 20;
      const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
      const phi = (Math.PI * j) / 20;
      const means = parameters.map((p) => p.mean);
      bound = Math.max(bound, Math.abs(value(rho * Math.cos(phi), rho * Math.sin(phi), mz, 0, ...means)));
    }
  return Math.max(2 * bound, 1e-12);
}

/** Mean and mean square of the production rate, scaled by its bound. */
export function observeEntropyProduction(
  name: string,
  scheme: Scheme,
  dynamics: Dynamics,
  bound: number,
): Observer {
  const relative = mul(1 / bound, seen(scheme, productionRate(dynamics)));
  return {
    registers: [],
    watch: [],
    views: {
      [name]: [
        { kind: "sum", value: relative, low: -1, high: 1 },
        { kind: "sum", value: mul(relative, relative), low: 0, high: 1 },
      ],
    },
  };
}

/** The production rate from the counters of `observeEntropyProduction`. */
export function readEntropyProduction([sum, squares]: readonly TallyResult[], bound: number): Production {
  if (sum.kind !== "sum" || squares.kind !== "sum") throw new Error("entropy production is a sum");
  const mean = sum.total / sum.count;
  const variance = Math.max(squares.total / sum.count - mean * mean, 0);
  return { mean: mean * bound, standardError: bound * Math.sqrt(variance / Math.max(sum.count - 1, 1)) };
}

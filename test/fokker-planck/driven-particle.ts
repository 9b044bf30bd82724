import type { Expression } from "../../src/expression/expression.ts";
import { m } from "../../src/expression/vector.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { periodicState } from "../../src/fokker-planck/periodic-state.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

/** The periodic state of a particle of barrier σ kT in a field of ξ cos ωt (μB/kT) along z, ω in units of 1/τ_N = 2D. */
export function drivenParticle(options: {
  sigma: number;
  xi: number;
  omega: number;
  alpha: number;
  axis?: readonly number[];
  initial?: object;
  before?: number;
  /** The component that is followed; default mz, along the field. */
  of?: Expression;
}) {
  const { sigma, xi, alpha, axis, initial = { type: "uniform" }, before = 0, of = m[2] } = options;
  const omega = (options.omega * alpha) / sigma;
  const field = {
    sine: { amplitude: xi / (2 * sigma), frequency: omega / (2 * Math.PI), phase: Math.PI / 2 },
  };
  const checked = checkExperiment({
    magnet: { delta: sigma, alpha },
    energies: [
      ...(axis ? [{ type: "uniaxial", Ku1: 1, anisU: axis }] : []),
      { type: "zeeman", B_ext: [0, 0, field] },
    ],
    initial,
    time: { duration: 1 },
    observables: [],
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  const { solution, initial: start } = demand(predict(problem)).typical;
  const { energyOverKT } = problem;
  if (!energyOverKT) throw new Error("no temperature");
  const found = periodicState(solution, {
    of,
    energy: energyOverKT,
    period: (2 * Math.PI) / omega,
    phases: 16,
    harmonics: 3,
    initial: start,
    before,
    periods: 1,
    ...(axis && axis[2] !== 1 ? { wanted: 1e-3 } : {}),
  });
  const cycle = demand(found);
  return { ...cycle, chi: [cycle.cosine[0] / xi, cycle.sine[0] / xi], error: found.errorEstimate ?? 1 };
}

/** Work of a period, kT, of particles with σ = 5, α = 1 and axes at random in a field of ξ cos ωt with ωτ_N = 0.1. */
export function workOverAxes(xi: number, nodes: number): number {
  // axes at an angle of cosine x to the field are as frequent as any others: a mean over 0 < x < 1
  const rule = gaussLegendre(nodes);
  let mean = 0;
  rule.nodes.forEach((node, i) => {
    const x = (1 + node) / 2;
    const axis = [Math.sqrt(1 - x * x), 0, x];
    mean += (rule.weights[i] / 2) * drivenParticle({ sigma: 5, xi, omega: 0.1, alpha: 1, axis }).work;
  });
  return mean;
}

import { exactQuantities } from "../../src/run/fit.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { twoLevel } from "../../web/presets/two-level.ts";
import { synthetic } from "../traces/synthetic.ts";

/** Exact dwell times of the two-level magnet at five torques, with errors of 2 %. */
export function tableOf(settings: Readonly<Record<string, number>>): string {
  const rows = [-0.004, -0.002, 0, 0.002, 0.004].map((torque) => {
    const problem = readProblem(twoLevel.experiment, { ...settings, "torques.0.dampingLike": torque });
    const { tau_up = 0, tau_down = 0 } = exactQuantities(problem, ["tau_up", "tau_down"]);
    return [torque, tau_up, 0.02 * tau_up, tau_down, 0.02 * tau_down].join(",");
  });
  return `torques.0.dampingLike,tau_up,tau_up_error,tau_down,tau_down_error\n${rows.join("\n")}\n`;
}

/** A trace of two levels as a scope writes it. */
export function traceText(dwell: readonly number[], seed: number): string {
  const values = synthetic({ samples: 5000, sampleTime: 2e-9, dwell, levels: [1.2, 1.5], noise: 0.05, seed });
  return `t (ns),U (V)\n${[...values].map((v, i) => `${2 * i},${v.toFixed(4)}`).join("\n")}\n`;
}

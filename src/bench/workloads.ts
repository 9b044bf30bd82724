import * as e from "../expression/expression.ts";
import { parse } from "../expression/parse.ts";
import { mx, my, mz } from "../expression/vector.ts";
import { answering } from "../observables/answering.ts";
import { observables } from "../observables/index.ts";
import type { Workload } from "./workload.ts";
import { bare, uniaxialEnergy, zeemanEnergy } from "./workload.ts";

/** The statistics that observables of the list offer for timing; those that observe the same share a row. */
function counting(): Workload[] {
  const timed = Object.values(observables).flatMap(({ observes, timed }) =>
    timed ? [{ observes, ...timed }] : [],
  );
  return [...new Set(timed.map(({ observes }) => observes))].map((alike) => {
    const together = timed.filter(({ observes }) => observes === alike);
    return {
      name: together.map(({ name }) => name).join(" and "),
      energy: bare.energy,
      observables: together.map(({ planned }) => planned),
    };
  });
}

/** The bare loop first; then rows with statistics, then rows with more physics. */
export const workloads: readonly Workload[] = [
  bare,
  ...counting(),
  { name: "spin torque", energy: bare.energy, torque: e.constant(0.03) },
  {
    name: "typed energy",
    energy: e.add(
      zeemanEnergy(e.constant(1)),
      parse(`-${mz}^2 + 0.3 * ${mx}^2 - 0.2 * ${mx}^2 * ${mz}^2 + 0.1 * ${my}^4`),
    ),
  },
  {
    name: "drive",
    energy: e.add(uniaxialEnergy, zeemanEnergy(e.add(1, e.mul(0.2, e.sin(e.mul(0.05, e.variable("t"))))))),
  },
];

/** A free layer under a torque and a field, as a sweep over both takes it; the duration in s. */
export function sweptExperiment(ensemble: number, duration: number): object {
  const means = answering("means");
  const distribution = answering("distribution");
  return {
    magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 4e4 },
      { type: "zeeman", B_ext: [0, 0, 0.005] },
    ],
    torques: [{ type: "spinTransfer", dampingLike: 0.001, polarizer: [0, 0, 1] }],
    ensemble,
    time: { duration },
    observables: [
      { type: means.type, ...means.written(2) },
      { type: distribution.type, ...distribution.written(32, 1) },
    ],
  };
}

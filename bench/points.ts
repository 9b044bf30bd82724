// What points of a sweep cost side by side: against one experiment of as many spins, and against a loop over the points.
// tsx bench/points.ts [points a side] [spins a point] [threads]

import "../scripts/help.mjs";

import { simulate } from "../src/ensemble/simulate.ts";
import { wasm } from "../src/ensemble/wasm/index.ts";
import { checkExperiment, reduce } from "../src/observables/experiment.ts";
import { plan } from "../src/observables/plan.ts";
import { problemAt, shapeOf } from "../src/sweep/shape.ts";
import { simulatePoints } from "../src/sweep/simulate-points.ts";

const [side = 10, spins = 1000, threads = 1] = process.argv.slice(2).map(Number);
const duration = 2e-8;
const checked = checkExperiment({
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 4e4 },
    { type: "zeeman", B_ext: [0, 0, 0.005] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.001, polarizer: [0, 0, 1] }],
  ensemble: spins,
  time: { duration },
  observables: [
    { type: "moments", times: 2 },
    { type: "histogram", of: "mz", bins: 32, times: 1 },
  ],
});
if (!checked.ok) throw new Error("the experiment is sound");
const ranges = [
  { path: "torques.0.dampingLike", low: -0.002, high: 0.002 },
  { path: "energies.1.B_ext.2", low: -0.01, high: 0.01 },
];
const shape = shapeOf(checked.experiment, ranges);
const points = Array.from({ length: side * side }, (_, i) => {
  const share = [Math.floor(i / side), i % side].map((k) => (side > 1 ? k / (side - 1) : 0));
  const settings = Object.fromEntries(
    ranges.map(({ path, low, high }, k) => [path, low + (high - low) * share[k]]),
  );
  return { settings, problem: problemAt(shape, settings, i) };
});
const { prepareGroups: _, ...oneByOne } = wasm;
const dynkin = { windows: [], views: {}, bounds: [], reason: "not timed" };

async function single(): Promise<void> {
  if (!checked.ok) throw new Error("the experiment is sound");
  const time = { ...checked.experiment.time, integrator: shape.problem.integrator };
  const reduced = reduce({ ...checked.experiment, time, ensemble: spins * points.length });
  const { steps } = shape.problem;
  const problem = { ...reduced, steps, timeStep: duration / reduced.units.time / steps };
  const observables = problem.observables.map((o) => ("steps" in o ? { ...o, steps: [steps] } : o));
  const planned = plan({ ...problem, observables } as typeof problem);
  const ensemble = await wasm.prepare(planned.kernel, planned.filling, { threads });
  await simulate({ ...problem, observables } as typeof problem, { ...planned, dynkin }, ensemble);
  await ensemble.dispose();
}

const ways: [string, () => Promise<unknown>][] = [
  ["one experiment", single],
  ["points side by side", () => simulatePoints(wasm, shape, points, { threads })],
  ["points one by one", () => simulatePoints(oneByOne, shape, points, { threads })],
];
const spinSteps = spins * points.length * shape.problem.steps;
console.log(`${points.length} points of ${spins} spins, ${shape.problem.steps} steps, ${threads} threads`);
const best = new Map<string, number>();
for (let round = 0; round < 3; round++)
  for (const [name, way] of ways) {
    const before = process.cpuUsage();
    await way();
    const { user, system } = process.cpuUsage(before);
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1e6));
  }
const base = best.get("one experiment") ?? 1;
for (const [name, seconds] of best)
  console.log(
    `${name.padEnd(22)} ${(seconds / spinSteps).toExponential(3)} s of processor a spin-step  ${(seconds / base).toFixed(3)} of one experiment`,
  );

/**
 * Seconds to draw the initial states of an ensemble on the WebGPU backend, by the host and by the device, preparation
 * and copies included: npx tsx bench/starts.ts [spins]
 */

import "../scripts/help.mjs";

import type { Filling, Kernel } from "../src/ensemble/kernel.ts";
import { webgpu } from "../src/ensemble/webgpu/index.ts";
import { plan } from "../src/observables/plan.ts";
import { readProblem } from "../src/run/run.ts";

const spins = Number(process.argv[2] ?? 1e7);
const energies = [
  { type: "uniaxial", Ku1: 1 },
  { type: "zeeman", B_ext: [0.3, 0.1, -0.2] },
];
const alike = { delta: 40, alpha: 0.1 };
/** Barriers that differ from spin to spin. */
const differing = { ...alike, delta: { mean: 40, deviation: 4, distribution: "normal" } };
const laws = {
  "one direction": [{ type: "direction", m: [0, 0, 1] }, alike],
  uniform: [{ type: "uniform" }, alike],
  Boltzmann: [{ type: "boltzmann" }, alike],
  well: [{ type: "well", m: [0, 0, 1] }, alike],
  "one direction, with a spread": [{ type: "direction", m: [0, 0, 1] }, differing],
  "Boltzmann, with a spread": [{ type: "boltzmann" }, differing],
  "well, with a spread": [{ type: "well", m: [0, 0, 1] }, differing],
};

/** Seconds of the process on all its cores, and on the clock, of one preparation. */
async function secondsOf(kernel: Kernel, filling: Filling, startsBy: "host" | "device"): Promise<number[]> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const ensemble = await webgpu.prepare(kernel, filling, { startsBy });
  await ensemble.read(1);
  const { user, system } = process.cpuUsage(used);
  await ensemble.dispose();
  return [(performance.now() - began) / 1000, (user + system) / 1e6];
}

const found = await webgpu.probe();
console.log(`${spins} spins, ${found.available ? found.adapter : found.reason}`);
console.log("| start | host: clock, CPU s | device: clock, CPU s |\n|---|---|---|");
for (const [name, [initial, magnet]] of Object.entries(laws)) {
  const { kernel, filling } = plan(
    readProblem({
      magnet,
      energies,
      initial,
      ensemble: spins,
      time: { duration: 1, step: 0.01, integrator: "heun" },
    }),
  );
  // shaders are compiled and bounds are computed before either is timed
  const few = { ...kernel, spins: 1000 };
  for (const startsBy of ["host", "device"] as const) await secondsOf(few, filling, startsBy);
  const host = await secondsOf(kernel, filling, "host");
  const device = await secondsOf(kernel, filling, "device");
  const shown = (seconds: number[]): string => seconds.map((x) => x.toFixed(2)).join(", ");
  console.log(`| ${name} | ${shown(host)} | ${shown(device)} |`);
}
process.exit(0);

/**
 * How far float32 lets |m| drift between two renormalizations, and whether that grows with the steps: at the ends of
 * chunks of 256 steps, for every scheme on every backend that computes in float32. Prints the largest | |m| − 1 | of
 * all spins after 10³ steps and over the whole run, and the mean of |m| − 1 at the end; ends with 1 if a length
 * deviates by more than the roundings of one chunk can explain.
 *
 *   npm run length -- [steps 1e7] [--spins 64] [--backend wasm]
 */
import "./help.mjs";

import { chunkLength } from "../src/ensemble/kernel.ts";
import { integrators } from "../src/integrators/index.ts";
import { plan } from "../src/observables/plan.ts";
import { backends, readProblem } from "../src/run/run.ts";
import { chunkBound, largestDrift } from "./length/largest-drift.ts";
import { options } from "./options.ts";

const { values, positionals } = options({
  spins: { type: "string", default: "64" },
  backend: { type: "string" },
});
const [steps, spins] = [Number(positionals[0] ?? 1e7), Number(values.spins)];
const chunks = Math.floor(steps / chunkLength);

console.log("| backend, scheme | 10³ steps | largest of all | mean at the end |\n|---|---|---|---|");
for (const backend of backends) {
  const { name } = backend;
  if (name === "reference" || name === "gpujs" || (values.backend ?? name) !== name) continue;
  if (!(await backend.probe()).available) continue;
  for (const integrator of Object.keys(integrators)) {
    const problem = readProblem({
      magnet: { delta: 5, alpha: 0.1 },
      energies: [
        { type: "uniaxial", Ku1: 1 },
        { type: "zeeman", B_ext: [0.3, 0, 0] },
      ],
      torques: [{ type: "spinTransfer", dampingLike: 0.02, polarizer: [0, 0.6, 0.8] }],
      initial: { type: "boltzmann" },
      ensemble: spins,
      time: { duration: 0.02 * chunks * chunkLength, step: 0.02, integrator },
      compare: "none",
    });
    const { kernel, filling } = plan(problem);
    const ensemble = await backend.prepare(kernel, filling);
    const found = { early: 0, largest: 0, mean: 0 };
    for (let i = 1; i <= 24; i++) {
      // longer and longer pieces, the first of them one chunk
      const chunk = Math.round(chunks ** ((i - 1) / 23));
      await ensemble.advance(chunk * chunkLength);
      const { largest, mean } = largestDrift(await ensemble.read(spins));
      if (chunk * chunkLength <= 1100) found.early = Math.max(found.early, largest);
      found.largest = Math.max(found.largest, largest);
      found.mean = mean;
    }
    await ensemble.dispose();
    const shown = [found.early, found.largest, found.mean].map((x) => x.toExponential(1));
    console.log(`| ${name}, ${integrator} | ${shown.join(" | ")} |`);
    if (found.largest > chunkBound) process.exitCode = 1;
  }
}

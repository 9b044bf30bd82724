// Cost of points of a sweep side by side, compared with one experiment of as many spins, and with a loop over the
// points. tsx bench/points.ts [points a side] [spins a point] [threads] [--backend webgpu|wasm|reference]

import "../scripts/help.mjs";

import { parseArgs } from "node:util";
import { pointsCosts, pointsTable } from "../src/bench/points.ts";
import { backends } from "../src/run/run.ts";

const { values, positionals } = parseArgs({
  options: { backend: { type: "string", default: "wasm" } },
  allowPositionals: true,
});
const backend = backends.find(({ name }) => name === values.backend);
if (!backend) throw new RangeError(`no backend is named ${values.backend}`);
const [side, spins, threads = 1] = positionals.map(Number);
console.log(pointsTable(await pointsCosts(backend, { side, spins, threads })));
process.exit();

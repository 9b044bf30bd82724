/**
 * Work of a periodic field on particles with axes at random, in kT a period, against values that were computed
 * independently of this project: fields of ξ = 1 and ξ = 5 (docs/cycles.md). With so few Gauss nodes the error at ξ = 1
 * is one part in 10⁵.
 *
 *   npm run random-axes
 *
 * Takes a minute; ends with 1 if a loop differs by more than allowed.
 */
import "./help.mjs";

import { workOverAxes } from "../test/fokker-planck/driven-particle.ts";
import { options } from "./options.ts";

options({});
let isKept = true;
console.log("| ξ | axes | work, kT | expected | off by | allowed |\n|---|---|---|---|---|---|");
for (const [xi, nodes, expected, most] of [
  [1, 3, 0.37101, 1e-4],
  [5, 7, 3.80518, 2e-6],
] as const) {
  const work = workOverAxes(xi, nodes);
  const off = Math.abs(work / expected - 1);
  isKept &&= off < most;
  console.log(`| ${xi} | ${nodes} | ${work.toFixed(5)} | ${expected} | ${off.toExponential(1)} | ${most} |`);
}
process.exitCode = isKept ? 0 : 1;

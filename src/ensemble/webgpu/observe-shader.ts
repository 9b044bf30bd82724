import { uses } from "../../expression/expression.ts";
import { print } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { localNames, tallyExpressions } from "../tally.ts";
import { shaders } from "./shaders.gen.ts";
import { eachTally, tallyLayout } from "./tally-text.ts";
import { languageFor, type Target } from "./target.ts";
import { fill, indent } from "./template.ts";

/**
 * The compute shader that evaluates one view on the present state; in groups, one row of workgroups evaluates it on each. On a GPU a
 * workgroup first adds up in its own memory. A processor has no such memory, and compiling two barriers takes four times as long as all
 * the rest.
 */
export function observeShader(
  kernel: Kernel,
  tallies: readonly Tally[],
  target: Target,
  inGroups = false,
): string {
  const expressions = tallies.flatMap(tallyExpressions);
  const printed = print(expressions, languageFor(target), { rename: localNames(kernel) });
  const time = uses("t", expressions) ? [`let t = f32(span.step) * ${wgsl.number(kernel.timeStep)};`] : [];
  // the first counter of a group
  const counters = inGroups ? `invocation.y * ${tallyLayout(tallies).words}u + ` : "";
  const { local, clear, sums, flush, count } = (target === "gpu" ? inWorkgroup : alone)(tallies, counters);
  const body = [
    ...kernel.parameters.map((name, i) => `let p_${name} = parameters[place + ${i}u * span.spins];`),
    ...kernel.state.map((name, i) => `let s_${name} = state[place + ${i}u * span.spins];`),
    ...time,
    ...printed.lines,
    ...eachTally(tallies, printed.outputs, count),
  ];
  return (
    shaders.mathematics +
    fill(shaders.observe, {
      local: indent(local, 0),
      clear: indent(clear, 1),
      sums: indent(sums, 1),
      place: inGroups ? "invocation.y * span.groupSpins + " : "",
      end: inGroups ? "(invocation.y + 1u) * span.groupSpins" : "span.spins",
      tallies: indent(body, 2),
      flush: indent(flush, 1),
    })
  );
}

/** How one invocation counts its spins: the text before the loop over them, in it and after it. */
interface Counting {
  readonly local: readonly string[];
  readonly clear: readonly string[];
  readonly sums: readonly string[];
  readonly flush: readonly string[];
  count(tally: Tally, amount: string, i: number): string;
}

const sumsOf = (tallies: readonly Tally[]): number[] =>
  tallies.flatMap((tally, i) => (tally.kind === "sum" ? [i] : []));

/** Every invocation adds to the counters itself. */
function alone(tallies: readonly Tally[], counters: string): Counting {
  const { offsets } = tallyLayout(tallies);
  const sums = sumsOf(tallies);
  const place = new Map(sums.map((i, k) => [i, k]));
  return {
    local: [],
    clear: [],
    sums: sums.length > 0 ? [`var sums: array<vec2u, ${sums.length}>;`] : [],
    flush: ranges(sums).flatMap(([first, last]) => [
      `for (var k = ${place.get(first)}u; k < ${place.get(last)! + 1}u; k++) {`,
      `  let at = ${counters}${offsets[first]}u + 3u * (k - ${place.get(first)}u);`,
      "  addWide(at, sums[k].x, 0u);",
      "  atomicAdd(&counters[at + 2u], sums[k].y);",
      "}",
    ]),
    count: (tally, amount, i) =>
      tally.kind === "bins"
        ? `atomicAdd(&counters[${counters}${offsets[i]}u + ${amount}], 1u);`
        : `sums[${place.get(i)}] += vec2u(${amount}, 1u);`,
  };
}

/** Invocations add to the workgroup's memory; at the end this is added to the counters. */
function inWorkgroup(tallies: readonly Tally[], counters: string): Counting {
  const { offsets, words } = tallyLayout(tallies);
  const sums = sumsOf(tallies);
  const flushed = new Set(sums.flatMap((i) => [offsets[i], offsets[i] + 1, offsets[i] + 2]));
  const binWords = Array.from({ length: words }, (_, i) => i).filter((i) => !flushed.has(i));
  return {
    local: [`var<workgroup> local: array<atomic<u32>, ${words}>;`],
    clear: [
      `for (var i = lane; i < ${words}u; i += 64u) { atomicStore(&local[i], 0u); }`,
      "workgroupBarrier();",
    ],
    sums: sums.map((i) => `var sum${i} = 0u; var count${i} = 0u;`),
    flush: [
      // a thread samples at most 64 spins, so its sums stay below 2^31; halves of them add up safely in the workgroup
      ...sums.flatMap((i) => [
        `atomicAdd(&local[${offsets[i]}u], sum${i} & 0xffffu);`,
        `atomicAdd(&local[${offsets[i] + 1}u], sum${i} >> 16u);`,
        `atomicAdd(&local[${offsets[i] + 2}u], count${i});`,
      ]),
      "workgroupBarrier();",
      ...ranges(binWords).flatMap(([first, last]) => [
        `for (var i = ${first}u + lane; i < ${last + 1}u; i += 64u) {`,
        "  let counted = atomicLoad(&local[i]);",
        `  if (counted != 0u) { atomicAdd(&counters[${counters}i], counted); }`,
        "}",
      ]),
      ...ranges(sums).flatMap(([first, last]) => [
        `for (var k = lane; k < ${last - first + 1}u; k += 64u) {`,
        `  let at = ${offsets[first]}u + 3u * k;`,
        "  let high = atomicLoad(&local[at + 1u]);",
        "  let shifted = high << 16u;",
        "  let sum = shifted + atomicLoad(&local[at]);",
        `  addWide(${counters}at, sum, (high >> 16u) + select(0u, 1u, sum < shifted));`,
        `  atomicAdd(&counters[${counters}at + 2u], atomicLoad(&local[at + 2u]));`,
        "}",
      ]),
    ],
    count: (tally, amount, i) =>
      tally.kind === "bins"
        ? `atomicAdd(&local[${offsets[i]}u + ${amount}], 1u);`
        : `sum${i} += ${amount}; count${i} += 1u;`,
  };
}

/** Runs of consecutive numbers as [first, last] pairs. */
function ranges(sorted: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const i of sorted) {
    const run = runs[runs.length - 1];
    if (run && run[1] === i - 1) run[1] = i;
    else runs.push([i, i]);
  }
  return runs;
}

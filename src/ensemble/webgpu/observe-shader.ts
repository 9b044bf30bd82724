import { uses } from "../../expression/expression.ts";
import { print } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { localNames, tallyExpressions } from "../tally.ts";
import { shaders } from "./shaders.gen.ts";
import { eachTally, tallyLayout } from "./tally-text.ts";
import { languageFor, type Target } from "./target.ts";
import { fill, indent } from "./template.ts";

/** The compute shader that evaluates one view on the present state; in groups, one row of workgroups evaluates it on each. */
export function observeShader(
  kernel: Kernel,
  tallies: readonly Tally[],
  target: Target,
  inGroups = false,
): string {
  const expressions = tallies.flatMap(tallyExpressions);
  const printed = print(expressions, languageFor(target), { rename: localNames(kernel) });
  const { offsets, words } = tallyLayout(tallies);
  const sums = tallies.flatMap((tally, i) => (tally.kind === "sum" ? [i] : []));
  const time = uses("t", expressions) ? [`let t = f32(span.step) * ${wgsl.number(kernel.timeStep)};`] : [];
  const body = [
    ...kernel.parameters.map((name, i) => `let p_${name} = parameters[place + ${i}u * span.spins];`),
    ...kernel.state.map((name, i) => `let s_${name} = state[place + ${i}u * span.spins];`),
    ...time,
    ...printed.lines,
    ...eachTally(tallies, printed.outputs, (tally, amount, i) =>
      tally.kind === "histogram"
        ? `atomicAdd(&local[${offsets[i]}u + ${amount}], 1u);`
        : `sum${i} += ${amount}; count${i} += 1u;`,
    ),
  ];
  // a thread sees at most 64 spins, so its sums stay below 2^31; halves of them add up safely in the workgroup
  const share = sums.flatMap((i) => [
    `atomicAdd(&local[${offsets[i]}u], sum${i} & 0xffffu);`,
    `atomicAdd(&local[${offsets[i] + 1}u], sum${i} >> 16u);`,
    `atomicAdd(&local[${offsets[i] + 2}u], count${i});`,
  ]);
  const flushed = new Set(sums.flatMap((i) => [offsets[i], offsets[i] + 1, offsets[i] + 2]));
  const histogramWords = Array.from({ length: words }, (_, i) => i).filter((i) => !flushed.has(i));
  /** Where the counters of a group begin. */
  const counters = inGroups ? `invocation.y * ${words}u + ` : "";
  const flush: string[] = [];
  for (const [first, last] of ranges(histogramWords))
    flush.push(
      `for (var i = ${first}u + lane; i < ${last + 1}u; i += 64u) {`,
      "  let counted = atomicLoad(&local[i]);",
      `  if (counted != 0u) { atomicAdd(&counters[${counters}i], counted); }`,
      "}",
    );
  if (sums.length > 0) {
    flush.push("if (lane == 0u) {");
    for (const i of sums)
      flush.push(
        "  {",
        `    let high = atomicLoad(&local[${offsets[i] + 1}u]);`,
        `    let low = atomicLoad(&local[${offsets[i]}u]);`,
        "    let shifted = high << 16u;",
        `    addWide(${counters}${offsets[i]}u, shifted + low, (high >> 16u) + select(0u, 1u, shifted + low < shifted));`,
        `    atomicAdd(&counters[${counters}${offsets[i] + 2}u], atomicLoad(&local[${offsets[i] + 2}u]));`,
        "  }",
      );
    flush.push("}");
  }
  return (
    shaders.mathematics +
    fill(shaders.observe, {
      localSize: `${words}`,
      sums: indent(
        sums.map((i) => `var sum${i} = 0u; var count${i} = 0u;`),
        1,
      ),
      place: inGroups ? "invocation.y * span.groupSpins + " : "",
      end: inGroups ? "(invocation.y + 1u) * span.groupSpins" : "span.spins",
      tallies: indent(body, 2),
      share: indent(share, 1),
      flush: indent(flush, 1),
    })
  );
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

import { variablesOf } from "../../expression/expression.ts";
import { gpujs, truth } from "../../expression/gpujs.ts";
import { print } from "../../expression/print.ts";
import { unitVariates } from "../../physics/model.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { gridSize, localNames, tallyExpressions } from "../tally.ts";
import { generators, streamStart, variateLines } from "./stream.ts";

/** Most events of one tally that one call can return for one spin. */
export const slots = 3;

/** Four variables share one array of quads. */
export const quadsOf = (names: readonly string[]): number => Math.ceil(names.length / 4);

/** Arguments of every kernel, in order. */
export const argumentNames = (kernel: Kernel): string[] => [
  ...Array.from({ length: quadsOf(kernel.state) }, (_, i) => `state${i}`),
  ...Array.from({ length: quadsOf(kernel.parameters) }, (_, i) => `parameters${i}`),
  ...(kernel.variates === "none" ? [] : ["seeds0", "seeds1", ...generators.map((_, i) => `skip${i}`)]),
  "steps",
  "refreshed",
  "offset",
  "start",
];

/** Packs four columns into the quads that kernels read. */
export const packText = "function (a, b, c, d) { const i = this.thread.x; return [a[i], b[i], c[i], d[i]]; }";

/** State variables on which the evolution of the given ones depends, including these. */
function dependencies(kernel: Kernel, roots: ReadonlySet<string>): string[] {
  const needed = new Set<string>();
  const follow = (name: string): void => {
    const index = kernel.state.indexOf(name);
    if (index < 0 || needed.has(name)) return;
    needed.add(name);
    variablesOf(kernel.step[index], kernel.refresh[index]).forEach(follow);
  };
  roots.forEach(follow);
  return kernel.state.filter((name) => needed.has(name));
}

/** Lines that keep the events of a tally: bin numbers, or values on their grid. */
function eventLines(tally: Tally, outputs: readonly string[]): string[] {
  const value = outputs[outputs.length - 1];
  const amount =
    tally.kind === "bins"
      ? `Math.min(Math.floor(${value}), ${tally.bins - 1}.0)`
      : `Math.min(Math.max(Math.floor((${value} - ${gpujs.number(tally.low)}) * ${gpujs.number(
          gridSize / (tally.high - tally.low),
        )} + 0.5), 0.0), ${gridSize}.0)`;
  const lines = [
    `const event = ${amount};`,
    "if (events < 0.5) { first = event; }",
    "if (events > 0.5 && events < 1.5) { second = event; }",
    "if (events > 1.5 && events < 2.5) { third = event; }",
    "events = events + 1.0;",
  ];
  return tally.when ? [`if (${truth(outputs[0])}) {`, ...lines, "}"] : lines;
}

/**
 * The text of a kernel that takes every spin through up to a chunk of steps. It returns one quad of the state, or the number of events of
 * one watched tally and the first three of them. Only what these depend on is computed.
 */
export function advanceText(kernel: Kernel, result: { quad: number } | { tally: Tally }): string {
  const rename = localNames(kernel);
  const tally = "tally" in result ? result.tally : undefined;
  const wanted = "quad" in result ? kernel.state.slice(4 * result.quad, 4 * result.quad + 4) : [];
  const watched = tally ? tallyExpressions(tally) : [];
  const kept = dependencies(kernel, new Set([...wanted, ...variablesOf(...watched)]));
  const indices = kept.map((name) => kernel.state.indexOf(name));
  const expressions = [...indices.map((i) => kernel.step[i]), ...watched];
  const step = print(expressions, gpujs, { rename });
  const refresh = print(
    indices.map((i) => kernel.refresh[i]),
    gpujs,
    { rename, prefix: "r" },
  );
  const used = variablesOf(...expressions, ...indices.map((i) => kernel.refresh[i]));
  const noisy = unitVariates.some((name) => used.has(name)) && kernel.variates !== "none";
  // on the processor gpu.js computes in float64; with every step rounded the result does not depend on the division into calls
  const assign = (outputs: readonly string[]): string[] => [
    ...kept.map((name, i) => `const next_${name} = Math.fround(${outputs[i]});`),
    ...kept.map((name) => `s_${name} = next_${name};`),
  ];
  const refreshLines = [
    ...refresh.lines,
    ...assign(refresh.outputs).map((x) => x.replaceAll("next_", "fresh_")),
  ];
  const read = (from: string, index: number): string => `q_${from}${Math.floor(index / 4)}[${index % 4}]`;
  // gpu.js infers the types correctly only if a quad is first read as a whole
  const quads = (from: string, list: readonly number[]): string[] =>
    [...new Set(list.map((index) => `${from}${Math.floor(index / 4)}`))].map(
      (name) => `const q_${name} = ${name}[this.thread.x];`,
    );
  const parameters = kernel.parameters.flatMap((name, i) => (used.has(name) ? [i] : []));
  const lines = [
    ...quads("parameters", parameters),
    ...parameters.map((i) => `const p_${kernel.parameters[i]} = ${read("parameters", i)};`),
    ...quads("state", indices),
    ...kept.map((name, i) => `let s_${name} = ${read("state", indices[i])};`),
    ...(noisy ? streamStart : []),
    ...(tally
      ? ["let events = steps * 0.0;", ...["first", "second", "third"].map((x) => `let ${x} = steps * 0.0;`)]
      : []),
    "if (refreshed > 0.5) {",
    ...refreshLines,
    "}",
    `for (let i = 0; i < ${chunkLength}; i++) {`,
    "if (i < steps) {",
    ...(used.has("t") ? [`const t = start + (offset + i) * ${gpujs.number(kernel.timeStep)};`] : []),
    ...(noisy ? variateLines[kernel.variates] : []),
    ...(kernel.variates === "none"
      ? unitVariates.flatMap((x) => (used.has(x) ? [`const ${x} = 0.0;`] : []))
      : []),
    ...step.lines,
    ...(tally ? eventLines(tally, step.outputs.slice(kept.length)) : []),
    ...assign(step.outputs),
    "}",
    "}",
    tally
      ? "return [events, first, second, third];"
      : `return [${[0, 1, 2, 3].map((i) => (wanted[i] === undefined ? "0.0" : `s_${wanted[i]}`)).join(", ")}];`,
  ];
  return `function (${argumentNames(kernel).join(", ")}) {\n${lines.join("\n")}\n}`;
}
